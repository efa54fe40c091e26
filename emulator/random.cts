import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but the key: the same run decides the same way. */
export function chance(...key: Array<string | number>): number {
	const digest = createHash('sha256').update(key.join('\u0000')).digest();
	return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** One of the choices, decided by the key alone. */
export function pick<T>(choices: readonly [T, ...T[]], ...key: Array<string | number>): T {
	return choices[Math.floor(chance(...key) * choices.length)] ?? choices[0];
}

/** A short hexadecimal text that depends on the key alone. */
export function hexOf(length: number, ...key: Array<string | number>): string {
	return createHash('sha256').update(key.join('\u0000')).digest('hex').slice(0, length);
}

/** A running sequence of numbers in [0, 1); equal seeds give equal sequences. */
export class Sequence {
	private count = 0;
	private readonly key: string;

	constructor(...key: Array<string | number>) {
		this.key = key.join('\u0000');
	}

	next(): number {
		this.count += 1;
		return chance(this.key, this.count);
	}

	/** An integer from `low` to `high`, both included. */
	between(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}
}
