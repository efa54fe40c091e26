const FIRST_ROUNDS = 12;

/** Numbers that look random and are the same for the same seed on every machine (sfc32). */
export class Random {
	private a: number;
	private b: number;
	private c: number;
	private counter = 1;

	/** @param seed any text */
	constructor(private readonly seed: string) {
		const [a, b, c] = mix(seed);
		this.a = a;
		this.b = b;
		this.c = c;
		for (let round = 0; round < FIRST_ROUNDS; round++) this.next();
	}

	/** A source of its own: what is drawn from it changes nothing of what is drawn here. */
	fork(name: string): Random {
		return new Random(`${this.seed}/${name}`);
	}

	/** A number in [0, 1). */
	next(): number {
		const sum = (this.a + this.b + this.counter) | 0;
		this.counter = (this.counter + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
		return (sum >>> 0) / 4_294_967_296;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number from `least` to `most`, both included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	pick<Value>(values: readonly Value[]): Value {
		const value = values[Math.floor(this.next() * values.length)];
		if (value === undefined) throw new Error('Nothing to pick from');
		return value;
	}

	/** Letters and digits, as IDs have them. */
	hex(length: number): string {
		let text = '';
		while (text.length < length) text += this.between(0, 0xffff).toString(16).padStart(4, '0');
		return text.slice(0, length);
	}
}

function mix(text: string): [number, number, number] {
	let [a, b, c] = [0x9e3779b9, 0x243f6a88, 0xb7e15162];
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		a = Math.imul(a ^ code, 0x85ebca6b);
		b = Math.imul(b ^ code, 0xc2b2ae35) ^ (a >>> 15);
		c = Math.imul(c ^ code, 0x27d4eb2f) ^ (b >>> 13);
	}
	return [a | 0, b | 0, c | 0];
}
