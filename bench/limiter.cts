import { CreditBudget } from '../src/flows/createVideo/creditBudget';
import { createVideo } from '../src/flows/createVideo/createVideo';
import { resultOf } from '../src/api/result';
import { RateLimiter } from '../src/api/rateLimiter';
import { SessionQueue } from '../src/api/sessionQueue';
import { runInLanes } from '../src/n8n/lanes';
import { Heard, newCheckpoint } from '../test/unit/flows/fakeNemoVideo.cts';
import { videoMemory } from '../test/unit/flows/createVideo/videoCheckpoints.cts';
import { testClient } from '../test/unit/support/client.cts';
import { inSeconds, note, times, type Bench, type Comparison } from './bench.cts';
import { seededRenders, VirtualNemoVideo } from './virtual/nemoVideo.cts';

const EXECUTIONS = 10;
const ROWS = 10;
/** Rows of an execution that run at once: the node's default. */
const PARALLEL = 3;
const PER_SECOND = 2;
const MAX_OF_IDEAL = 1.25;
const MINUTE = 60_000;

interface Outcome {
	ms: number;
	failed: number;
	refused: number;
	/** Requests that were let through. */
	served: number;
}

/** What Create Video is told when nothing is set. */
const SETTINGS = {
	taskName: 'bench',
	language: 'en',
	turn: {
		timeoutMs: 15 * MINUTE,
		idleMs: 10 * MINUTE,
		recovery: { firstWaitMs: 30_000, intervalMs: MINUTE, checks: 5 },
		onTimeout: 'error',
	},
	render: {
		output: { format: 'mp4', quality: 'high' },
		renderAgain: false,
		poll: { intervalMs: 30_000, timeoutMs: 30 * MINUTE },
		onTimeout: 'error',
	},
} as const;

/** @param limiterOf of an execution */
async function all(
	limiterOf: (nemo: VirtualNemoVideo, shared: RateLimiter) => RateLimiter,
): Promise<Outcome> {
	const pace = { turnMs: 30_000, renderMs: seededRenders('limiter', 25_000, 95_000) };
	const nemo = new VirtualNemoVideo(pace, PER_SECOND);
	const shared = new RateLimiter(nemo.clock);
	const queue = new SessionQueue();
	const begun = nemo.clock.now();
	let failed = 0;
	const execution = async (nth: number): Promise<void> => {
		const limiter = limiterOf(nemo, shared);
		const client = testClient(nemo, nemo.clock, { limiter, queue });
		const limits = { minimum: 0, maximum: 0, stopWhenOut: true };
		const budget = new CreditBudget(client, limits, newCheckpoint(), String(nth));
		const rows = Array.from({ length: ROWS }, (): undefined => undefined);
		await runInLanes(rows, PARALLEL, async (row) => {
			const settings = { ...SETTINGS, prompt: `Make film ${nth}.${row}` };
			const progress = new Heard();
			const sink = async () => await Promise.resolve({ sizeBytes: 1 });
			const video = await resultOf(
				async () => await createVideo(client, settings, videoMemory(), { budget, progress, sink }),
			);
			if (!video.ok) failed++;
		});
	};
	const executions = Array.from({ length: EXECUTIONS }, async (_, nth) => await execution(nth));
	await nemo.run(Promise.all(executions));
	const served = nemo.requests - nemo.refused;
	return { ms: nemo.clock.now() - begun, failed, refused: nemo.refused, served };
}

async function run(): Promise<Comparison[]> {
	const ours = await all((_, shared) => shared);
	const rival = await all(({ clock }) => new RateLimiter(clock));
	const ideal = (ours.served / PER_SECOND) * 1_000;
	note(`ours ${JSON.stringify(ours)}`);
	note(`rival ${JSON.stringify(rival)}`);
	const what = `${EXECUTIONS} executions of ${ROWS} rows`;
	return [
		{
			what: `${what}: rows that failed`,
			ours: String(ours.failed),
			rival: `a limiter for each execution ${rival.failed}`,
			promise: 'none',
			result: String(ours.failed),
			passed: ours.failed === 0,
		},
		{
			what: `${what}: time`,
			ours: inSeconds(ours.ms),
			rival: `ideal ${inSeconds(ideal)} (${ours.served} requests)`,
			promise: `at most ${MAX_OF_IDEAL} x`,
			result: times(ours.ms / ideal),
			passed: ours.ms <= MAX_OF_IDEAL * ideal,
		},
		{
			what: `${what}: requests answered with 429`,
			ours: String(ours.refused),
			rival: `a limiter for each execution ${rival.refused}`,
			promise: 'none',
			result: times(ours.refused / rival.refused),
			passed: true,
		},
	];
}

export const bench: Bench = {
	name: 'limiter',
	about: `${EXECUTIONS} executions at once, each of ${ROWS} rows through Create Video's flow (at default settings, so ${PARALLEL} in parallel), with one credential, against a NemoVideo that lets ${PER_SECOND} requests a second through and answers the others with 429 and Retry-After: 1. In virtual time: requests, retries, limiter and flow are the published code, the clock and NemoVideo are simulated; a turn takes 30 s, a render 25 to 95 s (seeded). The ideal is the number of requests that were let through, at the limit's pace. The rival is the same code with a limiter for each execution instead of one for the process.`,
	run,
};
