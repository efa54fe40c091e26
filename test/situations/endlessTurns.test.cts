import { gzipSync } from 'node:zlib';
import type { RunResult } from '../engine/support/result.cts';
import type { RowSpec } from '../engine/support/testNodes.cts';
import type { NodeSpec } from '../engine/support/workflow.cts';
import { report } from '../report.cts';
import { adk, adkThought, flat } from './support/dialects.cts';
import { film } from './support/drafts.cts';
import { growthOf } from './support/measure.cts';
import {
	failure,
	generate,
	inSession,
	NODE,
	RETRIED,
	success,
	withWorld,
	UNSURE,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { change, close, send, take, type Step } from './support/turnOnWire.cts';
import type { Answer } from './support/world.cts';

// A limit for what hangs, not for what is slow on a busy machine.
jest.setTimeout(240_000);

const { world, engine } = withWorld();
const situation = situations('D7');
const ONCE = { credits: 100, prompts: 1, uploads: 0, renders: 0 };
const MEGABYTE = 1024 * 1024;
/** What a turn may add to the memory of the process; megabytes. */
const MAX_GROWTH = 150;

/** Sends text of one megabyte so many times, unless the client has gone. */
function flood(text: string, times: number): Step {
	return async (turn) => {
		for (let sent = 0; sent < times && !turn.isOver; sent++) await turn.write(text);
	};
}

/** Sends an answer that is compressed once and grows to so many megabytes. */
function packedFlood(type: string, text: string, times: number): Answer {
	const packed = gzipSync(text);
	return async (exchange) => {
		const head = { 'content-type': type, 'content-encoding': 'gzip' };
		exchange.response.writeHead(200, head);
		for (let sent = 0; sent < times && !exchange.isOver; sent++) await exchange.write(packed);
		await exchange.end();
	};
}

/** About one megabyte of events. */
function megabyteOf(make: (index: number) => string): string {
	const events: string[] = [];
	for (let size = 0, index = 0; size < MEGABYTE; index++) {
		const one = make(index);
		events.push(one);
		size += one.length;
	}
	return events.join('');
}
const words = (index: number) => `${index} ${'lorem ipsum '.repeat(80)}`;

const STREAM = 'text/event-stream';
const FLOODS: ReadonlyArray<[what: string, steps: () => Step[]]> = [
	[
		'words that came in 1.4 MB of gzip',
		() => [
			packedFlood(
				STREAM,
				megabyteOf((index) => flat.text(words(index))),
				300,
			),
		],
	],
	[
		'words in the ADK dialect',
		() => [
			flood(
				megabyteOf((index) => adk.text(words(index))),
				300,
			),
		],
	],
	[
		'words in pieces without an end',
		() => [
			flood(
				megabyteOf(() => flat.text('lorem ipsum ')),
				300,
			),
		],
	],
	['one event', () => [send('data: {"type":"text","content":"'), flood('A'.repeat(MEGABYTE), 300)]],
	['one line that is no event', () => [flood('A'.repeat(MEGABYTE), 300)]],
	[
		'tool calls',
		() => [
			flood(
				megabyteOf((index) => flat.call(`tool_${index}`)),
				300,
			),
		],
	],
];
for (const [what, steps] of FLOODS) {
	situation(`[D7] ends a turn of 300 MB with little memory: ${what}`, async () => {
		const session = world().session();
		world().onPrompt(take, ...steps(), close);
		const { grown, run } = await measured(inSession(session), generate({}, RETRIED));
		report(`Memory of a turn of 300 MB: ${what}`, `${Math.round(grown)} MB`);
		expect(failure(run)).toMatchObject({ kind: 'protocol', ...UNSURE });
		expect(JSON.stringify(run.branch(NODE, 1)).length).toBeLessThan(20_000);
		expect(grown).toBeLessThan(MAX_GROWTH);
		expect(world().spent()).toEqual(ONCE);
	});
}

situation('[D7] reads thoughts of 50 MB with little memory, and then the answer', async () => {
	const session = world().session();
	const thoughts = megabyteOf((index) => adkThought(words(index)));
	world().onPrompt(take, flood(thoughts, 50), change(film()), send(adk.text('Done.')), close);
	const { grown, run } = await measured(inSession(session), generate());
	report('Memory of a turn of 50 MB: thoughts', `${Math.round(grown)} MB`);
	expect(success(run)).toMatchObject({ status: 'completed', text: 'Done.' });
	expect(JSON.stringify(run.branch(NODE, 0)).length).toBeLessThan(20_000);
	expect(grown).toBeLessThan(MAX_GROWTH);
	expect(world().spent()).toEqual(ONCE);
});

situation(
	'[D7] refuses a state of 300 MB that came in little gzip, and keeps the turn',
	async () => {
		const session = world().session();
		const spaces = packedFlood('application/json', ' '.repeat(MEGABYTE), 300);
		world().onPrompt(take, () => world().every('state', spaces), send(flat.text('Done.')), close);
		const { grown, run } = await measured(inSession(session), generate());
		report('Memory of a state of 300 MB', `${Math.round(grown)} MB`);
		expect(success(run)).toMatchObject({ status: 'completed', text: 'Done.', timeline: null });
		expect(grown).toBeLessThan(2 * MAX_GROWTH);
		expect(world().spent()).toEqual(ONCE);
	},
);

/** Runs a node and tells by how much the process grew; megabytes. */
async function measured(rows: RowSpec[], node: NodeSpec) {
	const runs: RunResult[] = [];
	const grown = await growthOf(async () => runs.push(await engine().runNode(rows, node)));
	const [run] = runs;
	if (run === undefined) throw new Error('Nothing ran');
	return { grown, run };
}
