/** Below it, bytes alone say more. */
const SMALL_BYTES = 104_858;

/** A size as a person reads it; in bytes too, because limits are passed by less than a megabyte. */
export function sizeInWords(bytes: number): string {
	const exact = `${bytes.toLocaleString('en-US')} bytes`;
	return bytes < SMALL_BYTES ? exact : `${Number((bytes / 1_048_576).toFixed(1))} MB (${exact})`;
}

/** A size about as it is: `1.5 MB`, or `12 kB` for a tiny file. */
export function roundedSize(bytes: number): string {
	const megabytes = (bytes / 1_048_576).toFixed(1);
	return megabytes === '0.0' ? `${Math.ceil(bytes / 1_024)} kB` : `${megabytes} MB`;
}
