import { stripGuiInstructions } from '../../text/gui/gui';

/** Bullet or number at the start of a line. */
const LISTED = /^\s{0,12}(?:[-*+•]|\d{1,3}[.)、])/u;

/** What ends a sentence for good; in Latin text only the space behind it tells. */
const SENTENCE_END = /(?:[.!?…]{1,4}["'”’)\]*_]{0,4}\s+|[。！？]{1,4}["'”’」』）)*_]{0,4}\s*)/gu;

/** A list longer than this is shown as it is. UTF-16 code units. */
const MAX_PENDING = 20_000;

/**
 * Shows an agent's words while they come, a sentence at a time: orders to click something can be
 * told, and left out, only once their sentence is there. Lists wait for their end, because the
 * steps of one order stand and fall together.
 */
export class LiveText {
	/** Whole lines that wait for the end of their list. */
	private held: string[] = [];
	private heldLength = 0;
	/** The line that is not whole yet, as far as it was not shown. */
	private line = '';
	/** Whether the line's beginning was shown. */
	private isBegun = false;
	private isInList = false;

	/** @returns what may be shown now; empty where it is to wait */
	push(piece: string): string {
		const ready: string[] = [];
		let from = 0;
		for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
			this.line += piece.slice(from, end + 1);
			this.endLine(ready);
			from = end + 1;
		}
		this.extendLine(piece.slice(from), ready);
		if (this.heldLength + this.line.length > MAX_PENDING) ready.push(this.takeAll());
		return withoutGuiTalk(ready.join(''));
	}

	/** @returns what is left when nothing more comes */
	rest(): string {
		return withoutGuiTalk(this.takeAll());
	}

	private endLine(ready: string[]): void {
		const { line } = this;
		if (this.isInList && !this.isBegun && isPlain(line)) this.endList(ready);
		const announces = /[:：]\**\s*$/u.test(line);
		if (announces || (!this.isBegun && LISTED.test(line))) this.isInList = true;
		if (this.isInList) {
			this.held.push(line);
			this.heldLength += line.length;
		} else {
			ready.push(line);
		}
		this.line = '';
		this.isBegun = false;
	}

	private extendLine(piece: string, ready: string[]): void {
		if (piece === '') return;
		const from = Math.max(0, this.line.length - MAX_END);
		this.line += piece;
		if (!this.isBegun) {
			if (this.isInList && isPlain(this.line)) this.endList(ready);
			if (LISTED.test(this.line)) this.isInList = true;
		}
		if (this.isInList) return;
		const length = sentencesLength(this.line, from);
		if (length === 0) return;
		ready.push(this.line.slice(0, length));
		this.line = this.line.slice(length);
		this.isBegun = true;
	}

	private endList(ready: string[]): void {
		ready.push(this.takeHeld());
		this.isInList = false;
	}

	private takeHeld(): string {
		const text = this.held.join('');
		this.held = [];
		this.heldLength = 0;
		return text;
	}

	private takeAll(): string {
		const text = this.takeHeld() + this.line;
		if (this.line !== '') this.isBegun = true;
		this.line = '';
		return text;
	}
}

function isPlain(line: string): boolean {
	return /^\s{0,1}\S/u.test(line) && !LISTED.test(line);
}

/** A sentence's end is never longer than this. UTF-16 code units. */
const MAX_END = 16;

/** @param from where to look; what stands before was looked at already */
function sentencesLength(line: string, from: number): number {
	const last = [...line.slice(from).matchAll(SENTENCE_END)].at(-1);
	return last === undefined ? 0 : from + last.index + last[0].length;
}

function withoutGuiTalk(text: string): string {
	const words = text.trim();
	if (words === '') return text;
	const { text: kept } = stripGuiInstructions(words);
	return kept === '' ? '' : text.replace(words, () => kept);
}
