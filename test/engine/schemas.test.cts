import { SHAPE_PRESETS } from '../../emulator/shapes.cts';
import { defaultOperation, readNodes } from '../../tools/descriptions.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { differences, outputSchema } from './support/schema.cts';
import { PROMPT, prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import type { NodeSpec } from './support/workflow.cts';

const emulator = withEmulator({ turnMs: 5, stageGapMs: 5, editMs: 5, questionMs: 5, renderMs: 5 });
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const PHOTO = { data: { fileName: 'front.png', mimeType: 'image/png', content: 'front' } };
const AT_ONCE = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1 };

interface Case {
	what: string;
	node: NodeSpec;
	/** Unless it is the node's default. */
	operation?: string;
	/** Whether the session has a film already. */
	film?: boolean;
}

const CASES: Case[] = [
	{
		what: 'a session with a link',
		node: { type: 'nemoVideoCreateSession', parameters: { options: { includeLink: true } } },
	},
	{ what: 'an uploaded file', node: { type: 'nemoVideoUpload' } },
	{
		what: 'a file fetched by URL',
		node: {
			type: 'nemoVideoUpload',
			parameters: { source: 'url', urls: 'https://example.com/front.png' },
		},
	},
	{
		what: 'a generation',
		node: { type: 'nemoVideoGenerate', parameters: { prompt: PROMPT } },
		operation: 'generateAndWait',
	},
	{
		what: 'a submitted prompt',
		node: { type: 'nemoVideoGenerate', parameters: { operation: 'submit', prompt: PROMPT } },
		operation: 'submit',
	},
	{
		what: 'a silent edit',
		node: {
			type: 'nemoVideoGenerate',
			parameters: { prompt: 'Add a title "Sale" at the start [[silent]]', options: AT_ONCE },
		},
		operation: 'generateAndWait',
		film: true,
	},
	{
		what: 'a question',
		node: { type: 'nemoVideoGenerate', parameters: { prompt: 'make it better' } },
		operation: 'generateAndWait',
		film: true,
	},
	{
		what: 'a turn whose time is up',
		node: {
			type: 'nemoVideoGenerate',
			parameters: {
				prompt: `${PROMPT} [[hang]]`,
				options: { timeoutMinutes: 0.02, onTimeout: 'continue' },
			},
		},
		operation: 'generateAndWait',
	},
	{ what: 'a state', node: { type: 'nemoVideoState' }, film: true },
	{ what: 'an empty state', node: { type: 'nemoVideoState', parameters: { simplify: false } } },
	{
		what: 'a raw state',
		node: { type: 'nemoVideoState', parameters: { simplify: false } },
		film: true,
	},
	...(['srt', 'vtt'] as const).flatMap((format) => [
		{
			what: `${format} subtitles`,
			node: { type: 'nemoVideoState', parameters: { operation: 'getSubtitles', format } },
			operation: 'getSubtitles',
			film: true,
		},
		{
			what: `${format} subtitles of nothing`,
			node: { type: 'nemoVideoState', parameters: { operation: 'getSubtitles', format } },
			operation: 'getSubtitles',
		},
	]),
	{ what: 'a balance', node: { type: 'nemoVideoCredits' } },
	{
		what: 'a connection',
		node: { type: 'nemoVideoCredits', parameters: { operation: 'checkConnection' } },
		operation: 'checkConnection',
	},
	{
		what: 'an export',
		node: {
			type: 'nemoVideoExport',
			parameters: { options: { ...QUICK_EXPORT, includeLink: true } },
		},
		film: true,
	},
	{
		what: 'an export whose time is up',
		node: {
			type: 'nemoVideoExport',
			parameters: { options: { ...QUICK_EXPORT, timeoutMinutes: 0.02, onTimeout: 'continue' } },
		},
		film: true,
	},
	{
		what: 'a submitted render',
		node: { type: 'nemoVideoExport', parameters: { operation: 'submit' } },
		operation: 'submit',
		film: true,
	},
	{
		what: 'a whole video',
		node: {
			type: 'nemoVideoCreateVideo',
			parameters: {
				prompt: PROMPT,
				source: 'binary',
				options: { ...QUICK_EXPORT, includeLink: true },
			},
		},
	},
	{
		what: 'a video without export',
		node: { type: 'nemoVideoCreateVideo', parameters: { prompt: PROMPT, exportVideo: false } },
	},
	{
		what: 'a whole video whose time is up',
		node: {
			type: 'nemoVideoCreateVideo',
			parameters: {
				prompt: `${PROMPT} [[hang]]`,
				options: { generateTimeoutMinutes: 0.02, onTimeout: 'continue' },
			},
		},
	},
	{ what: 'a chat that begins', node: assistant({ message: PROMPT }) },
	{ what: 'a chat without a session', node: assistant({ message: 'export', sessionId: '' }) },
	{ what: 'a chat about the balance', node: assistant({ message: 'credits' }) },
	{ what: 'a chat about the timeline', node: assistant({ message: 'status' }), film: true },
	{
		what: 'a chat with a file',
		node: assistant({ message: '={{ "" }}', binaryPropertyName: '*' }),
	},
	{ what: 'a chat that asks for the video', node: assistant({ message: 'export' }), film: true },
	{
		what: 'a chat that is told to export',
		node: assistant({ message: `Add a title "Sale" [[gui]] [[talk]]` }, 'perform'),
		film: true,
	},
];

function assistant(
	parameters: NonNullable<NodeSpec['parameters']>,
	afterSuggestedExport = 'offer',
): NodeSpec {
	return {
		type: 'nemoVideoAssistant',
		parameters: {
			sessionId: '={{ $json.sessionId }}',
			chatId: '',
			binaryPropertyName: '',
			...parameters,
			options: { pollIntervalSeconds: 0.1, afterSuggestedExport },
		},
	};
}

const nodes = readNodes();
const defaultOf = (type: string): string | undefined => {
	const node = nodes.find(({ description }) => description.name === type);
	return node && defaultOperation(node.description);
};

/** Runs one node in a fresh session and gives what it put out. */
async function outputOf({ node, film = false }: Case): Promise<unknown> {
	const sessionId = await prepareSession(emulator(), { generate: film });
	const result = await engine.runNode([{ json: { sessionId }, files: PHOTO }], node);
	if (result.error) throw result.error;
	return result.items('Node 1')[0]?.json;
}

describe('what n8n shows of a node before it has run is what the node puts out', () => {
	const presets = Object.keys(SHAPE_PRESETS);
	it.each(CASES.map((one) => [one.what, one] as const))('for %s', async (what, one) => {
		if (what === 'an export whose time is up') emulator().options.renderMs = 60_000;
		for (const shapes of what.includes('time is up') ? ['default'] : presets) {
			emulator().options.shapes = shapes;
			const output = await outputOf(one);
			expect(differences(output, one.node.type, one.operation ?? defaultOf(one.node.type))).toEqual(
				[],
			);
		}
	});

	it('for a render that is looked up, has failed or is cancelled', async () => {
		const sessionId = await prepareSession(emulator());
		const exportNode = async (parameters: NonNullable<NodeSpec['parameters']>) => {
			const result = await engine.runNode([{ json: { sessionId } }], {
				type: 'nemoVideoExport',
				parameters,
			});
			if (result.error) throw result.error;
			return result.items('Node 1')[0]?.json ?? {};
		};
		emulator().options.renderOutcomes = ['failed'];
		const submit = async (): Promise<string> => {
			const options = { renderAgain: true };
			return String((await exportNode({ operation: 'submit', options })).renderId);
		};
		const ended = async (): Promise<string> => {
			const renderId = await submit();
			await emulator().waitFor({ type: 'render.done', render: renderId });
			return renderId;
		};
		const failed = await exportNode({ operation: 'getStatus', renderId: await ended() });
		expect(failed).toMatchObject({ status: 'failed' });
		const done = await exportNode({ operation: 'getStatus', renderId: await ended() });
		expect(done).toMatchObject({ status: 'completed' });
		emulator().options.renderMs = 60_000;
		const cancelled = await exportNode({ operation: 'cancel', renderId: await submit() });
		expect(cancelled).toMatchObject({ status: 'cancelled' });
		for (const output of [failed, done]) {
			expect(differences(output, 'nemoVideoExport', 'getStatus')).toEqual([]);
		}
		expect(differences(cancelled, 'nemoVideoExport', 'cancel')).toEqual([]);
	});

	it('for a prompt that is looked up while it runs and when it is over', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const run = async (parameters: NonNullable<NodeSpec['parameters']>) => {
			const node = { type: 'nemoVideoGenerate', parameters } as const;
			const result = await engine.runNode([{ json: { sessionId } }], node);
			if (result.error) throw result.error;
			return result.items('Node 1')[0]?.json ?? {};
		};
		emulator().options.turnMs = 300;
		const { turnId } = await run({ operation: 'submit', prompt: PROMPT });
		const look = { operation: 'getStatus', turnId: String(turnId) };
		const running = await run(look);
		expect(running).toMatchObject({ status: 'running', turnId });
		await emulator().waitFor('turn.done');
		let done = await run(look);
		while (done.status === 'running') done = await run(look);
		expect(done).toMatchObject({ status: 'completed', turnId });
		for (const output of [running, done]) {
			expect(differences(output, 'nemoVideoGenerate', 'getStatus')).toEqual([]);
		}
	});

	it('for every node of the package', () => {
		const covered = new Set(CASES.map(({ node }) => node.type));
		const names = nodes.map(({ description: { name } }) => name);
		expect(names.filter((name) => !covered.has(name))).toEqual([]);
	});
});

describe('the check of the schemas', () => {
	it('finds a missing, a wrong and an unnamed field', () => {
		const wrong = { available: '5', frozen: 0, more: 1 };
		expect(differences(wrong, 'nemoVideoCredits', 'getBalance')).toHaveLength(3);
	});

	it.each(nodes.map((node) => [node.description.name, node] as const))(
		'finds the schema of %s in the form the editor takes',
		(name, { description }) => {
			const choice = description.properties.find((property) => property.name === 'operation');
			const operations = (choice?.options ?? [{}]).map((option) =>
				'value' in option ? String(option.value) : undefined,
			);
			for (const operation of operations) {
				const { type, properties = {} } = outputSchema(name, operation);
				expect(type).toBe('object');
				expect(Object.keys(properties)).not.toEqual([]);
			}
		},
	);
});
