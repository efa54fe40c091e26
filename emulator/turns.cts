import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { planTurn, type Plan } from './agent.cts';
import type { Backend } from './backend.cts';
import {
	ADK_ERROR_FORMS,
	newVoice,
	payloadsOf,
	type AdkErrorForm,
	type AgentEvent,
	type DialectSettings,
	type Voice,
} from './dialects.cts';
import { ApiFailure, messageOf } from './failure.cts';
import type { PromptEntry } from './ledger.cts';
import { chance, pick } from './random.cts';
import { mediaOf, type Session } from './sessions.cts';
import { SseStream } from './sse.cts';
import { Stopped } from './timers.cts';
import type { Token } from './tokens.cts';

export const TEMPORARY_ISSUE = 'I encountered a temporary issue. Please try again later.';

interface Running {
	session: Session;
	plan: Plan;
	entry: PromptEntry;
	token: Token;
	stream: SseStream;
	voice: Voice;
	key: string;
	/** The stream goes on with heartbeats and nothing else. */
	beatsOnly: boolean;
	spoke: boolean;
	dropped: boolean;
	settled: boolean;
	cost: number;
}

/** A code that means "not taken on" when it is the first thing in a stream. */
function refusalIn(plan: Plan): number | undefined {
	const code = Number(plan.wish.markers.get('error'));
	return [1001, 1002, 2001, 429].includes(code) ? code : undefined;
}

/** Runs turns. The work belongs to the session, not to the connection: it goes on without it. */
export class TurnRunner {
	/** Streams open now, and the most there ever were at once. */
	streams = { open: 0, most: 0 };

	constructor(private readonly backend: Backend) {}

	/**
	 * Takes a prompt on and answers with a stream.
	 *
	 * @throws ApiFailure 2001 before the stream, where the options say so
	 */
	accept(
		session: Session,
		token: Token,
		prompt: string,
		request: number,
		respond: () => ServerResponse,
	): void {
		const { options } = this.backend;
		const marked = options.nextTurns.shift();
		const text = marked === undefined ? prompt : `${prompt} ${marked}`;
		session.turns += 1;
		const key = `${options.seed} ${session.turns} ${prompt}`;
		const plan = this.plan(session, text, key);
		const cost = options.costs[plan.kind];
		const { account } = token;
		const refusedWith = cost > account.available ? 2001 : refusalIn(plan);
		const entry = this.backend.ledger.prompt({
			request,
			token: token.token,
			sessionId: session.id,
			turn: session.turns,
			text: prompt,
			kind: plan.kind,
			accepted: refusedWith === undefined,
			...(refusedWith === undefined ? {} : { refusedWith }),
			charged: refusedWith === undefined ? cost : 0,
			overlapped: session.busy > 0,
		});
		if (
			refusedWith === 2001 &&
			options.outOfCreditsAs === 'code' &&
			!plan.wish.markers.has('error')
		) {
			throw new ApiFailure(2001, messageOf(2001));
		}
		const running: Running = {
			session,
			plan,
			entry,
			token,
			stream: this.open(session, respond(), entry),
			voice: newVoice(this.backend.ids),
			key,
			beatsOnly: false,
			spoke: false,
			dropped: false,
			settled: false,
			cost,
		};
		if (refusedWith !== undefined) {
			this.say(running, { kind: 'code', code: refusedWith, message: messageOf(refusedWith) });
			void running.stream.end();
			return;
		}
		account.available -= cost;
		account.frozen += cost;
		session.busy += 1;
		session.line = session.line
			.then(async () => await this.run(running))
			.then(
				() => this.settle(running, 'done'),
				(error: unknown) => {
					if (!(error instanceof Stopped)) running.stream.write(`data: ${String(error)}\n\n`);
					this.settle(running, 'failed');
					void running.stream.end();
				},
			);
	}

	/** Books a turn as over; before its stream ends, so that a client never sees it still running. */
	private settle(running: Running, status: 'done' | 'failed'): void {
		if (running.settled) return;
		running.settled = true;
		running.session.busy -= 1;
		running.token.account.frozen -= running.cost;
		this.backend.ledger.promptDone(running.entry, status, !running.spoke);
	}

	private plan(session: Session, text: string, key: string): Plan {
		const { options, shapes } = this.backend;
		return planTurn(text, {
			key: `${session.id} ${session.turns}`,
			chinese: session.language.toLowerCase().startsWith('zh'),
			draft: session.draft,
			media: mediaOf(session),
			clipUrl: `${this.backend.filesUrl}/clips/${session.id}-${session.turns}.mp4`,
			answering: session.asked,
			extras: shapes.extras,
			gui: text.includes('[[gui]]') || chance(key, 'gui') < options.guiShare,
		});
	}

	private open(session: Session, response: ServerResponse, entry: PromptEntry): SseStream {
		const { options, hub } = this.backend;
		for (const count of [this.streams, session.streams]) {
			count.open += 1;
			count.most = Math.max(count.most, count.open);
		}
		const recordTo =
			options.recordDir === ''
				? undefined
				: join(options.recordDir, `${entry.seq}-${session.id}.sse`);
		const closed = (): void => {
			this.streams.open -= 1;
			session.streams.open -= 1;
			hub.record('stream.closed', {
				sessionId: session.id,
				prompt: entry.seq,
				whole: response.writableFinished,
			});
		};
		const stream = new SseStream(response, options, `${entry.seq}`, { closed }, recordTo);
		hub.record('stream.open', { sessionId: session.id, prompt: entry.seq });
		return stream;
	}

	private say(running: Running, event: AgentEvent): void {
		if (running.beatsOnly) return;
		const { options, shapes } = this.backend;
		const dialect =
			options.dialect === 'mixed'
				? pick<'flat' | 'adk'>(['flat', 'adk'], running.key, JSON.stringify(event))
				: options.dialect;
		const partial =
			running.plan.wish.markers.has('partial') ||
			options.partials === 'always' ||
			(options.partials === 'seeded' && chance(running.key, 'partial') < 0.5);
		const settings: DialectSettings = {
			dialect,
			partial,
			pieces: 1 + Math.floor(chance(running.key, 'pieces') * 3),
			extras: shapes.extras,
		};
		if (event.kind === 'text') running.spoke = true;
		for (const payload of payloadsOf(event, settings, running.voice)) {
			if (event.kind === 'error' && event.form === 'raw')
				running.stream.write(`data: ${payload}\n\n`);
			else running.stream.send(payload);
		}
	}

	/** Where a marker may break the stream: `[[drop:raw]]`, `[[stall:call]]`, … */
	private async point(running: Running, name: 'accepted' | 'call' | 'raw' | 'end'): Promise<void> {
		const { markers } = running.plan.wish;
		const last = running.plan.kind === 'generation' ? 'raw' : 'call';
		const here = (marker: string): boolean => {
			const wanted = markers.get(marker);
			if (wanted === undefined) return false;
			return (wanted === '' ? 'call' : wanted === 'raw' ? last : wanted) === name;
		};
		if (here('drop') && !running.dropped) {
			running.dropped = true;
			await running.stream.drop();
		}
		if (here('stall')) running.stream.silence();
		if (name === 'accepted' && markers.has('quiet')) running.stream.silence();
		if (name === 'accepted' && (markers.has('heartbeats') || markers.has('hang'))) {
			running.beatsOnly = true;
		}
	}

	private async run(running: Running): Promise<void> {
		const { plan } = running;
		const { markers } = plan.wish;
		const { options, timers } = this.backend;
		await this.point(running, 'accepted');
		if (markers.has('hang')) {
			for (;;) await timers.sleep(3_600_000);
		}
		await timers.sleep(Number(markers.get('slow') ?? 0));
		this.say(running, { kind: 'thought', text: `Planning: ${plan.wish.text}` });
		if (markers.has('garbage')) {
			for (const payload of ['not json at all', '{"half":', '[1,2', 'null', '"text"', '{}']) {
				this.say(running, { kind: 'raw', payload });
			}
		}
		const failure = this.failureOf(markers.get('error'));
		if (failure) {
			await timers.sleep(options.questionMs);
			this.say(running, failure);
			this.settle(running, 'failed');
			await running.stream.end();
			return;
		}
		if (plan.kind === 'question') await timers.sleep(options.questionMs);
		else await this.work(running);
		running.session.asked = plan.kind === 'question';
		if (options.stageTwo === 'inStream' || plan.stages.length < 2) await this.close(running);
	}

	private failureOf(wanted: string | undefined): AgentEvent | undefined {
		if (wanted === undefined) return undefined;
		if (/^\d+$/.test(wanted)) {
			return { kind: 'code', code: Number(wanted), message: messageOf(Number(wanted)) };
		}
		const form = ADK_ERROR_FORMS.find((name) => name === wanted) ?? ('json' satisfies AdkErrorForm);
		return { kind: 'error', form, message: 'agent said "no"\nand broke' };
	}

	/** The stages, each visible in the state before it is told. */
	private async work(running: Running): Promise<void> {
		const { plan, session } = running;
		const { options, timers, hub, ids } = this.backend;
		const names = plan.kind === 'generation' ? [plan.tool, 'edit_multitrack'] : [plan.tool];
		for (const [index, name] of names.entries()) {
			const id = `adk-${ids.short('call')}`;
			this.say(running, { kind: 'call', id, name, args: plan.args });
			if (index === 0) await this.point(running, 'call');
			const waitMs =
				plan.kind === 'edit' ? options.editMs : index === 0 ? options.turnMs : options.stageGapMs;
			await timers.sleep(waitMs);
			const next = plan.wish.markers.has('nodraft') ? undefined : plan.stages[index];
			if (next) {
				session.draft = next;
				if (index === 0 && plan.generated) {
					session.generated.push({
						id: `gen_${ids.short('clip')}`,
						type: 'video',
						url: plan.generated.url,
						duration_ms: plan.generated.durationMs,
					});
				}
				hub.record('turn.stage', {
					sessionId: session.id,
					prompt: running.entry.seq,
					stage: index + 1,
					of: plan.stages.length,
				});
			}
			const size = Number(plan.wish.markers.get('big') ?? 0);
			const result = { ok: next !== undefined, ...(size > 0 ? { log: 'x'.repeat(size) } : {}) };
			const stateDelta = next ? { draft: next } : {};
			this.say(running, { kind: 'result', id, name, result, stateDelta });
			if (index > 0) continue;
			await this.point(running, 'raw');
			if (names.length > 1 && options.stageTwo === 'afterStream') await this.close(running);
		}
	}

	private async close(running: Running): Promise<void> {
		const { plan, stream } = running;
		const { markers } = plan.wish;
		const { options } = this.backend;
		await this.point(running, 'end');
		const silent =
			!markers.has('talk') &&
			(markers.has('silent') ||
				markers.has('nothing') ||
				(plan.kind === 'edit' && chance(running.key, 'silent') < options.silentShare));
		if (markers.has('temporary')) {
			this.say(running, { kind: 'text', text: TEMPORARY_ISSUE });
		} else if (!silent) {
			this.say(running, { kind: 'text', text: plan.answer });
			const trailing = chance(running.key, 'trailing') < options.trailingIssueShare;
			if (markers.has('trailing') || trailing) {
				this.say(running, { kind: 'text', text: TEMPORARY_ISSUE });
			}
		}
		if (options.stageTwo === 'inStream' || plan.stages.length < 2) this.settle(running, 'done');
		const open = markers.has('stall') || running.beatsOnly;
		if (!open) await stream.end();
	}
}
