import type { Plan } from './agent.cts';
import {
	ADK_ERROR_FORMS,
	newVoice,
	type AgentEvent,
	type DialectSettings,
} from './agentEvents.cts';
import type { Backend } from './backend.cts';
import { payloadsOf } from './dialects.cts';
import { messageOf } from './failure.cts';
import type { PromptEntry } from './billingLog.cts';
import { chance, pick } from './random.cts';
import type { Session } from './sessions.cts';
import type { SseStream } from './sse.cts';
import type { Account } from './tokens.cts';

export const TEMPORARY_ISSUE = 'I encountered a temporary issue. Please try again later.';

/** Payloads no dialect knows; a client must live with them. */
const GARBAGE = ['not json at all', '{"half":', '[1,2', 'null', '"text"', '{}', '{"type":42}'];

/** Where a marker may break the stream: before anything, in a call, at the raw clip, around the answer. */
type Point = 'accepted' | 'call' | 'raw' | 'end' | 'said';
const POINTS: readonly Point[] = ['accepted', 'raw', 'end', 'said'];

const ANNOUNCEMENT = "I'll generate it now.";
const QUESTION = 'Which music do you want?';
/** How long work goes on behind a stream that closed with an open call. Milliseconds. */
const OPEN_MS = 2_000;

export interface TurnDetail {
	session: Session;
	account: Account;
	entry: PromptEntry;
	stream: SseStream;
	/** Decides what looks like chance in this turn. */
	key: string;
	cost: number;
}

/** One turn. Its work belongs to the session, not to the connection: it goes on without it. */
export class Turn {
	private readonly voice;
	private readonly settings: Omit<DialectSettings, 'dialect'>;
	/** The stream goes on with heartbeats and nothing else. */
	private beatsOnly = false;
	private spoke = false;
	private settled = false;

	constructor(
		private readonly backend: Backend,
		private readonly detail: TurnDetail,
		private plan: Plan,
	) {
		const { options, shapes, ids } = backend;
		const { key } = detail;
		this.voice = newVoice(ids);
		this.settings = {
			flavour: options.adkFlavour,
			partial:
				plan.wish.markers.has('partial') ||
				options.partials === 'always' ||
				(options.partials === 'seeded' && chance(key, 'partial') < 0.5),
			pieces: 1 + Math.floor(chance(key, 'pieces') * 3),
			extras: shapes.extras,
		};
	}

	private get markers(): ReadonlyMap<string, string> {
		return this.plan.wish.markers;
	}

	say(event: AgentEvent): void {
		if (this.beatsOnly) return;
		const { dialect: wanted } = this.backend.options;
		const dialect =
			wanted === 'mixed'
				? pick<'flat' | 'adk'>(['flat', 'adk'], this.detail.key, JSON.stringify(event))
				: wanted;
		if (event.kind === 'text') this.spoke = true;
		// The false alarm is one text of its own, as NemoVideo's skill text describes it.
		const whole = event.kind === 'text' && event.text === TEMPORARY_ISSUE ? { pieces: 1 } : {};
		const settings = { ...this.settings, ...whole, dialect };
		for (const payload of payloadsOf(event, settings, this.voice)) {
			// Unescaped on purpose: a line break in it breaks the frame, as older ADK servers do.
			if (event.kind === 'error' && event.form === 'raw') {
				this.detail.stream.write(`data: ${payload}\n\n`);
			} else {
				this.detail.stream.send(payload);
			}
		}
	}

	/** Books the turn as over; before its stream ends, so that no client sees it still running. */
	settle(status: 'done' | 'failed'): void {
		if (this.settled) return;
		this.settled = true;
		this.detail.session.busy -= 1;
		this.detail.account.frozen -= this.detail.cost;
		this.backend.ledger.promptDone(this.detail.entry, status, !this.spoke);
	}

	private async reach(point: Point): Promise<void> {
		const { markers } = this;
		const { stream } = this.detail;
		const at = (marker: string): Point | undefined => {
			const wanted = markers.get(marker);
			if (wanted === undefined) return undefined;
			return POINTS.find((name) => name === wanted) ?? 'call';
		};
		if (at('drop') === point) await stream.drop();
		if (at('stall') === point) stream.silence();
		if (point !== 'accepted') return;
		if (markers.has('quiet')) stream.silence();
		this.beatsOnly = markers.has('heartbeats') || markers.has('hang');
	}

	/**
	 * Works the plan off.
	 *
	 * @param replan called first; the timeline may have changed while the turn waited in line
	 */
	async run(replan: () => Plan): Promise<void> {
		this.plan = replan();
		const { plan, markers } = this;
		const { options, timers } = this.backend;
		await this.reach('accepted');
		if (markers.has('hang')) {
			for (;;) await timers.sleep(3_600_000);
		}
		await timers.sleep(Number(markers.get('slow') ?? 0));
		this.say({ kind: 'thought', text: `Planning: ${plan.wish.text}` });
		if (markers.has('garbage')) {
			for (const payload of GARBAGE) this.say({ kind: 'raw', payload });
		}
		if (markers.has('announce')) this.say({ kind: 'text', text: ANNOUNCEMENT });
		if (markers.has('open')) {
			await this.workBehind(Number(markers.get('open') || OPEN_MS));
			return;
		}
		if (markers.has('asks')) {
			await this.askAfterTool();
			return;
		}
		const failure = failureOf(markers.get('error')) ?? codeOf(markers.get('code'));
		if (failure) {
			await timers.sleep(options.questionMs);
			// A code that comes after a sign of life refuses nothing: the prompt was taken on.
			if (markers.has('code')) this.detail.stream.write(': keep-alive\n\n');
			this.say(failure);
			this.settle('failed');
			void this.detail.stream.end();
			return;
		}
		if (plan.kind === 'question') await timers.sleep(options.questionMs);
		else await this.work();
		this.detail.session.asked = plan.kind === 'question';
		if (!this.answersEarly) await this.answer();
	}

	/** Closes the stream with a call that was never answered, and does its work afterwards. */
	private async workBehind(ms: number): Promise<void> {
		const { plan } = this;
		const id = `adk-${this.backend.ids.short('call')}`;
		this.say({ kind: 'call', id, name: plan.tool, args: plan.args });
		await this.detail.stream.end();
		await this.backend.timers.sleep(ms);
		plan.stages.forEach((_stage, index) => this.show(index));
		this.settle('done');
	}

	/** Uses a tool that changes nothing, and asks. */
	private async askAfterTool(): Promise<void> {
		const id = `adk-${this.backend.ids.short('call')}`;
		const name = 'understand_media';
		this.say({ kind: 'call', id, name, args: {} });
		await this.backend.timers.sleep(this.backend.options.questionMs);
		this.say({ kind: 'result', id, name, result: { ok: true }, stateDelta: {} });
		this.say({ kind: 'text', text: QUESTION });
		this.detail.session.asked = true;
		this.settle('done');
		void this.detail.stream.end();
	}

	/** The stream ends with the raw clip; the second stage comes later. */
	private get answersEarly(): boolean {
		return this.backend.options.stageTwo === 'afterStream' && this.plan.kind === 'generation';
	}

	/** The stages, each visible in the state before it is told. */
	private async work(): Promise<void> {
		const { plan, markers } = this;
		const { options, timers, ids } = this.backend;
		const generation = plan.kind === 'generation';
		const tools = generation ? [plan.tool, 'edit_multitrack'] : [plan.tool];
		for (const [index, name] of tools.entries()) {
			const id = `adk-${ids.short('call')}`;
			this.say({ kind: 'call', id, name, args: plan.args });
			if (index === 0) await this.reach('call');
			await timers.sleep(
				!generation ? options.editMs : index === 0 ? options.turnMs : options.stageGapMs,
			);
			const next = markers.has('nodraft') ? undefined : plan.stages[index];
			if (next) this.show(index);
			const padding = Number(markers.get('big') ?? 0);
			const log = padding > 0 ? { log: 'x'.repeat(padding) } : {};
			const stateDelta = next ? { draft: next } : {};
			this.say({
				kind: 'result',
				id,
				name,
				result: { ok: next !== undefined, ...log },
				stateDelta,
			});
			if (index > 0) continue;
			await this.reach('raw');
			if (this.answersEarly) await this.answer();
		}
	}

	private show(index: number): void {
		const { plan } = this;
		const { session, entry } = this.detail;
		session.draft = plan.stages[index];
		if (index === 0 && plan.generated) {
			session.generated.push({
				id: `gen_${this.backend.ids.short('clip')}`,
				type: 'video',
				url: plan.generated.url,
				duration_ms: plan.generated.durationMs,
			});
		}
		this.backend.hub.record('turn.stage', {
			sessionId: session.id,
			prompt: entry.seq,
			stage: index + 1,
			of: plan.stages.length,
		});
	}

	private get silent(): boolean {
		const { markers, plan } = this;
		if (markers.has('talk')) return false;
		if (markers.has('silent') || markers.has('nothing')) return true;
		const share = this.backend.options.silentShare;
		return plan.kind === 'edit' && chance(this.detail.key, 'silent') < share;
	}

	private async answer(): Promise<void> {
		const { markers } = this;
		const { trailingIssueShare } = this.backend.options;
		await this.reach('end');
		if (markers.has('temporary')) {
			this.say({ kind: 'text', text: TEMPORARY_ISSUE });
		} else if (!this.silent) {
			this.say({ kind: 'text', text: this.plan.answer });
			if (markers.has('trailing') || chance(this.detail.key, 'trailing') < trailingIssueShare) {
				this.say({ kind: 'text', text: TEMPORARY_ISSUE });
			}
		}
		if (!this.answersEarly) this.settle('done');
		await this.reach('said');
		// Not waited for: a client that does not read must not hold the session's next turn.
		if (!markers.has('stall') && !this.beatsOnly) void this.detail.stream.end();
	}
}

/** A tool's failure in words that sound like a lost session. */
const TOOL_FAILURE = 'Tool generate_video failed: music of session 55 not found in library';

/** What `[[code:…]]` sends, after a sign of life. */
function codeOf(wanted: string | undefined): AgentEvent | undefined {
	if (wanted === undefined) return undefined;
	return { kind: 'code', code: Number(wanted), message: messageOf(Number(wanted)) };
}

/** What `[[error:…]]` sends: a body code, or one of the ADK forms. */
function failureOf(wanted: string | undefined): AgentEvent | undefined {
	if (wanted === undefined) return undefined;
	if (/^\d+$/.test(wanted)) {
		return { kind: 'code', code: Number(wanted), message: messageOf(Number(wanted)) };
	}
	if (wanted === 'tool') return { kind: 'error', form: 'json', message: TOOL_FAILURE };
	const form = ADK_ERROR_FORMS.find((name) => name === wanted) ?? 'json';
	return { kind: 'error', form, message: 'agent said "no"\nand broke' };
}
