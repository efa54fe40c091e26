import type { IDataObject } from 'n8n-workflow';
import { create, made } from './support/createVideo.cts';
import { photo } from '../situations/support/nodes.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import { chain, type NodeSpec, type WorkflowSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;
let sessionId: string;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	sessionId = await prepareSession(emulator());
});

const EDIT = 'Add a title "Summer Sale" at the start';
const OUTPUT = { onError: 'continueErrorOutput' } as const;
const node = (type: string, parameters: NodeSpec['parameters'], more: Partial<NodeSpec> = {}) => ({
	type,
	name: type.slice('nemoVideo'.length),
	parameters,
	...more,
});
const sent = (): string[] => emulator().ledger.prompts.map(({ text }) => text);
const tooMany = (times: number): void => {
	const headers = { 'retry-after': '0' };
	emulator().faults.add({ kind: 'status', endpoint: 'run', status: 429, headers, times });
};

describe('a failure on the error output', () => {
	it('is tried again each time where the workflow leads it back manually', async () => {
		// Each round tries twice; the third one meets NemoVideo in good health.
		tooMany(4);
		const workflow: WorkflowSpec = {
			nodes: [
				{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
				node('nemoVideoGenerate', { prompt: EDIT }, OUTPUT),
				{ type: 'test.collector', name: 'Result' },
			],
			wires: [
				{ from: 'Rows', to: 'Generate' },
				{ from: 'Generate', to: 'Result' },
				{ from: 'Generate', to: 'Generate', output: 1 },
			],
			rows: { rows: [{ json: { sessionId, row: 7 } }] },
		};
		const result = await engine.run(workflow);
		expect(result.runs('Generate')).toHaveLength(3);
		expect(result.items('Result')).toMatchObject([{ json: { sessionId, status: 'completed' } }]);
		expect(sent().filter((text) => text === EDIT)).toHaveLength(1);
	});

	it('keeps the files of its row, so that the film that is tried again shows them', async () => {
		tooMany(2);
		const workflow: WorkflowSpec = {
			nodes: [
				{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
				node('nemoVideoCreateVideo', { prompt: EDIT, options: QUICK_EXPORT }, OUTPUT),
				{ type: 'test.collector', name: 'Result' },
			],
			wires: [
				{ from: 'Rows', to: 'CreateVideo' },
				{ from: 'CreateVideo', to: 'Result' },
				{ from: 'CreateVideo', to: 'CreateVideo', output: 1 },
			],
			rows: { rows: [{ json: { row: 1 }, files: { data: photo('mug.png') } }] },
		};
		const result = await engine.run(workflow);
		expect(result.runs('CreateVideo')).toHaveLength(2);
		const [film] = result.items('Result');
		expect(film?.json.status).toBe('completed');
		const uploads = emulator().ledger.uploads.filter(
			(upload) => upload.sessionId === film?.json.sessionId,
		);
		expect(uploads).toHaveLength(1);
	});

	it('is worked on by a node that looks its session up', async () => {
		emulator().faults.add({ kind: 'status', endpoint: 'run', status: 402 });
		const workflow: WorkflowSpec = {
			nodes: [
				{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
				node('nemoVideoGenerate', { prompt: EDIT }, OUTPUT),
				node('nemoVideoState', { sessionId: '={{ $json.error.sessionId }}' }),
			],
			wires: [
				{ from: 'Rows', to: 'Generate' },
				{ from: 'Generate', to: 'State', output: 1 },
			],
			rows: { rows: [{ json: { sessionId } }] },
		};
		const result = await engine.run(workflow);
		expect(result.items('State')[0]?.json).toMatchObject({
			sessionId,
			timeline: { readyToExport: true },
		});
	});

	it('of an export is mended by the edit and the export that follow', async () => {
		emulator().options.renderOutcomes = ['failed', 'failed'];
		const workflow: WorkflowSpec = {
			nodes: [
				{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
				node('nemoVideoExport', { options: QUICK_EXPORT }, OUTPUT),
				node('nemoVideoGenerate', { prompt: 'Make it shorter' }),
				{ ...node('nemoVideoExport', { options: QUICK_EXPORT }), name: 'Again' },
			],
			wires: [
				{ from: 'Rows', to: 'Export' },
				{ from: 'Export', to: 'Generate', output: 1 },
				{ from: 'Generate', to: 'Again' },
			],
			rows: { rows: [{ json: { sessionId } }] },
		};
		const result = await engine.run(workflow);
		expect(result.branch('Export', 1)[0]?.json.error).toMatchObject({ kind: 'render' });
		expect(result.error?.message).toBeUndefined();
		expect(result.items('Again')[0]?.json).toMatchObject({ status: 'completed' });
		expect(sent()).toContain('Make it shorter');
	});
});

describe('a row that holds an old failure', () => {
	const OLD: IDataObject = { message: 'Not available', kind: 'server', retryable: true };

	it('is made into a video', async () => {
		const result = await engine.runNode([{ json: { error: OLD, id: 1 } }], create());
		expect(made(result)).toHaveLength(1);
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 2, renders: 1 });
	});

	it.each([[''], ['last time: timeout'], [OLD], [null], [['a']]])(
		'is finished without it, and not tried again: %j',
		async (error) => {
			const spec = {
				...node('nemoVideoGenerate', { prompt: EDIT, options: { includeInputFields: true } }),
				...{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			};
			const rows = [{ json: { sessionId, id: 1, error } }];
			const result = await engine.run(chain(rows, spec));
			expect(result.items('Generate')).toMatchObject([{ json: { id: 1, status: 'completed' } }]);
			expect(result.items('Generate')[0]?.json).not.toHaveProperty('error');
			expect(sent().filter((text) => text === EDIT)).toHaveLength(1);
			expect(emulator().requests.all({ endpoint: 'run' })).toHaveLength(1);
		},
	);
});

describe('a prompt of unknown end on the error output', () => {
	it('is looked for where the workflow leads it back to Create Video, never paid twice', async () => {
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'run' });
		// The state before the prompt is read; after it, none can be for a while.
		emulator().faults.add({
			kind: 'status',
			endpoint: 'state',
			status: 404,
			body: '<html>',
			nth: 2,
			times: 2,
		});
		const rows = [{ json: { row: 7 } }];
		const workflow: WorkflowSpec = {
			nodes: [
				{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
				{ ...create(), name: 'Create' },
				{ type: 'test.collector', name: 'Result' },
			],
			wires: [
				{ from: 'Rows', to: 'Create' },
				{ from: 'Create', to: 'Result' },
				{ from: 'Create', to: 'Create', output: 1 },
			],
			rows: { rows },
		};
		const before = emulator().ledger.summary().promptsAccepted;
		const result = await engine.run(workflow);
		expect(result.error?.message).toBeUndefined();
		expect(result.runs('Create')).toHaveLength(2);
		expect(result.items('Result')).toMatchObject([{ json: { status: 'completed' } }]);
		expect(emulator().ledger.summary().promptsAccepted - before).toBe(1);
	});
});
