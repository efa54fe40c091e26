import { translateGuiTalk } from '../api/gui/gui';

/** Bullet or number at the start of a line. */
const LISTED = /^\s{0,12}(?:[-*+•]|\d{1,3}[.)、])/u;

/** What ends a sentence for good; in Latin text only the space behind it tells. */
const SENTENCE_END = /(?:[.!?…]{1,4}["'”’)\]*_]{0,4}\s+|[。！？]{1,4}["'”’」』）)*_]{0,4}\s*)/gu;

/** A list longer than this is shown as it is. UTF-16 code units. */
const MOST_PENDING = 20_000;

/**
 * Shows an agent's words while they come, a sentence at a time: orders to click something can be
 * told, and left out, only once their sentence is there. Lists wait for their end, because the
 * steps of one order stand and fall together.
 */
export class LiveText {
	private pending = '';

	/** @returns what may be shown now; empty where it is to wait */
	push(piece: string): string {
		this.pending += piece;
		const ready =
			this.pending.length > MOST_PENDING ? this.pending.length : readyLength(this.pending);
		if (ready === 0) return '';
		const text = this.pending.slice(0, ready);
		this.pending = this.pending.slice(ready);
		return withoutGuiTalk(text);
	}

	/** @returns what is left when nothing more comes */
	rest(): string {
		const text = this.pending;
		this.pending = '';
		return withoutGuiTalk(text);
	}
}

function readyLength(text: string): number {
	let ready = 0;
	let isInList = false;
	let start = 0;
	while (start < text.length) {
		const newline = text.indexOf('\n', start);
		const end = newline < 0 ? text.length : newline + 1;
		const line = text.slice(start, end);
		const isPlain = /^\s{0,1}\S/u.test(line) && !LISTED.test(line);
		if (isInList && isPlain) {
			isInList = false;
			ready = start;
		}
		if (LISTED.test(line) || (newline >= 0 && /[:：]\**\s*$/u.test(line))) isInList = true;
		if (!isInList) ready = newline < 0 ? start + sentencesLength(line) : end;
		start = end;
	}
	return ready;
}

function sentencesLength(line: string): number {
	const last = [...line.matchAll(SENTENCE_END)].at(-1);
	return last === undefined ? 0 : last.index + last[0].length;
}

function withoutGuiTalk(text: string): string {
	const words = text.trim();
	if (words === '') return text;
	const { text: kept } = translateGuiTalk(words);
	return kept === '' ? '' : text.replace(words, () => kept);
}
