import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { quoteSanitized } from '../../text/sanitize';
import {
	cancelRender,
	getRender,
	submitRender,
	type Render,
	type RenderOutput,
} from '../../api/render';
import { isTransient, withRetry } from '../../api/retry';
import { resultOf } from '../../api/result';
import { perQueue } from '../perQueue';
import { LookSchedule, RenderTimes } from './lookSchedule';
import type { Progress } from '../progress';

export interface PollLimits {
	/** The longest pause between two looks, in milliseconds. */
	intervalMs: number;
	/** For the render as a whole, in milliseconds. */
	timeoutMs: number;
	/** Display name of the parameter that sets the timeout. */
	timeoutLabel?: string;
}

/** Looks after a render was submitted in which NemoVideo may not know it yet. */
const MAX_MISSING = 3;
/** Looks in which a finished render may still lack its URL. */
const MAX_WITHOUT_URL = 3;
/** Before the look after one that failed; doubled by each further one, up to the interval. Milliseconds. */
const AFTER_FAILURE_MS = 1_000;

/**
 * Finds the render of an id or starts it. Asking twice is harmless: NemoVideo keeps one render for
 * an id. After a fault, the next try looks the render up first and asks for it again only where
 * nothing arrived.
 *
 * @returns the render, and whether it was there already
 * @throws NemoVideoError
 */
export async function ensureRender(
	client: NemoVideoClient,
	job: { renderId: string; sessionId: string; draft: unknown; output: RenderOutput },
): Promise<{ render: Render; attached: boolean }> {
	const earlier = await getRender(client, job.renderId);
	if (earlier) return { render: earlier, attached: true };
	const find = async () => await getRender(client, job.renderId, { maxTries: 1 });
	let hasFailed = false;
	return await withRetry(client, { idempotent: true, waitsItself: true }, async (isRepeat) => {
		// What was refused has not arrived.
		const arrived = hasFailed && !isRepeat ? await find() : undefined;
		if (arrived) return { render: arrived, attached: true };
		hasFailed = true;
		const submitted = await submitRender(client, job, isRepeat);
		if (submitted !== 'duplicate') return { render: submitted, attached: false };
		const duplicate = await find();
		if (duplicate) return { render: duplicate, attached: true };
		throw new NemoVideoError(
			'protocol',
			'NemoVideo reported the render as a duplicate but does not recognize its ID',
			{ description: "Switch on 'Render Again' to use a new render ID." },
		);
	});
}

export type Wait =
	| { how: 'ended'; render: Render }
	/** The deadline passed; `render` is the last that was seen. */
	| { how: 'timeout'; render: Render };

/**
 * Looks at a render until it has ended or the time is up. Looks that fail for passing reasons are
 * borne: a dropped connection is not an answer.
 */
export async function waitForRender(
	client: NemoVideoClient,
	first: Render,
	limits: PollLimits,
	progress: Progress,
): Promise<Wait> {
	const deadline = new Deadline(client.clock, limits.timeoutMs);
	const times = RenderTimes.of(await client.sessionQueue());
	const schedule = new LookSchedule(limits.intervalMs, times);
	const begunAt = client.clock.now();
	const elapsed = () => client.clock.now() - begunAt;
	let latest = first;
	let missing = 0;
	let withoutUrl = 0;
	let failed = 0;
	const nextPause = (): number => {
		if (failed > 0) return Math.min(limits.intervalMs, AFTER_FAILURE_MS * 2 ** (failed - 1));
		// What NemoVideo doesn't know yet, or hasn't named yet, needs patience.
		if (missing > 0 || withoutUrl > 0) return limits.intervalMs;
		return schedule.pauseAfter(latest, elapsed());
	};
	for (;;) {
		if (latest.status === 'completed') {
			if (latest !== first && withoutUrl === 0) times.note(elapsed());
			if (latest.url !== undefined || ++withoutUrl > MAX_WITHOUT_URL) {
				return { how: 'ended', render: latest };
			}
		} else if (latest.status === 'failed' || latest.status === 'cancelled') {
			return { how: 'ended', render: latest };
		}
		if (deadline.passed) return { how: 'timeout', render: latest };
		progress.stage(
			latest.progress === undefined ? 'Rendering' : `Rendering (${Math.round(latest.progress)}%)`,
		);
		const pause = Math.min(nextPause(), deadline.left());
		await client.clock.wait(pause, client.transport.signal);
		// This loop repeats the look.
		const options = { deadline, maxTries: 1 };
		const look = await resultOf(async () => await getRender(client, first.renderId, options));
		failed = look.ok ? 0 : failed + 1;
		if (look.ok && look.value) {
			latest = look.value;
			missing = 0;
		} else if (look.ok) {
			if (++missing > MAX_MISSING) throw renderNotFoundError(first.renderId);
		} else if (!isTransient(look.error)) {
			throw look.error;
		}
	}
}

function renderNotFoundError(renderId: string): NemoVideoError {
	return new NemoVideoError('render', 'NemoVideo no longer knows this render', {
		description: 'Run the export again to start a new render. Exporting costs no credits.',
		handles: { renderId },
	});
}

/** The failure of a render that failed or was cancelled. */
export function renderFailure(render: Render, attempts: number): NemoVideoError {
	const words = quoteSanitized(render.reason);
	const ended = render.status === 'cancelled' ? 'was cancelled' : 'did not succeed';
	const times = attempts > 1 ? `, also on the second attempt` : '';
	return new NemoVideoError('render', `The render ${ended}${times}`, {
		description: `${words ? `NemoVideo says: ${words}. ` : ''}Check the timeline with the State node, change it with a prompt and export again, or switch on 'Render Again' to render it again unchanged.`,
		handles: { renderId: render.renderId },
	});
}

/** The failure of a render that was not ready in time. */
export function renderTimeout(render: Render, limits: PollLimits): NemoVideoError {
	const minutes = Number((limits.timeoutMs / 60_000).toFixed(2));
	const progress = render.progress === undefined ? '' : ` at ${render.progress}%`;
	return new NemoVideoError(
		'timeout',
		`The render was not ready within ${minutes} min ('${limits.timeoutLabel ?? 'Timeout (Minutes)'}')`,
		{
			description: `Last state seen: '${render.statusWord}'${progress}. The render is still running. Run the export again to keep waiting for it, or use the operation Get Status with render ID ${render.renderId}.`,
			handles: { renderId: render.renderId },
		},
	);
}

export function isCancelled(error: unknown): boolean {
	return isNemoVideoError(error) && error.kind === 'cancelled';
}

/** How long the one request after Stop may take, in milliseconds. */
const CANCEL_MS = 5_000;

/** How many executions of this process wait for each render. */
const waitersIn = perQueue(() => new Map<string, number>());

/**
 * Runs a part of the work in which a render may be under way. Stop cancels that render, unless
 * another execution waits for the same one.
 */
export async function cancelOnStop<T>(
	client: NemoVideoClient,
	renderId: string,
	work: () => Promise<T>,
): Promise<T> {
	const waiters = waitersIn(await client.sessionQueue());
	waiters.set(renderId, (waiters.get(renderId) ?? 0) + 1);
	const outcome = await resultOf(work);
	const others = (waiters.get(renderId) ?? 1) - 1;
	if (others > 0) waiters.set(renderId, others);
	else waiters.delete(renderId);
	if (outcome.ok) return outcome.value;
	if (isCancelled(outcome.error) && others === 0) {
		const ownSignal = AbortSignal.timeout(CANCEL_MS);
		// Nobody waits for it: n8n saves a stopped execution at once, without a node that ends later.
		void resultOf(async () => await cancelRender(client, renderId, ownSignal));
	}
	throw outcome.error;
}
