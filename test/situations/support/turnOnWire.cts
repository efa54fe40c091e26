import type { IncomingMessage, ServerResponse } from 'node:http';
import { flat } from './dialects.cts';
import { film, type Draft } from './drafts.cts';
import { Exchange, type StreamForm } from './exchange.cts';
import type { Session } from './session.cts';

/** One thing that happens while a prompt is answered. */
export type Step = (turn: TurnOnWire) => void | Promise<void>;

/** A prompt that has arrived. */
interface Arrived {
	session: Session;
	text: string;
	/** Charges it. */
	take(): void;
}

/** A prompt and the stream that answers it. */
export class TurnOnWire extends Exchange {
	readonly session: Session;
	readonly text: string;
	private readonly charge: () => void;
	private isTaken = false;

	constructor(
		request: IncomingMessage,
		response: ServerResponse,
		body: Buffer,
		{ session, text, take }: Arrived,
	) {
		super(request, response, body);
		this.session = session;
		this.text = text;
		this.charge = take;
	}

	/** Does the steps in order; the prompt is worked on from `take` to the last of them. */
	async follow(steps: readonly Step[] = BY_ITSELF): Promise<void> {
		try {
			for (const step of steps) await step(this);
		} finally {
			if (this.isTaken) this.session.working--;
		}
	}

	/** NemoVideo takes the prompt on. */
	take(): void {
		this.charge();
		this.isTaken = true;
		this.session.working++;
	}
}

export const take: Step = (turn) => turn.take();

/** Sends events, each in a chunk of its own. */
export function send(...events: Array<string | Buffer>): Step {
	return async (turn) => {
		for (const event of events) await turn.write(event);
	};
}

/** Sends text in chunks of so many bytes, cutting lines and characters wherever that falls. */
export function inPieces(text: string, size: number): Step {
	return async (turn) => {
		const bytes = Buffer.from(text);
		for (let at = 0; at < bytes.length; at += size) await turn.write(bytes.subarray(at, at + size));
	};
}

/** Sends all in one chunk. */
export function atOnce(...events: string[]): Step {
	return async (turn) => await turn.write(events.join(''));
}

/** Begins the stream under another label, or compressed. */
export function begin(how: StreamForm): Step {
	return (turn) => turn.begin(how);
}

/** NemoVideo closes the stream. */
export const close: Step = async (turn) => await turn.end();

/** The connection is gone, without the last chunk. */
export const cut: Step = (turn) => turn.cut();

/** The connection is reset, once the client has had a turn to read what was sent. */
export const reset: Step = async (turn) => {
	for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
	turn.reset();
};

/** The session's timeline is another from here on. */
export function change(draft: Draft): Step {
	return ({ session }) => void (session.draft = draft);
}

/** The session's timeline becomes another just before its nth reading from here on. */
export function changeAtReading(reading: number, draft: Draft): Step {
	return ({ session }) => session.atReading(reading, draft);
}

/** Goes on when something has happened. */
export function until(event: Promise<unknown>): Step {
	return async () => void (await event);
}

/** An answer in the place of a stream. */
export function answer(
	status: number,
	body: object | string,
	headers?: Record<string, string>,
): Step {
	return (turn) => turn.answer(status, body, headers);
}

/** What becomes of a prompt where a test says nothing. */
const BY_ITSELF: readonly Step[] = [
	take,
	change(film('By itself')),
	send(flat.text('Your film is ready.')),
	close,
];
