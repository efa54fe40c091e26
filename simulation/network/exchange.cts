import type { FaultPlan } from '../story/story.cts';
import { current } from '../time/current.cts';
import type { SimulatedSignal } from '../time/signals.cts';
import type { Reply } from '../world/reply.cts';
import { HEARTBEAT } from '../world/dialects.cts';
import { Turn } from '../world/turn.cts';
import type { TurnEvent, TurnScript } from '../world/turns.cts';
import { SimulatedBody } from './body.cts';
import { CUT_OFF, type NetworkFault } from './faults.cts';

export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, string>;
	body: SimulatedBody;
}

const encoder = new TextEncoder();

/** Into so many pieces slow bytes come, with a pause between them. Milliseconds. */
const DRIPS = 6;
const PAUSES_MS = [200, 900, 4_000, 9_000, 16_000];

/** One request and its answer, seen from the client. */
export class Exchange {
	readonly answer: Promise<HttpAnswer>;
	isOver = false;
	private readonly body = new SimulatedBody(() => this.finish());
	private isAnswered = false;
	private turn: Turn | undefined;
	private resolve: (answer: HttpAnswer) => void = () => undefined;
	private reject: (error: unknown) => void = () => undefined;
	private readonly onAbort = () => this.abort();

	constructor(
		private readonly signal: SimulatedSignal | undefined,
		private readonly onFinish: (exchange: Exchange) => void,
	) {
		this.answer = new Promise((resolve, reject) => {
			this.resolve = resolve;
			this.reject = reject;
		});
		signal?.addEventListener('abort', this.onAbort, { once: true });
	}

	/** The request ends without an answer. */
	fail({ code, syscall }: NetworkFault): void {
		this.break(Object.assign(new Error(`${syscall} ${code}`), { code, syscall }));
	}

	/** The process that made it is gone. */
	vanish(): void {
		this.finish();
	}

	/** NemoVideo has taken the prompt of this request on, whatever becomes of its answer. */
	begins(turn: Turn): void {
		this.turn = turn;
		if (this.isOver) turn.leftAt = current.time.now;
	}

	deliver({ status, headers, body }: Reply, fault: FaultPlan | undefined): void {
		if (this.isOver) return;
		this.isAnswered = true;
		this.resolve({ statusCode: status, headers, body: this.body });
		if (body instanceof Turn) this.stream(body, fault, 0);
		else this.sendWhole(body, fault);
	}

	private sendWhole(bytes: Uint8Array, fault: FaultPlan | undefined): void {
		const { body } = this;
		const middle = Math.floor(bytes.byteLength * (fault?.at ?? 0));
		switch (fault?.what) {
			case 'cut':
				if (middle > 0) body.push(bytes.slice(0, middle));
				body.fail(Object.assign(new Error('aborted'), CUT_OFF));
				return;
			case 'stall':
				if (middle > 0) body.push(bytes.slice(0, middle));
				return;
			case 'split':
				body.push(bytes.slice(0, middle));
				body.push(bytes.slice(middle));
				break;
			case 'slow':
				this.drip(bytes, fault, () => body.end());
				return;
			default:
				body.push(bytes);
		}
		body.end();
	}

	/** @param then when all of them are on their way */
	private drip(bytes: Uint8Array, { choice }: FaultPlan, then: () => void, onRead?: () => void) {
		const size = Math.ceil(bytes.byteLength / DRIPS);
		const next = (from: number) => {
			if (this.isOver) return;
			const isLast = from + size >= bytes.byteLength;
			this.body.push(bytes.slice(from, from + size), isLast ? onRead : undefined);
			if (isLast) then();
			else
				current.time.after(PAUSES_MS[choice % PAUSES_MS.length] ?? 0, 'limit', () =>
					next(from + size),
				);
		};
		next(0);
	}

	/** Sends a turn's events when they are due, from the n-th on. */
	private stream(turn: Turn, fault: FaultPlan | undefined, from: number): void {
		const { closeAt } = turn.by.script;
		const events =
			fault?.what === 'heldHeartbeats' ? withHeld(turn.by.script) : turn.by.script.events;
		const event = events[from];
		const due = turn.startedAt + (event?.at ?? closeAt) - current.time.now;
		current.time.after(due, 'limit', () => {
			if (this.isOver) return;
			if (event === undefined) {
				this.body.end(() => (turn.isToldOver = true));
				return;
			}
			const bytes = encoder.encode(event.text);
			const isHere = from === Math.floor((fault?.at ?? 0) * events.length);
			const middle = Math.floor(bytes.byteLength * (((fault?.at ?? 0) * 997) % 1 || 0.5));
			if (isHere && (fault?.what === 'cut' || fault?.what === 'stall')) {
				this.body.push(bytes.slice(0, middle));
				if (fault.what === 'cut') this.body.fail(Object.assign(new Error('aborted'), CUT_OFF));
				return;
			}
			const heard = () => {
				if (event.words !== undefined) turn.heard.push(event.words);
				if (turn.kind === 'error' && from === events.length - 1) turn.isToldOver = true;
			};
			if (fault?.what === 'slow') {
				this.drip(bytes, fault, () => this.stream(turn, fault, from + 1), heard);
				return;
			}
			if (fault?.what === 'split') {
				this.body.push(bytes.slice(0, middle));
				this.body.push(bytes.slice(middle), heard);
			} else this.body.push(bytes, heard);
			if (fault?.what === 'repeat') this.body.push(bytes);
			this.stream(turn, fault, from + 1);
		});
	}

	private abort(): void {
		const error = Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' });
		this.break(error);
		this.finish();
	}

	private break(error: unknown): void {
		if (this.isOver) return;
		if (this.isAnswered) this.body.abort(error);
		else {
			this.reject(error);
			this.finish();
		}
	}

	private finish(): void {
		if (this.isOver) return;
		this.isOver = true;
		this.signal?.removeEventListener('abort', this.onAbort);
		if (this.turn) this.turn.leftAt = current.time.now;
		this.onFinish(this);
	}
}

/**
 * Heartbeats that come late, after the next event, and twice. Before the first event they stay: what
 * NemoVideo tells before anything else is a refusal.
 */
function withHeld({ events, closeAt }: TurnScript): TurnEvent[] {
	const told: TurnEvent[] = [];
	let held = 0;
	for (const event of events) {
		if (event.text === HEARTBEAT && told.length > 0) {
			held++;
			continue;
		}
		told.push(event);
		for (; held > 0; held--) told.push({ at: event.at, text: HEARTBEAT + HEARTBEAT });
	}
	for (; held > 0; held--) told.push({ at: closeAt, text: HEARTBEAT + HEARTBEAT });
	return told;
}
