/**
 * NemoVideo closes turns that went well with a text that claims a temporary issue (NemoVideo's
 * skill text: drop it when the events before were normal).
 */
const CLAIM = 'I encountered a temporary issue';
/** So much of it is no other sentence. */
const TELLING = 'I encountered a'.length;
const FALSE_ERROR = new RegExp(CLAIM, 'i');
const END_OF_SENTENCE = /[.!?…]["')\]]*\s+|[。！？\n]/g;

/**
 * Takes the claim off the end of an answer, with the sentence it stands in and all after it.
 *
 * @param messages is shortened
 * @returns the words that were taken off, or undefined when there was no claim
 */
export function dropFalseError(messages: string[]): string | undefined {
	let claim: string | undefined;
	for (;;) {
		const last = messages.at(-1) ?? '';
		const start = startOfClaim(last) ?? startOfBrokenClaim(last);
		if (start === undefined) return claim;
		claim = last.slice(start);
		const before = last.slice(0, start).trim();
		messages.splice(-1, 1, ...(before === '' ? [] : [before]));
	}
}

/** Keeps the claim out of what is shown live, also where it comes in pieces. */
export class FalseErrorFilter {
	private waiting = '';
	private claiming = false;

	/** @returns what may be shown of this piece and those held back before it */
	pass(piece: string): string | undefined {
		// A blank line sets the next message apart from the one that claims.
		if (this.claiming && !piece.startsWith('\n\n')) return undefined;
		this.claiming = false;
		let text = this.waiting + piece;
		this.waiting = '';
		const start = startOfClaim(text);
		if (start !== undefined) {
			this.claiming = true;
			text = text.slice(0, start);
		} else {
			const begun = text.length - begunClaim(text);
			this.waiting = text.slice(begun);
			text = text.slice(0, begun);
		}
		return text.trim() === '' && this.claiming ? undefined : text || undefined;
	}
}

function startOfClaim(text: string): number | undefined {
	const position = text.search(FALSE_ERROR);
	return position < 0 ? undefined : startOfSentence(text, position);
}

/** Where the stream ended within the claim. */
function startOfBrokenClaim(text: string): number | undefined {
	const length = begunClaim(text);
	return length < TELLING ? undefined : startOfSentence(text, text.length - length);
}

function startOfSentence(text: string, position: number): number {
	let start = 0;
	for (const { index, 0: end } of text.slice(0, position).matchAll(END_OF_SENTENCE)) {
		start = index + end.length;
	}
	return start;
}

/** How many characters at the end of a text may be the beginning of the claim. */
function begunClaim(text: string): number {
	for (let length = Math.min(text.length, CLAIM.length); length > 0; length--) {
		const inWord = /\p{L}/u.test(text.charAt(text.length - length - 1));
		if (!inWord && CLAIM.startsWith(text.slice(-length))) return length;
	}
	return 0;
}
