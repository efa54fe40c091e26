import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { promptKey } from '../src/api/promptKey';
import { RateLimiter } from '../src/api/rateLimiter';
import { SessionQueue } from '../src/api/sessionQueue';
import { createSession } from '../src/api/session';
import { readState } from '../src/api/state';
import { describeChanges } from '../src/api/timeline/changes';
import { readTimeline } from '../src/api/timeline/timeline';
import type { ApiResponse, Transport } from '../src/api/transport';
import { generate } from '../src/flows/generate/generate';
import { detectLanguage } from '../src/text/detectLanguage';
import { routeMessage } from '../src/text/intent/intent';
import { FakeClock } from '../test/unit/flows/fakeClock.cts';
import { Heard, newCheckpoint } from '../test/unit/flows/fakeNemoVideo.cts';
import { testClient } from '../test/unit/support/client.cts';
import { median, note, times, type Bench, type Comparison } from './bench.cts';
import { VirtualNemoVideo } from './virtual/nemoVideo.cts';

const SEGMENTS = [10, 100, 1_000, 10_000];
const PROMPTS = [200, 2_000, 20_000];
const MESSAGES = 1_000;
const EXECUTIONS = 100_000;
/** Executions under way at once, as in a busy n8n. */
const AT_ONCE = 200;
/** Time is as good as linear where it grows at most so much more than its size. */
const MAX_GROWTH = 1.3;
/** For a figure; less is noise. Milliseconds. */
const LEAST_MS = 300;

const SETTINGS = {
	timeoutMs: 900_000,
	idleMs: 600_000,
	recovery: { firstWaitMs: 30_000, intervalMs: 60_000, checks: 5 },
	onTimeout: 'error',
	minimumCredits: 0,
} as const;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Milliseconds that the work takes once, over as many times as a figure needs. */
async function timeOf(work: () => unknown): Promise<number> {
	await work();
	const rounds: number[] = [];
	for (const begun = performance.now(); performance.now() - begun < LEAST_MS;) {
		const from = performance.now();
		await work();
		rounds.push(performance.now() - from);
	}
	return median(rounds);
}

function grown(what: string, sizes: readonly number[], took: readonly number[]): Comparison {
	const [last = 0, before = 0] = [took.at(-1), took.at(-2)];
	const factor = (sizes.at(-1) ?? 0) / (sizes.at(-2) ?? 1);
	const growth = last / (before * factor);
	note(`${what}: ${sizes.map((size, at) => `${size}: ${took[at]?.toFixed(3)} ms`).join(', ')}`);
	return {
		what,
		ours: `${last.toFixed(2)} ms`,
		rival: `${factor} x the ${before.toFixed(2)} ms of ${sizes.at(-2)}`,
		promise: `at most ${MAX_GROWTH} x`,
		result: times(growth),
		passed: growth <= MAX_GROWTH,
	};
}

/** A timeline as NemoVideo's states have it: ten tracks. */
function draftOf(segments: number, title: string): object {
	const tracks = Array.from({ length: 10 }, (_none, track) => ({
		tt: track % 3,
		sg: Array.from({ length: segments / 10 }, (_one, at) => ({
			id: `${track}-${at}`,
			s: at * 1_000,
			d: 1_000,
			m: { title: `${title} ${track} ${at}`, url: `https://cdn.test/${track}/${at}.mp4` },
		})),
	}));
	return { t: tracks, d: (segments / 10) * 1_000 };
}

async function states(): Promise<Comparison> {
	const took: number[] = [];
	for (const size of SEGMENTS) {
		const [before, after] = ['one', 'two'].map((title) => draftOf(size, title));
		const body = JSON.stringify({ code: 0, data: { task_id: 't', state: { draft: after } } });
		const answer: ApiResponse = { status: 200, headers: {}, body };
		const transport = { send: async () => await Promise.resolve(answer) };
		const client = testClient(transport as unknown as Transport, new FakeClock());
		took.push(
			await timeOf(async () => {
				const { draft } = await readState(client, '7');
				const view = { videoInfos: null, generatedMedia: null };
				readTimeline(draft);
				describeChanges({ ...view, draft: before }, { ...view, draft });
			}),
		);
	}
	return grown('a state read, told and compared, 10,000 segments', SEGMENTS, took);
}

async function prompts(): Promise<Comparison> {
	const took: number[] = [];
	const words = 'Show the harbor at dawn with slow music, then cut to the market and its people. ';
	for (const size of PROMPTS) {
		const prompt = words.repeat(Math.ceil(size / words.length)).slice(0, size);
		took.push(
			await timeOf(() => {
				routeMessage(prompt, { hasFiles: false });
				detectLanguage(prompt);
				promptKey(prompt);
			}),
		);
	}
	return grown('a message routed, 20,000 characters', PROMPTS, took);
}

/** A session's prompts one after another: the first hundred beside the last. */
async function chat(): Promise<Comparison> {
	const nemo = new VirtualNemoVideo({ turnMs: 1_000, renderMs: () => 0 });
	const client = testClient(nemo, nemo.clock);
	const took: number[] = [];
	for (let message = 0; message < MESSAGES; message++) {
		const settings = { ...SETTINGS, sessionId: '9001', prompt: `Make title number ${message} red` };
		const from = performance.now();
		await nemo.run(generate(client, settings, newCheckpoint(), new Heard()));
		took.push(performance.now() - from);
	}
	const [early, late] = [median(took.slice(50, 150)), median(took.slice(-100))];
	return {
		what: `a prompt of a chat, the last hundred of ${MESSAGES}`,
		ours: `${late.toFixed(2)} ms`,
		rival: `messages 50 to 150: ${early.toFixed(2)} ms`,
		promise: `at most ${MAX_GROWTH} x`,
		result: times(late / early),
		passed: late <= MAX_GROWTH * early,
	};
}

interface Leavings {
	ms: number;
	heap: number;
}

/** Executions in one process, each with a session and a prompt of its own. */
async function executions(): Promise<Comparison[]> {
	const nemo = new VirtualNemoVideo({ turnMs: 5_000, renderMs: () => 0 });
	const limiter = new RateLimiter(nemo.clock);
	const queue = new SessionQueue();
	const one = async (nth: number): Promise<void> => {
		const client = testClient(nemo, nemo.clock, { limiter, queue });
		const { sessionId } = await createSession(client, { taskName: 'bench', language: 'en' });
		const settings = { ...SETTINGS, sessionId, prompt: `Make film ${nth}` };
		await generate(client, settings, newCheckpoint(), new Heard());
		nemo.forget(sessionId);
	};
	const half = async (): Promise<Leavings> => {
		const from = performance.now();
		for (let begun = 0; begun < EXECUTIONS / 2; begun += AT_ONCE) {
			const batch = Array.from({ length: AT_ONCE }, async (_none, at) => await one(begun + at));
			await nemo.run(Promise.all(batch));
		}
		const ms = performance.now() - from;
		collectGarbage();
		return { ms, heap: process.memoryUsage().heapUsed };
	};
	const [first, second] = [await half(), await half()];
	note(`${JSON.stringify(first)} ${JSON.stringify(second)}`);
	const each = (second.heap - first.heap) / (EXECUTIONS / 2);
	return [
		{
			what: `executions in one process, the second half of ${EXECUTIONS}`,
			ours: `${((1_000 * second.ms) / (EXECUTIONS / 2)).toFixed(0)} µs each`,
			rival: `the first half ${((1_000 * first.ms) / (EXECUTIONS / 2)).toFixed(0)} µs each`,
			promise: `at most ${MAX_GROWTH} x`,
			result: times(second.ms / first.ms),
			passed: second.ms <= MAX_GROWTH * first.ms,
		},
		{
			what: 'memory that lives on, an execution of the second half',
			ours: `${each.toFixed(0)} bytes`,
			rival: '',
			promise: 'at most 100 bytes',
			result: `${each.toFixed(0)} bytes`,
			passed: each <= 100,
		},
	];
}

export const bench: Bench = {
	name: 'growth',
	about:
		'How time and memory grow with what there is: the published code in one process, without n8n and without a network. States are read as they come from NemoVideo, told in words, and compared with one in which every segment is different; a message is routed as a chat does; prompts go through the turn of Generate and executions through Create Session and Generate, against a NemoVideo in virtual time. The rival is the next smaller size times the ratio of the sizes: 1 is linear.',
	run: async () => [await states(), await prompts(), await chat(), ...(await executions())],
};
