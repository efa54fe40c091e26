import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';
import { startEmulator, type Emulator, type EmulatorEvent } from '../../emulator/server.cts';
import { systemClock, wait } from '../../src/n8n/wait';
import { report } from '../report.cts';
import { connectedCredential } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT, prepareSession } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';
import { chain, fullType, type NodeSpec } from './support/workflow.cts';

/** The last socket of the execution is closed by then. */
const CLOSED_WITHIN_MS = 1_000;
/** Nothing may be heard of the execution for so long. */
const QUIET_MS = 2_000;
/** Retry On Fail; n8n enters a stopped node again. */
const TRIES = 3;

const MEGABYTE = 1024 * 1024;
/** Sent in more than three seconds; what lies between sender and reader is read in part of one. */
const FILM: RowSpec['files'] = {
	data: {
		fileName: 'film.mp4',
		mimeType: 'video/mp4',
		content: 'film',
		paddedTo: 64 * MEGABYTE,
	},
};

interface Phase {
	node: NodeSpec;
	row?: RowSpec;
	/** Whether the session has a film in its timeline already. */
	generated?: boolean;
	connectWith?: 'freeTrial';
	prepare?(emulator: Emulator): void;
	/** Resolves when the work has come to this phase. */
	reached(emulator: Emulator): Promise<unknown>;
	/** Requests that the stop itself may make. */
	cancels?: 1;
}

const generate = (marker: string, options = {}): NodeSpec => ({
	type: 'nemoVideoGenerate',
	parameters: { prompt: `${PROMPT} ${marker}`, options },
});
const exporting = (options: Record<string, number> = { pollIntervalSeconds: 0.1 }): NodeSpec => ({
	type: 'nemoVideoExport',
	parameters: { options },
});

/**
 * Waits that the nodes have begun, in seconds, and who waits for one of them. Whole ones, because
 * what is left of a pause is some milliseconds less on a busy machine.
 */
const waits = new Map<number, { begun: boolean; tell: Array<() => void> }>();
const waitOf = (ms: number) => {
	const seconds = Math.ceil(ms / 1_000);
	const entry = waits.get(seconds) ?? { begun: false, tell: [] };
	waits.set(seconds, entry);
	return entry;
};
const waiting = async (ms: number): Promise<void> => {
	const entry = waitOf(ms);
	if (!entry.begun) await new Promise<void>((resolve) => entry.tell.push(resolve));
};

const PHASES: Record<string, Phase> = {
	upload: {
		node: { type: 'nemoVideoUpload' },
		row: { files: FILM },
		prepare: ({ options }) => {
			options.uploadBytesPerSecond = 20 * MEGABYTE;
			options.keepUploads = false;
		},
		reached: async (emulator) => await emulator.waitFor({ type: 'request', endpoint: 'upload' }),
	},
	'waiting for the stream': {
		node: generate(''),
		prepare: ({ faults }) => faults.add({ kind: 'stall', endpoint: 'run' }),
		reached: async (emulator) => await emulator.waitFor({ type: 'fault', kind: 'stall' }),
	},
	stream: {
		node: generate('[[slow:30000]]'),
		reached: async (emulator) => await emulator.waitFor('stream.open'),
	},
	'silent wait': {
		node: generate('[[quiet]] [[slow:30000]]'),
		reached: async (emulator) => await emulator.waitFor('stream.open'),
	},
	'recovery wait': {
		node: generate('[[drop]]', { recoveryWaitSeconds: 71 }),
		reached: async () => await waiting(71_000),
	},
	'recovery reading': {
		node: generate('[[drop]]', { recoveryWaitSeconds: 0 }),
		prepare: ({ faults }) => faults.add({ kind: 'stall', endpoint: 'state', nth: 2 }),
		reached: async (emulator) => await emulator.waitFor({ type: 'fault', kind: 'stall' }),
	},
	'wait between tries of a reading': {
		node: { type: 'nemoVideoState' },
		prepare: ({ faults }) =>
			faults.add({ kind: 'status', endpoint: 'state', headers: { 'retry-after': '72' } }),
		reached: async () => await waiting(72_000),
	},
	'wait for a rate limit': {
		node: generate(''),
		prepare: ({ faults }) =>
			faults.add({
				kind: 'status',
				status: 429,
				endpoint: 'run',
				headers: { 'retry-after': '73' },
			}),
		reached: async () => await waiting(73_000),
	},
	submit: {
		node: exporting(),
		generated: true,
		prepare: ({ faults }) => faults.add({ kind: 'stallAfter', endpoint: 'submit' }),
		reached: async (emulator) => await emulator.waitFor('render.created'),
		cancels: 1,
	},
	'poll wait': {
		node: exporting({ pollIntervalSeconds: 7 }),
		generated: true,
		reached: async () => await waiting(7_000),
		cancels: 1,
	},
	'render poll': {
		node: exporting(),
		generated: true,
		prepare: ({ faults }) => faults.add({ kind: 'stall', endpoint: 'poll', nth: 2 }),
		reached: async (emulator) => await emulator.waitFor({ type: 'fault', kind: 'stall' }),
		cancels: 1,
	},
	download: {
		node: exporting(),
		generated: true,
		prepare: ({ options }) => {
			options.cannedBytes = MEGABYTE;
			options.downloadBytesPerSecond = 50_000;
		},
		reached: async (emulator) => await emulator.waitFor({ type: 'request', endpoint: 'file' }),
	},
	mint: {
		node: { type: 'nemoVideoCredits' },
		connectWith: 'freeTrial',
		prepare: ({ options }) => (options.mintMs = 300),
		reached: async (emulator) => await emulator.waitFor({ type: 'request', endpoint: 'mint' }),
	},
};

/** What was seen at the emulator after Stop. */
interface Seen {
	status: string;
	/**
	 * Until the last socket was closed, without the time in which the machine let this process
	 * wait; undefined where one stayed open. Milliseconds.
	 */
	closedAfterMs: number | undefined;
	/** Endpoints of the requests that came after Stop. */
	requests: string[];
	/** How often n8n entered the node, and with a signal that was aborted already. */
	entries: number;
	stoppedEntries: number;
	rendersLeft: number;
}

/** How late this process gets to work while it is watched: on a busy machine, timers come late. */
function watchLateness(): { end(): number } {
	const EVERY_MS = 10;
	let lateMs = 0;
	let last = Date.now();
	const timer = setInterval(() => {
		lateMs += Math.max(0, Date.now() - last - 2 * EVERY_MS);
		last = Date.now();
	}, EVERY_MS);
	return {
		end: () => {
			clearInterval(timer);
			return lateMs;
		},
	};
}

/** Counts the entries of a node, with a signal aborted already or not. */
function countEntries(engine: Engine, type: string): { all: number; stopped: number } {
	const entries = { all: 0, stopped: 0 };
	const nodeType = engine.nodeTypes.getByNameAndVersion(fullType(type));
	const execute = nodeType.execute;
	nodeType.execute = async function (this, ...rest) {
		entries.all += 1;
		if (this.getExecutionCancelSignal()?.aborted) entries.stopped += 1;
		return (await execute?.apply(this, rest)) ?? null;
	};
	return entries;
}

async function stopIn(phase: Phase, nodes: Record<string, INodeType> = {}): Promise<Seen> {
	const emulator = await startEmulator({ turnMs: 20, stageGapMs: 10, renderMs: 30_000 });
	try {
		if (phase.node.type === 'nemoVideoExport' && !phase.cancels) emulator.options.renderMs = 20;
		const sessionId = await prepareSession(emulator, { generate: phase.generated === true });
		const engine = await createEngine({
			credential: connectedCredential(emulator, phase.connectWith),
			nodes,
		});
		// The token is checked once, here; what follows is the phase's own.
		if (!phase.connectWith) await engine.runNode([{}], { type: 'nemoVideoCredits' });
		emulator.events.clear();
		phase.prepare?.(emulator);
		const earlier = new Set(emulator.requests.sockets().map(({ id }) => id));
		const sockets = () => emulator.requests.sockets().filter(({ id }) => !earlier.has(id));
		const lastClosed = async (since: number): Promise<number | undefined> => {
			const isLast = ({ type }: EmulatorEvent) =>
				type === 'socket.closed' && sockets().length === 0;
			const closing = emulator.waitFor(isLast, { since, timeoutMs: QUIET_MS });
			return await closing.then(
				({ at }) => at,
				() => undefined,
			);
		};
		const entries = countEntries(engine, phase.node.type);
		const running = engine.start(
			chain([{ ...phase.row, json: { sessionId } }], {
				...phase.node,
				retryOnFail: true,
				maxTries: TRIES,
				waitBetweenTries: 1,
			}),
		);
		await phase.reached(emulator);
		const before = emulator.requests.all().length;
		const since = emulator.events.last;
		const stoppedAt = Date.now();
		const lateness = watchLateness();
		running.stop();
		const closedAt = sockets().length === 0 ? stoppedAt : await lastClosed(since);
		const lateMs = lateness.end();
		// That nothing comes can only be told by waiting for it.
		await wait(QUIET_MS - (Date.now() - stoppedAt));
		const { status } = await running.finished;
		return {
			status,
			closedAfterMs: closedAt === undefined ? undefined : closedAt - stoppedAt - lateMs,
			requests: emulator.requests
				.all()
				.slice(before)
				.map(({ endpoint }) => endpoint),
			entries: entries.all,
			stoppedEntries: entries.stopped,
			rendersLeft: emulator.ledger.renders.filter(({ status: render }) =>
				['pending', 'processing'].includes(render),
			).length,
		};
	} finally {
		await emulator.close();
	}
}

/** Does what n8n lets a node do: work on after Stop. */
const deaf: INodeType = {
	description: {
		name: 'deaf',
		displayName: 'Deaf',
		group: ['transform'],
		version: 1,
		description: 'Ignores Stop',
		defaults: { name: 'Deaf' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [],
	},
	async execute() {
		const { baseUrl } = await this.getCredentials('nemoVideoApi');
		for (let turn = 0; turn < 10; turn++) {
			await this.helpers.httpRequest({ url: `${String(baseUrl)}/api/credits/balance/simple` });
			await wait(100);
		}
		return [this.getInputData()];
	},
};

describe('Stop', () => {
	const seen = new Map<string, Seen>();
	let control: Seen | undefined;

	beforeAll(async () => {
		// Every emulator cleans up when the process ends.
		process.setMaxListeners(30);
		jest.spyOn(systemClock, 'wait').mockImplementation(async (ms, signal) => {
			const entry = waitOf(ms);
			entry.begun = true;
			for (const tell of entry.tell.splice(0)) tell();
			await wait(ms, signal);
		});
		const phases = Object.entries(PHASES);
		const lane = async (): Promise<void> => {
			for (let next = phases.shift(); next; next = phases.shift()) {
				const [name, phase] = next;
				seen.set(name, await stopIn(phase));
			}
		};
		// Side by side, because each of them is silence for the most part; not all, to be on time.
		await Promise.all(Array.from({ length: 5 }, lane));
		control = await stopIn(
			{
				node: { type: 'test.deaf' },
				reached: async (emulator) => await emulator.waitFor('request'),
			},
			{ 'test.deaf': deaf },
		);
		// A limit for what hangs, not for what is slow on a busy machine.
	}, 300_000);

	it.each(Object.entries(PHASES))(
		'ends the work at once and sends nothing more: %s',
		(name, { cancels }) => {
			const found = seen.get(name);
			expect(found).toMatchObject({ status: 'canceled', rendersLeft: 0 });
			expect(found?.closedAfterMs).toBeLessThan(CLOSED_WITHIN_MS);
			expect(found?.requests).toEqual(cancels ? ['cancel'] : []);
		},
	);

	it.each(Object.keys(PHASES))('is heeded by every try that n8n makes after it: %s', (name) => {
		const found = seen.get(name);
		// Had n8n not entered the node again, this would prove nothing.
		expect(found).toMatchObject({ entries: TRIES, stoppedEntries: TRIES - 1 });
	});

	it('would be seen to be ignored by a node that ignores it', () => {
		expect(control?.requests.length).toBeGreaterThan(0);
	});

	afterAll(() => {
		const slowest = Math.max(
			...[...seen.values()].map(({ closedAfterMs }) => closedAfterMs ?? NaN),
		);
		const requests = [...seen.values()].flatMap((found) => found.requests);
		const others = requests.filter((endpoint) => endpoint !== 'cancel');
		report(
			'Stop',
			`${seen.size} phases, last socket closed within ${slowest} ms, ${others.length} requests after it besides ${requests.length} render cancels`,
		);
	});
});
