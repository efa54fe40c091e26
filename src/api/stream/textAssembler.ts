/** Text as it came, with what tells a repetition or a latecomer. */
export interface TextChunk {
	text: string;
	id?: string;
	at?: number;
	flat?: true;
}

interface Message {
	text: string;
	/** What it was put together from; undefined where the backend gave it as a whole. */
	pieces?: readonly string[];
	at?: number;
}

/** From this length on a repetition cannot be chance. UTF-16 code units. */
const LONG = 8;
/** Latecomers that are held back at most, and the messages they are looked for in. */
const MAX_HELD = 1_000;
const MAX_SEARCHED = 4;
const LONGEST_SEARCHED = 10_000;
/** Repeated events are looked for among so many. */
const MAX_IDS = 10_000;

const BETWEEN_MESSAGES = '\n\n';

/**
 * Puts the agent's words together from pieces and whole messages, each once.
 *
 * ADK streams a message as pieces and then repeats it whole: the whole wins over whatever pieces
 * came, were lost, came twice or come after it. Pieces that no whole follows count by their sum.
 * The flat dialect knows pieces only, and says nothing of where a message ends.
 *
 * Every `add` returns what to show live: what the text grew by, or undefined where it did not.
 */
export class TextAssembler {
	private readonly messages: Message[] = [];
	/** Texts of all closed messages. */
	private readonly known = new Set<string>();
	private wholes: Message[] = [];
	/** The last whole message while nothing came after it: some backends give it again, longer. */
	private growing: Message | undefined;
	private open: string[] = [];
	private openLength = 0;
	private openIsFlat = false;
	private readonly ids = new Set<string>();
	private held: string[] = [];
	private spokenBeforeTool = 0;

	addPiece(said: TextChunk): string | undefined {
		const flat = said.flat === true;
		if (this.open.length > 0 && flat !== this.openIsFlat) this.seal();
		if (this.repeats(said)) return undefined;
		let { text } = said;
		if (flat) {
			if (this.extendsAll(text)) text = text.slice(this.openLength);
			else if (startsNewMessage(this.open.at(-1), text)) this.seal();
		} else {
			if (this.isLate(said)) return undefined;
			text = this.held.join('') + text;
			this.held = [];
		}
		const live = this.open.length === 0 ? this.gap() + text : text;
		this.openIsFlat = flat;
		this.open.push(text);
		this.openLength += text.length;
		return live;
	}

	addWhole(said: TextChunk): string | undefined {
		const text = said.text.trim();
		if (text === '') return undefined;
		if (this.openIsFlat) this.seal();
		if (this.known.has(text)) {
			if (isMadeOf(text, this.open)) this.dropOpen();
			return undefined;
		}
		const shown = this.open.join('');
		this.dropOpen();
		const before = this.growing;
		if (before && shown === '' && text.startsWith(before.text)) {
			const more = text.slice(before.text.length);
			before.text = text;
			this.known.add(text);
			return more;
		}
		const replaced = this.dropPiecesOf(text);
		const gap = this.gap();
		this.growing = { text, at: said.at };
		this.messages.push(this.growing);
		this.wholes = [this.growing, ...this.wholes.slice(0, MAX_SEARCHED - 1)];
		this.known.add(text);
		if (replaced) return undefined;
		if (shown === '') return gap + said.text;
		return said.text.startsWith(shown) ? said.text.slice(shown.length) || undefined : undefined;
	}

	/** Ends the open message, because the agent did something else in between. */
	seal(): void {
		const text = this.open.join('').trim();
		this.growing = undefined;
		if (text !== '') {
			this.messages.push({ text, pieces: this.openIsFlat ? [text] : this.open });
			this.known.add(text);
		}
		this.dropOpen();
	}

	/** As `seal`, where the agent used a tool: what it says from now on comes after it. */
	sealForTool(): void {
		this.seal();
		this.spokenBeforeTool = this.messages.length;
	}

	/** Whether a message has begun in pieces that its whole is still to follow. */
	get isOpen(): boolean {
		return !this.openIsFlat && this.open.join('').trim() !== '';
	}

	/** How many of the messages that `read` gives came before the last tool. */
	get beforeTool(): number {
		return Math.min(this.spokenBeforeTool, this.messages.length);
	}

	/** @returns the messages so far, each without blank edges and none of them empty */
	read(): string[] {
		const open = this.open.join('').trim();
		const texts = this.messages.map(({ text }) => text);
		return open === '' ? texts : [...texts, open];
	}

	private dropOpen(): void {
		this.open = [];
		this.openLength = 0;
		this.openIsFlat = false;
		this.held = [];
	}

	private gap(): string {
		return this.messages.length > 0 ? BETWEEN_MESSAGES : '';
	}

	/** The same event again; without an id, only what cannot be chance counts as the same. */
	private repeats({ text, id }: TextChunk): boolean {
		if (id !== undefined) {
			const key = `${id}\n${text}`;
			if (this.ids.has(key)) return true;
			if (this.ids.size >= MAX_IDS) this.ids.clear();
			this.ids.add(key);
			return false;
		}
		if (text.length >= LONG && (text === this.open.at(-1) || this.known.has(text.trim()))) {
			return true;
		}
		return text.length === this.openLength && text === this.open.join('');
	}

	/** Some backends repeat all they said so far with each event. */
	private extendsAll(text: string): boolean {
		return (
			this.openLength >= LONG &&
			text.length > this.openLength &&
			text.startsWith(this.open.join(''))
		);
	}

	/**
	 * Whether a piece belongs to a message that was given as a whole before: it was said earlier, or
	 * at about the same time in that message's words. Short ones are only held back until the pieces
	 * go on with something new.
	 */
	private isLate({ text, at }: TextChunk): boolean {
		const words = text.trim();
		const isIn = (whole: Message) =>
			!isLongAfter(at, whole.at) &&
			whole.text.length <= LONGEST_SEARCHED &&
			whole.text.includes(words);
		const [latest] = this.wholes;
		if (at !== undefined && latest?.at !== undefined && at < latest.at) return true;
		if (text.length >= LONG) return this.wholes.some(isIn);
		const mayBegin = this.open.length === 0 && this.held.length < MAX_HELD;
		if (!mayBegin || !this.wholes.some(isIn)) return false;
		this.held.push(text);
		return true;
	}

	/** Takes out messages that were put together from pieces of this one. */
	private dropPiecesOf(text: string): boolean {
		const recent = this.messages.splice(-MAX_SEARCHED);
		const kept = recent.filter(({ pieces }) => !pieces || !isMadeOf(text, pieces));
		this.messages.push(...kept);
		return kept.length < recent.length;
	}
}

/** More than a second; ADK's Python servers count in seconds, those in JavaScript milliseconds. */
function isLongAfter(at: number | undefined, before: number | undefined): boolean {
	if (at === undefined || before === undefined) return false;
	return at - before > (at > 1e11 ? 1000 : 1);
}

function isMadeOf(text: string, pieces: readonly string[]): boolean {
	return pieces.every((piece) => text.includes(piece.trim()));
}

/**
 * Pieces of one Latin text carry the space between two sentences; where a sentence's end meets a
 * capital or an ideograph, one message ended and another begins. Chinese needs no space, so its
 * pieces stay together.
 */
function startsNewMessage(previous: string | undefined, next: string): boolean {
	return (
		previous !== undefined && /[.!?…]["')\]]?$/.test(previous) && /^[\p{Lu}\p{Lo}]/u.test(next)
	);
}
