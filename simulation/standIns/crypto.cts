import { createHash, type Hash } from 'node:crypto';
import { current } from '../time/current.cts';

export { createHash, type Hash };

/** IDs that are the same for the same seed. */
export function randomUUID(): string {
	const hex = current.random.hex(32);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function randomFillSync<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
	for (let at = 0; at < bytes.length; at++) bytes[at] = current.random.between(0, 255);
	return bytes;
}

export default { createHash, randomUUID, randomFillSync };
