/** Where a secret was found, and how it was written there; never the secret itself. */
export interface Hit {
	place: string;
	form: string;
}

interface Pattern {
	secret: string;
	form: string;
	bytes: Buffer;
}

/** The ways in which text travels: as it is, in URLs, in JSON, in headers and in files. */
const FORMS: ReadonlyArray<readonly [string, (secret: string) => readonly Buffer[]]> = [
	['clear', (secret) => [Buffer.from(secret)]],
	['URL-encoded', (secret) => [Buffer.from(percentEncoded(secret))]],
	['JSON-escaped', (secret) => [Buffer.from(JSON.stringify(secret).slice(1, -1)), escaped(secret)]],
	['base64', (secret) => [0, 1, 2].flatMap((shift) => base64(secret, shift))],
	['hexadecimal', (secret) => [Buffer.from(Buffer.from(secret).toString('hex'))]],
	['UTF-16', (secret) => [Buffer.from(secret, 'utf16le')]],
];

export const FORM_NAMES = FORMS.map(([name]) => name);

function percentEncoded(text: string): string {
	const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
	return text.replace(/[^A-Za-z0-9]/g, hex);
}

function escaped(text: string): Buffer {
	const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	return Buffer.from(text.replace(/[^A-Za-z0-9]/g, code));
}

/**
 * What is sure to stand in any base64 that holds the text, whatever comes before and after it.
 *
 * @param shift bytes before the text, modulo 3
 */
function base64(text: string, shift: number): Buffer[] {
	const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
	const first = shift === 0 ? 0 : 4;
	const last = Math.floor(bytes.length / 3) * 4;
	const plain = bytes.toString('base64').slice(first, last);
	const forUrls = bytes.toString('base64url').slice(first, last);
	return [plain, forUrls, encodeURIComponent(plain)].map((code) => Buffer.from(code));
}

/** Patterns that begin alike are looked for together. */
const PREFIX_BYTES = 8;

/** Looks for many secrets at once, in all forms. */
export class SecretSearch {
	/** All that was looked through. */
	bytes = 0;
	readonly hits = new Map<string, Hit[]>();
	private readonly byPrefix = new Map<string, Pattern[]>();
	private readonly longest: number;

	constructor(secrets: Iterable<string>) {
		const known = new Set<string>();
		let longest = 0;
		for (const secret of secrets) {
			for (const [form, write] of FORMS) {
				for (const bytes of write(secret)) {
					const key = bytes.toString('latin1');
					if (known.has(key)) continue;
					known.add(key);
					longest = Math.max(longest, bytes.length);
					const prefix = key.slice(0, PREFIX_BYTES);
					const patterns = this.byPrefix.get(prefix) ?? [];
					patterns.push({ secret, form, bytes });
					this.byPrefix.set(prefix, patterns);
				}
			}
		}
		this.longest = longest;
	}

	/** How many bytes of a piece must be seen again at the beginning of the next. */
	get overlap(): number {
		return Math.max(0, this.longest - 1);
	}

	/** @param place what the bytes are, for the report */
	look(bytes: Buffer, place: string): void {
		this.bytes += bytes.length;
		for (const [prefix, patterns] of this.byPrefix) {
			const start = Buffer.from(prefix, 'latin1');
			for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
				for (const { secret, form, bytes: wanted } of patterns) {
					if (!bytes.subarray(at, at + wanted.length).equals(wanted)) continue;
					const hits = this.hits.get(secret) ?? [];
					if (!hits.some((hit) => hit.place === place && hit.form === form)) {
						hits.push({ place, form });
					}
					this.hits.set(secret, hits);
				}
			}
		}
	}

	/** Looks through pieces of something large. */
	async lookThrough(pieces: AsyncIterable<Buffer>, place: string): Promise<void> {
		let rest = Buffer.alloc(0);
		for await (const piece of pieces) {
			const bytes = Buffer.concat([rest, piece]);
			this.bytes -= rest.length;
			this.look(bytes, place);
			rest = Buffer.from(bytes.subarray(Math.max(0, bytes.length - this.overlap)));
		}
	}

	/** @returns where these secrets were found */
	hitsOf(secrets: Iterable<string>): Hit[] {
		return [...secrets].flatMap((secret) => this.hits.get(secret) ?? []);
	}
}
