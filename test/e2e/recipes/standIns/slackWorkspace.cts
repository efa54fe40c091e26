import { jsonOf, type Service } from './hub.cts';

interface Button {
	text: { text: string };
	url: string;
}

export interface SlackMessage {
	channel: string;
	text?: string;
	blocks?: Array<{ type: string; text?: { text: string }; elements?: Button[] }>;
}

export const CHANNEL = 'C0123456789';
/** n8n answers nothing to programs that look at links. */
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
const PAUSE_MS = 200;
const MAX_SECTION = 3_000;

const questionIn = ({ blocks = [] }: SlackMessage): string =>
	blocks.map(({ text }) => text?.text ?? '').join('');

/** A workspace as far as posting messages and pressing their buttons go. */
export class SlackWorkspace {
	readonly messages: SlackMessage[] = [];

	/** @param refuses what it says to a message that it doesn't take, by the question in it */
	constructor(
		private readonly refuses: (question: string) => string | undefined = () => undefined,
	) {}

	readonly service: Service = (call) => {
		if (call.host !== 'slack.com') return undefined;
		if (call.path !== '/api/chat.postMessage')
			return { body: { ok: false, error: 'unknown_method' } };
		const message = jsonOf<SlackMessage & Record<string, unknown>>(call);
		const question = questionIn(message);
		const error = question.length > MAX_SECTION ? 'invalid_blocks' : this.refuses(question);
		if (error !== undefined) return { body: { ok: false, error } };
		this.messages.push(message);
		const ts = `17640000${String(this.messages.length).padStart(2, '0')}.000100`;
		return { body: { ok: true, channel: message.channel, ts, message } };
	};

	/** What was asked. */
	get questions(): string[] {
		return this.messages.map(questionIn).filter(Boolean);
	}

	/** Texts without those that ask something. */
	get texts(): string[] {
		return this.messages.flatMap(({ text, blocks }) => (blocks || !text ? [] : [text]));
	}

	/**
	 * Presses a button in every message that has one, also in those yet to come, until told to stop. A
	 * message may be there before n8n waits for its answer; its button is pressed again then.
	 */
	async press(label: string, isOver: () => boolean): Promise<void> {
		const pressed = new Set<string>();
		while (!isOver()) {
			const buttons = this.messages.flatMap(({ blocks = [] }) =>
				blocks.flatMap(({ elements = [] }) => elements),
			);
			for (const { text, url } of buttons) {
				if (text.text !== label || pressed.has(url)) continue;
				const ok = await fetch(url, { headers: BROWSER }).then(
					(answer) => answer.ok,
					() => false,
				);
				if (ok) pressed.add(url);
			}
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		}
	}
}
