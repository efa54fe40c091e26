import { mkdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { planTurn, type Plan } from './agent.cts';
import type { Backend } from './backend.cts';
import { ApiFailure, messageOf } from './failure.cts';
import type { PromptEntry } from './billingLog.cts';
import { chance } from './random.cts';
import { mediaOf, type Session } from './sessions.cts';
import { SseStream } from './sse.cts';
import { Stopped } from './timers.cts';
import type { Token } from './tokens.cts';
import { Turn } from './turn.cts';

/** Codes that mean "not taken on" when they are the first thing in a stream. */
const REFUSALS: readonly number[] = [1001, 1002, 2001, 429];

function refusalIn(plan: Plan): number | undefined {
	const code = Number(plan.wish.markers.get('error'));
	return REFUSALS.includes(code) ? code : undefined;
}

/** Takes prompts on, books them, and runs each session's turns one after another. */
export class TurnRunner {
	/** Streams open now, and the most there ever were at once. */
	readonly streams = { open: 0, most: 0 };

	constructor(private readonly backend: Backend) {}

	/**
	 * Takes a prompt on and answers with a stream.
	 *
	 * @param asked whose prompt, and the request's number in the log
	 * @param respond takes the answer over from the framework
	 * @throws ApiFailure 2001 before the stream, where the options say so
	 */
	accept(
		session: Session,
		asked: { token: Token; prompt: string; request: number },
		respond: () => ServerResponse,
	): void {
		const { token, prompt, request } = asked;
		const { options } = this.backend;
		const marked = options.nextTurns.shift();
		const text = marked === undefined ? prompt : `${prompt} ${marked}`;
		session.turns += 1;
		const number = session.turns;
		const key = `${options.seed} ${number} ${prompt}`;
		const plan = this.plan(session, text, number, key);
		const cost = options.costs[plan.kind];
		const { account } = token;
		const refusedWith = cost > account.available ? 2001 : refusalIn(plan);
		const entry = this.backend.ledger.prompt({
			request,
			token: token.token,
			sessionId: session.id,
			turn: number,
			text: prompt,
			kind: plan.kind,
			accepted: refusedWith === undefined,
			...(refusedWith === undefined ? {} : { refusedWith }),
			charged: refusedWith === undefined ? cost : 0,
			overlapped: session.busy > 0,
		});
		const inStream = options.outOfCreditsAs === 'stream' || plan.wish.markers.has('error');
		if (refusedWith === 2001 && !inStream) throw new ApiFailure(2001, messageOf(2001));
		const stream = this.open(session, respond(), entry);
		const turn = new Turn(this.backend, { session, account, entry, stream, key, cost }, plan);
		if (refusedWith !== undefined) {
			turn.say({ kind: 'code', code: refusedWith, message: messageOf(refusedWith) });
			void stream.end();
			return;
		}
		account.available -= cost;
		account.frozen += cost;
		session.busy += 1;
		session.line = session.line
			.then(async () => {
				// The turn before may have been ended by a reset, which this one is not to outlive.
				if (this.backend.turns !== this) throw new Stopped();
				await turn.run(() => this.plan(session, text, number, key));
			})
			.then(
				() => turn.settle('done'),
				(error: unknown) => {
					if (error instanceof Stopped) return;
					turn.settle('failed');
					void stream.drop();
				},
			);
	}

	private plan(session: Session, text: string, number: number, key: string): Plan {
		const { options, shapes } = this.backend;
		return planTurn(text, {
			key: `${session.id} ${number}`,
			chinese: session.language.toLowerCase().startsWith('zh'),
			draft: session.draft,
			media: mediaOf(session),
			clipUrl: `${this.backend.filesUrl}/clips/${session.id}-${number}.mp4`,
			answering: session.asked,
			extras: shapes.extras,
			guiTalk: chance(key, 'gui') < options.guiShare,
		});
	}

	private open(session: Session, response: ServerResponse, entry: PromptEntry): SseStream {
		const { options, hub } = this.backend;
		for (const count of [this.streams, session.streams]) {
			count.open += 1;
			count.most = Math.max(count.most, count.open);
		}
		const { recordDir } = options;
		if (recordDir !== '') mkdirSync(recordDir, { recursive: true });
		const recordTo =
			recordDir === '' ? undefined : join(recordDir, `${entry.seq}-${session.id}.sse`);
		const closed = (): void => {
			this.streams.open -= 1;
			session.streams.open -= 1;
			if (this.backend.turns !== this) return;
			hub.record('stream.closed', {
				sessionId: session.id,
				prompt: entry.seq,
				whole: response.writableFinished,
			});
		};
		const stream = new SseStream(response, options, `${entry.seq}`, { closed, recordTo });
		hub.record('stream.open', { sessionId: session.id, prompt: entry.seq });
		return stream;
	}
}
