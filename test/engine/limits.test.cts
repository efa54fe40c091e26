import type { IDataObject } from 'n8n-workflow';
import type { BillingLog } from '../../emulator/billingLog.cts';
import type { RequestEntry } from '../../emulator/requests.cts';
import { startEmulator, type Emulator, type Fault } from '../../emulator/server.cts';
import { systemClock, wait } from '../../src/n8n/wait';
import { connectedCredential } from './support/emulator.cts';
import { createEngine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { prepareSession, PROMPT } from './support/sessions.cts';
import type { NodeSpec } from './support/workflow.cts';

// Some of these run several emulators side by side, also on busy machines.
jest.setTimeout(60_000);

const QUICK = { turnMs: 20, stageGapMs: 10, editMs: 20, renderMs: 20 };
/** 0.02 minutes, the shortest limit that a node takes. */
const LIMIT_MS = 1_200;
/** One last look, and a busy machine; whatever does not heed the limit takes a minute or more. */
const SLACK_MS = 20_000;

interface Case {
	node: NodeSpec;
	sessions?: number;
	generated?: boolean;
	prepare?(emulator: Emulator): void;
}

interface Seen {
	result: RunResult;
	json: IDataObject;
	error: IDataObject;
	elapsedMs: number;
	requests: RequestEntry[];
	sessionId: string;
	/** What the backend did. */
	done: Pick<BillingLog, 'prompts' | 'renders' | 'uploads'>;
}

/** Runs a node against an emulator of its own, so that several can run side by side. */
async function observe({ node, sessions = 1, generated, prepare }: Case): Promise<Seen> {
	const emulator = await startEmulator(QUICK);
	try {
		const ids: string[] = [];
		while (ids.length < sessions) {
			ids.push(await prepareSession(emulator, { generate: generated === true }));
		}
		const engine = await createEngine({ credential: connectedCredential(emulator) });
		// The token is checked once, here; what follows is the case's own.
		await engine.runNode([{}], { type: 'nemoVideoCredits' });
		emulator.requests.clear();
		prepare?.(emulator);
		const begun = Date.now();
		const rows = ids.map((sessionId) => ({ json: { sessionId } }));
		const result = await engine.runNode(rows, { ...node, onError: 'continueRegularOutput' });
		const json = result.items('Node 1')[0]?.json ?? {};
		return {
			result,
			json,
			error: (json.error as IDataObject | undefined) ?? {},
			elapsedMs: Date.now() - begun,
			requests: emulator.requests.all(),
			sessionId: ids[0] ?? '',
			done: {
				prompts: emulator.ledger.prompts,
				renders: emulator.ledger.renders,
				uploads: emulator.ledger.uploads,
			},
		};
	} finally {
		await emulator.close();
	}
}

/** Runs all cases at once; what each of them shows is asserted in tests of their own. */
function observed<Name extends string>(cases: Record<Name, Case>): (name: Name) => Seen {
	const seen = new Map<string, Seen>();
	beforeAll(async () => {
		process.setMaxListeners(50);
		await Promise.all(
			Object.entries<Case>(cases).map(async ([name, given]) =>
				seen.set(name, await observe(given)),
			),
		);
	}, 120_000);
	return (name) => {
		const found = seen.get(name);
		if (!found) throw new Error(`${name} was not observed`);
		return found;
	};
}

const generate = (marker: string, options: IDataObject): NodeSpec => ({
	type: 'nemoVideoGenerate',
	parameters: { prompt: `${PROMPT} ${marker}`, options: options as never },
});
const exporting = (options: IDataObject): NodeSpec => ({
	type: 'nemoVideoExport',
	parameters: { options: { pollIntervalSeconds: 0.1, ...options } as never },
});
const STATE: NodeSpec = { type: 'nemoVideoState' };

describe('a limit of time', () => {
	const seen = observed({
		turn: { generated: true, node: generate('[[hang]]', { timeoutMinutes: 0.02 }) },
		turnGoesOn: {
			generated: true,
			node: generate('[[hang]]', { timeoutMinutes: 0.02, onTimeout: 'continue' }),
		},
		noAnswer: {
			node: generate('', { timeoutMinutes: 0.02 }),
			prepare: ({ faults }) => faults.add({ kind: 'stall', endpoint: 'run' }),
		},
		unreadable: {
			node: generate('[[hang]]', { timeoutMinutes: 0.02 }),
			prepare: ({ faults }) =>
				faults.add({ kind: 'dropBefore', endpoint: 'state', nth: 2, times: 0 }),
		},
		idle: { node: generate('[[heartbeats]] [[slow:30000]]', { idleMinutes: 0.02 }) },
		render: {
			generated: true,
			node: exporting({ timeoutMinutes: 0.02 }),
			prepare: ({ options }) => (options.renderOutcomes = ['forever']),
		},
		renderGoesOn: {
			generated: true,
			node: exporting({ timeoutMinutes: 0.02, onTimeout: 'continue' }),
			prepare: ({ options }) => (options.renderOutcomes = ['forever']),
		},
		slowLooks: {
			generated: true,
			node: exporting({ timeoutMinutes: 0.02 }),
			prepare: ({ options, faults }) => {
				options.renderOutcomes = ['forever'];
				faults.add({ kind: 'delay', ms: 500, endpoint: 'poll', nth: 2, times: 0 });
			},
		},
		stalledLook: {
			generated: true,
			node: exporting({ timeoutMinutes: 0.02, onTimeout: 'continue' }),
			prepare: ({ options, faults }) => {
				options.renderOutcomes = ['forever'];
				faults.add({ kind: 'stall', endpoint: 'poll', nth: 3, times: 0 });
			},
		},
	});

	it.each([
		'turn',
		'turnGoesOn',
		'noAnswer',
		'render',
		'renderGoesOn',
		'slowLooks',
		'stalledLook',
	] as const)('is kept by the clock, however many tries fit in: %s', (name) => {
		const { elapsedMs } = seen(name);
		expect(elapsedMs).toBeGreaterThanOrEqual(LIMIT_MS - 20);
		expect(elapsedMs).toBeLessThan(LIMIT_MS + SLACK_MS);
	});

	it.each(['turn', 'noAnswer', 'idle', 'unreadable'] as const)(
		'of a turn says what was seen last and that nothing is sent again: %s',
		(name) => {
			const { error, sessionId, requests } = seen(name);
			const label = name === 'idle' ? 'Idle Limit (Minutes)' : 'Timeout (Minutes)';
			expect(error).toMatchObject({ kind: 'timeout', safeToRepeat: false, sessionId });
			expect(error.message).toContain(`'${label}'`);
			expect(error.description).toMatch(
				{
					turn: /Last state seen: Timeline \(4 tracks\)/,
					noAnswer: /Last state seen: Timeline \(0 tracks\)/,
					idle: /Last state seen: \S/,
					unreadable: /Last state seen: not readable/,
				}[name],
			);
			expect(error.description).toMatch(/won't be sent again/);
			expect(requests.filter(({ endpoint }) => endpoint === 'run')).toHaveLength(1);
		},
	);

	it.each(['render', 'slowLooks'] as const)(
		'of a render says the status seen last and the id to continue with: %s',
		(name) => {
			const { error, sessionId, done } = seen(name);
			const renderId = done.renders[0]?.id;
			expect(error).toMatchObject({ kind: 'timeout', retryable: true, sessionId, renderId });
			expect(error.description).toMatch(/Last state seen: '(?:pending|processing)' at \d+%/);
			expect(error.description).toContain(renderId);
		},
	);

	it('gives a normal item where the user chose to continue', () => {
		const turn = seen('turnGoesOn');
		expect(turn.json).toMatchObject({
			sessionId: turn.sessionId,
			status: 'running',
			timedOut: true,
			timeline: { readyToExport: true },
		});
		for (const name of ['renderGoesOn', 'stalledLook'] as const) {
			const { json, sessionId, done } = seen(name);
			expect(json).toMatchObject({
				sessionId,
				renderId: done.renders[0]?.id,
				status: expect.stringMatching(/pending|processing/) as string,
				timedOut: true,
			});
		}
	});

	it('of a render does not cancel it', () => {
		for (const name of ['render', 'renderGoesOn', 'stalledLook'] as const) {
			expect(seen(name).requests.map(({ endpoint }) => endpoint)).not.toContain('cancel');
		}
	});
});

/** Milliseconds between requests of one endpoint. */
function gaps({ requests }: Seen, endpoint: string): number[] {
	const times = requests.filter((entry) => entry.endpoint === endpoint).map(({ at }) => at);
	return times.slice(1).map((at, index) => at - (times[index] ?? at));
}

const tooMany = (retryAfter?: string): Partial<Fault> => ({
	kind: 'status',
	status: 429,
	...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
});
const on =
	(endpoint: Fault['endpoint'], fault: Partial<Fault>) =>
	({ faults }: Emulator) =>
		faults.add({ kind: 'status', ...fault, endpoint });

describe('a rate limit', () => {
	const seen = observed({
		seconds: { node: STATE, prepare: on('state', tooMany('1')) },
		date: {
			node: STATE,
			// HTTP dates have whole seconds: this one lies three to four seconds ahead.
			prepare: (emulator) =>
				on('state', tooMany(new Date(Date.now() + 4_000).toUTCString()))(emulator),
		},
		twice: { node: STATE, prepare: on('state', { ...tooMany('1'), times: 0 }) },
		prompt: { node: generate('', {}), prepare: on('run', tooMany('1')) },
		promptTwice: { node: generate('', {}), prepare: on('run', { ...tooMany('1'), times: 0 }) },
		aDay: { node: STATE, prepare: on('state', tooMany('86400')) },
		beyondTheLimit: {
			node: generate('', { timeoutMinutes: 0.02 }),
			prepare: on('run', tooMany('5')),
		},
		shared: {
			node: { ...STATE, parameters: { options: { parallel: 3 } } },
			sessions: 6,
			prepare: on('state', { ...tooMany('3'), nth: 2 }),
		},
	});

	it.each([
		['seconds', 980, 'state'],
		['date', 980, 'state'],
		['prompt', 980, 'run'],
	] as const)(
		'is waited out as NemoVideo asks, and then repeated once (%s)',
		(name, least, endpoint) => {
			const found = seen(name);
			expect(found.error).toEqual({});
			const [gap, ...more] = gaps(found, endpoint);
			expect(gap).toBeGreaterThanOrEqual(least);
			expect(gap).toBeLessThan(25_000);
			expect(more).toEqual([]);
		},
	);

	it.each([
		['twice', 'state'],
		['promptTwice', 'run'],
	] as const)('met a second time is final, and says when to come again (%s)', (name, endpoint) => {
		const found = seen(name);
		expect(gaps(found, endpoint)).toHaveLength(1);
		expect(found.error).toMatchObject({
			kind: 'rateLimit',
			retryable: true,
			description: expect.stringMatching(/wait 1 s/) as string,
		});
		expect(found.done.prompts.filter(({ accepted }) => accepted)).toEqual([]);
	});

	it.each([
		['aDay', 'state', /wait 86400 s/],
		['beyondTheLimit', 'run', /wait 5 s/],
	] as const)(
		'that lasts too long fails immediately, and says how long (%s)',
		(name, endpoint, says) => {
			const found = seen(name);
			expect(found.error).toMatchObject({ kind: 'rateLimit' });
			expect(found.error.description).toMatch(says);
			expect(gaps(found, endpoint)).toEqual([]);
			expect(found.elapsedMs).toBeLessThan(LIMIT_MS + SLACK_MS);
		},
	);

	it('that one row meets holds all rows back', () => {
		const { result, requests } = seen('shared');
		expect(result.items('Node 1').map(({ json }) => json.error)).toEqual(Array(6).fill(undefined));
		const refusedAt = requests.find(({ fault }) => fault !== undefined)?.closedAt ?? 0;
		// What was on its way already is not held back; the other rows are.
		const between = requests.filter(({ at }) => at > refusedAt + 800 && at < refusedAt + 2_900);
		expect(between).toEqual([]);
		expect(requests).toHaveLength(7);
	});
});

describe('a fault that may pass by itself', () => {
	const waits: number[] = [];
	beforeEach(() => {
		waits.length = 0;
		jest.spyOn(systemClock, 'wait').mockImplementation(async (ms, signal) => {
			if (ms > 0) waits.push(ms);
			await wait(ms / 50, signal);
		});
	});
	afterEach(() => jest.restoreAllMocks());

	const TRANSIENT: Array<[string, Partial<Fault>]> = [
		['408', { kind: 'status', status: 408 }],
		['500', { kind: 'status', status: 500, body: 'Internal Server Error' }],
		['502', { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' }],
		['503', { kind: 'status', status: 503 }],
		['code 500', { kind: 'body', process: false, body: '{"code":500}' }],
		['a reset', { kind: 'refuse' }],
		['an answer cut off', { kind: 'truncate' }],
	];

	it.each(TRANSIENT)('is borne by a reading, with growing pauses: %s', async (_what, fault) => {
		const found = await observe({
			node: STATE,
			prepare: on('state', { ...fault, times: 4 } as Fault),
		});
		expect(found.error).toEqual({});
		expect(found.requests).toHaveLength(5);
		const pauses = [500, 1_000, 2_000, 4_000];
		expect(waits).toHaveLength(pauses.length);
		waits.forEach((ms, index) => {
			const pause = pauses[index] ?? 0;
			expect(ms).toBeGreaterThanOrEqual(pause * 0.75);
			expect(ms).toBeLessThanOrEqual(pause * 1.25);
		});
	});

	it('is given up after five tries', async () => {
		const found = await observe({ node: STATE, prepare: on('state', { status: 503, times: 0 }) });
		expect(found.requests).toHaveLength(5);
		expect(found.error).toMatchObject({ kind: 'server', retryable: true, httpStatus: 503 });
	});

	it('is no reason to send a prompt again, whose outcome it leaves open', async () => {
		const sent = await Promise.all(
			TRANSIENT.map(async ([what, fault]) => {
				const found = await observe({
					node: generate('', {
						recoveryWaitSeconds: 0,
						recoveryIntervalSeconds: 1,
						// On a busy machine the emulator's turn takes seconds.
						recoveryChecks: 8,
					}),
					prepare: on('run', fault),
				});
				const runs = found.requests.filter(({ endpoint }) => endpoint === 'run').length;
				const [accepted] = found.done.prompts.filter((prompt) => prompt.accepted);
				const outcome = accepted ? found.json.status : found.error.kind;
				return [what, runs, outcome];
			}),
		);
		const ends: Record<string, string> = { 'an answer cut off': 'completed', 'a reset': 'stream' };
		expect(sent).toEqual(TRANSIENT.map(([what]) => [what, 1, ends[what] ?? 'server']));
	});

	it('is no reason to upload a file again without a look at the session', async () => {
		const found = await observe({
			node: {
				type: 'nemoVideoUpload',
				parameters: { source: 'url', urls: 'https://files.example/one.png' },
			},
			prepare: on('upload', { kind: 'dropAfter' }),
		});
		expect(found.requests.map(({ endpoint }) => endpoint)).toEqual(['state', 'upload', 'state']);
		expect(found.done.uploads).toHaveLength(1);
	});
});
