/** Below it, bytes alone say more. */
const SMALL_BYTES = 104_858;

/** A size as a person reads it; in bytes too, because limits are passed by less than a megabyte. */
export function sizeInWords(bytes: number): string {
	const exact = `${bytes.toLocaleString('en-US')} bytes`;
	return bytes < SMALL_BYTES ? exact : `${Number((bytes / 1_048_576).toFixed(1))} MB (${exact})`;
}
