import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Emulator, EmulatorOptions, Fault } from '../../emulator/server.cts';
import { prepareSession } from '../engine/support/sessions.cts';
import {
	byHand,
	end,
	enter,
	type Begin,
	type Entered,
	type Ending,
	type Measured,
	type Phase,
} from './stopCheck.cts';
import { workflow, type Step } from './workflows.cts';
import type { TestContext } from './testContext.cts';

/**
 * For connections to close before the next workflow begins, in milliseconds: what it takes to
 * start one would otherwise be measured as well.
 */
const SETTLE_MS = 1_500;
/** Seconds; long enough for a slow machine to get into every phase. */
const TIME_LIMIT = 15;
const NODE = 'Stopped';
const PROMPT = 'Create a video of a quiet lake';

export interface Case extends Omit<Phase, 'workflow' | 'node' | 'afterwards'> {
	options?: Partial<EmulatorOptions>;
	credential?: Record<string, unknown>;
	fault?: Fault;
	/** Brings a large file along. */
	needsFile?: boolean;
	/** After the end, uploads are read at full speed. */
	readsOn?: boolean;
	step(sessionId: string, url: string): Step;
}

const generate =
	(prompt: string): Case['step'] =>
	(sessionId) => ({ type: 'nemoVideoGenerate', parameters: { sessionId, prompt } });
const exportEvery =
	(pollIntervalSeconds: number): Case['step'] =>
	(sessionId) => ({
		type: 'nemoVideoExport',
		parameters: { sessionId, options: { pollIntervalSeconds } },
	});

/** Larger than what a connection's buffers hold. */
const BIG_BYTES = 24_000_000;

/** A place to fetch a large file from. */
async function fileServer(world: TestContext): Promise<string> {
	const server = createServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'video/mp4' }).end(Buffer.alloc(BIG_BYTES));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	world.atEnd(async () => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return `http://127.0.0.1:${port}/big.mp4`;
}

const fetchFile = (url: string): Step => ({
	type: 'n8n-nodes-base.httpRequest',
	name: 'Big File',
	typeVersion: 4.2,
	parameters: { url, options: { response: { response: { responseFormat: 'file' } } } },
});

export const CASES: readonly Case[] = [
	{
		name: 'upload',
		options: { uploadBytesPerSecond: 400_000 },
		needsFile: true,
		// A connection that is not read does not tell that it was closed.
		readsOn: true,
		step: (sessionId) => ({ type: 'nemoVideoUpload', parameters: { sessionId } }),
		reached: { type: 'request', endpoint: 'upload' },
	},
	{
		name: 'stream',
		step: generate(`${PROMPT} [[slow:600000]]`),
		reached: 'stream.open',
	},
	{
		name: 'stream without a byte',
		step: generate(`${PROMPT} [[quiet]] [[slow:600000]]`),
		reached: 'stream.open',
	},
	{
		name: 'silent wait',
		step: generate('Add a title "Sale" [[nothing]]'),
		reached: { type: 'request.closed', endpoint: 'state' },
		nth: 2,
	},
	{
		name: 'recovery wait',
		fault: { kind: 'dropAfter', endpoint: 'run' },
		step: generate(`${PROMPT} [[slow:600000]]`),
		reached: { type: 'request.closed', endpoint: 'run' },
	},
	{
		name: 'submit',
		fault: { kind: 'stallAfter', endpoint: 'submit' },
		options: { renderOutcomes: ['forever'] },
		step: exportEvery(30),
		reached: 'render.created',
		cancels: 1,
	},
	{
		name: 'poll wait',
		options: { renderOutcomes: ['forever'] },
		step: exportEvery(30),
		reached: { type: 'request.closed', endpoint: 'submit' },
		cancels: 1,
	},
	{
		name: 'render poll',
		fault: { kind: 'stall', endpoint: 'poll', nth: 2 },
		options: { renderOutcomes: ['forever'] },
		step: exportEvery(0.1),
		reached: 'fault',
		cancels: 1,
	},
	{
		name: 'download',
		options: { downloadBytesPerSecond: 100_000, cannedBytes: 8_000_000 },
		step: exportEvery(0.1),
		reached: { type: 'request', endpoint: 'file' },
	},
	{
		name: 'mint',
		options: { mintMs: 20_000 },
		credential: { connectWith: 'freeTrial' },
		step: () => ({ type: 'nemoVideoCredits' }),
		reached: { type: 'request', endpoint: 'mint' },
		shared: 'mint',
	},
];

/** How the phases are begun. */
interface Means {
	/** Added to the step that is stopped. */
	more?: Partial<Step>;
	by?: Begin;
}

async function begin(
	world: TestContext,
	{ options, credential, fault, needsFile, readsOn, step, ...reached }: Case,
	settings: Record<string, unknown>,
	{ more = {}, by = byHand }: Means,
): Promise<Entered> {
	const { emulator, credentialId } = await world.backend(
		{ heartbeatMs: 500, ...options },
		credential,
	);
	const sessionId = await prepareSession(emulator);
	emulator.events.clear();
	if (fault) emulator.faults.add(fault);
	const last = { ...step(sessionId, emulator.url), name: NODE, ...more };
	const before = needsFile ? [fetchFile(await fileServer(world))] : [];
	const phase: Phase = {
		...reached,
		workflow: workflow(`Stop: ${reached.name}`, [...before, last], { settings }),
		node: NODE,
		afterwards: () => {
			if (readsOn) emulator.options.uploadBytesPerSecond = 0;
		},
	};
	return await enter(world, { emulator, credentialId }, phase, by);
}

/** Waits until the connections are closed, but not for ever. */
async function settle(emulator: Emulator): Promise<void> {
	const deadline = Date.now() + SETTLE_MS;
	while (emulator.openSockets() > 0 && Date.now() < deadline) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

function inWords({ phase, status, verdict, closing, ...measured }: Measured): string {
	const ms = (value: number | undefined) => (value === undefined ? 'never' : `${value} ms`);
	return [
		phase.padEnd(24),
		closing === undefined
			? 'a connection stayed open'
			: `last connection closed after ${closing.open} to ${closing.closed} ms`,
		`requests after Stop ${measured.requests}`,
		`cancels ${measured.cancels}`,
		`re-entries ${measured.reentries}`,
		`node over after ${ms(measured.endedMs)}`,
		`n8n says ${status}`,
		verdict === undefined ? 'ok' : `FAILED: ${verdict}`,
	].join(', ');
}

let line: Promise<unknown> = Promise.resolve();

/** One after another over all rows: the beginning of one phase must not disturb the end of another. */
async function inLine<Result>(work: () => Promise<Result>): Promise<Result> {
	const turn = line.then(work);
	line = turn.catch(() => undefined);
	return await turn;
}

/**
 * The phases are entered and left one by one; their quiet windows overlap.
 */
export async function measureAll(
	world: TestContext,
	cases: readonly Case[],
	ending: Ending,
	means: Means = {},
): Promise<Measured[]> {
	const stop = async (phase: Case) => {
		const entered = await begin(world, phase, {}, means);
		const ended = await end(entered, 'stop');
		await settle(entered.emulator);
		return ended;
	};
	const wait = async (phase: Case) => {
		const limit = { executionTimeout: TIME_LIMIT };
		return await end(await inLine(async () => await begin(world, phase, limit, means)), 'timeout');
	};
	const begun = await Promise.all(
		cases.map(async (phase) =>
			ending === 'timeout' ? await wait(phase) : await inLine(async () => await stop(phase)),
		),
	);
	const results = await Promise.all(begun.map(async ({ measured }) => await measured));
	for (const result of results) world.note(inWords(result));
	return results;
}

export function figures(results: readonly Measured[]): Record<string, number> {
	const failed = results.filter(({ verdict }) => verdict !== undefined);
	if (failed.length > 0) {
		throw new Error(failed.map(({ phase, verdict }) => `${phase}: ${verdict}`).join('\n'));
	}
	return {
		phases: results.length,
		'slowest close in ms': Math.max(...results.map(({ closing }) => closing?.closed ?? Infinity)),
		'requests after Stop': results.reduce((sum, { requests }) => sum + requests, 0),
		're-entries': results.reduce((sum, { reentries }) => sum + reentries, 0),
		're-entries that sent something': results.filter(
			({ reentries, requests }) => reentries > 0 && requests > 0,
		).length,
	};
}
