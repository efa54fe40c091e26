import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';
import { report } from '../report.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { loadSource } from './support/nodeTypes.cts';
import { everyOperation } from './support/operations.cts';
import { prepareSession, PROMPT, QUICK_EXPORT } from './support/sessions.cts';
import { agent, fullType, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
const NODE = 'Node 1';
/** A value of the input; as a tool, one that the model fills in. */
const session = '={{ $json.session }}';
const render = '={{ $json.render }}';

interface Work {
	node: NodeSpec;
	/** What a good answer holds. */
	gives: string;
	/** What ran in the session before. */
	before?: NodeSpec;
}

const work = (type: string, gives: string, parameters: INodeParameters = {}): Work => ({
	node: { type, parameters: { ...parameters } },
	gives,
});

/** A render that goes on for a while. */
const SUBMIT_RENDER = { type: 'nemoVideoExport', parameters: { operation: 'submit' } };
const RENDER = { sessionId: session, renderId: render, options: QUICK_EXPORT };
const WORK: Work[] = [
	work('nemoVideoCreateSession', 'sessionId'),
	work('nemoVideoUpload', 'files', {
		sessionId: session,
		source: 'url',
		urls: 'https://example.com/a.jpg',
	}),
	work('nemoVideoGenerate', 'text', { sessionId: session, prompt: PROMPT }),
	work('nemoVideoGenerate', 'status', { operation: 'submit', sessionId: session, prompt: PROMPT }),
	{
		...work('nemoVideoGenerate', 'status', {
			operation: 'getStatus',
			turnId: '={{ $json.turn }}',
		}),
		before: { type: 'nemoVideoGenerate', parameters: { operation: 'submit', prompt: PROMPT } },
	},
	work('nemoVideoState', 'timeline', { sessionId: session }),
	work('nemoVideoState', 'subtitles', { operation: 'getSubtitles', sessionId: session }),
	work('nemoVideoCredits', 'available'),
	work('nemoVideoCredits', 'packageVersion', { operation: 'checkConnection' }),
	work('nemoVideoExport', 'url', { ...RENDER, operation: 'exportAndWait' }),
	work('nemoVideoExport', 'renderId', { ...RENDER, operation: 'submit' }),
	{
		...work('nemoVideoExport', 'status', { ...RENDER, operation: 'getStatus' }),
		before: SUBMIT_RENDER,
	},
	{
		...work('nemoVideoExport', 'status', { ...RENDER, operation: 'cancel' }),
		before: SUBMIT_RENDER,
	},
	work('nemoVideoCreateVideo', 'url', { prompt: PROMPT, options: QUICK_EXPORT }),
	work('nemoVideoAssistant', 'text', { message: PROMPT, chatId: 'mcp' }),
];

const cases = WORK.map((one): [string, Work] => [
	`${one.node.type.slice('nemoVideo'.length)} ${one.node.parameters?.operation ?? ''}`.trim(),
	one,
]);

/** The session and what ran in it before. */
async function prepare({ before }: Work, engine: Engine): Promise<IDataObject> {
	const sessionId = await prepareSession(emulator());
	if (!before) return { session: sessionId };
	emulator().options.renderMs = 60_000;
	const node = { ...before, parameters: { ...before.parameters, sessionId } };
	const [item] = (await engine.runNode([{}], node)).items(NODE);
	const { renderId = '', turnId = '' } = item?.json ?? {};
	return { session: sessionId, render: renderId, turn: turnId };
}

/** The same node with its values filled in by a model. */
function asTool(node: NodeSpec): NodeSpec {
	const filledIn = JSON.stringify(node.parameters ?? {}).replace(
		/\{\{ \$json\.(\w+) \}\}/g,
		"{{ $fromAI('$1', '', 'string') }}",
	);
	return { ...node, parameters: JSON.parse(filledIn) as INodeParameters };
}

/** Takes the answer out of the lists and objects that n8n puts around it. */
function found(answer: unknown): IDataObject {
	const [first] = [answer].flat(3) as unknown[];
	return Object(first) as IDataObject;
}

let cells = 0;
afterAll(() => {
	const ways = 'MCP, agents of both kinds, and a bare context';
	report('matrix', `${cells} cells: ${WORK.length} operations called by ${ways}`);
});

it('the matrix has every operation of every node', () => {
	const defaults: Record<string, string> = {
		nemoVideoGenerate: 'generateAndWait',
		nemoVideoState: 'getState',
		nemoVideoCredits: 'getBalance',
	};
	const tried = WORK.map(({ node: { type, parameters } }) =>
		`${type} ${String(parameters?.operation ?? defaults[type] ?? '')}`.trim(),
	);
	expect(everyOperation().filter((operation) => !tried.includes(operation))).toEqual([]);
});

describe.each(cases)('%s', (_name, one) => {
	let engine: Engine;
	let input: IDataObject;

	beforeEach(async () => {
		engine = await createEngine({ credential: connectedCredential(emulator()) });
		input = await prepare(one, engine);
	});

	const expectGood = (answer: unknown): void => {
		const result = found(answer);
		expect(result).not.toHaveProperty('error');
		expect(Object.keys(result).join()).toContain(one.gives);
		cells++;
	};

	it('works for a client of an MCP Server Trigger, outside of any execution', async () => {
		expectGood(await engine.callOverMcp(asTool(one.node), input));
	});

	it.each([2, 3] as const)('works as a tool of an agent of version %i', async (version) => {
		const calls = [{ node: 'Tool 1', input }];
		const result = await engine.run(agent(version, {}, calls, asTool(one.node)));
		const { answer, failure } = result.items('Result')[0]?.json ?? {};
		expect(failure).toBeUndefined();
		expectGood(answer);
	});

	it('works where the context lacks what n8n does not have everywhere', async () => {
		const type = fullType(one.node.type);
		const real = loadSource().load?.(type) as INodeType;
		const bare = await createEngine({
			credential: connectedCredential(emulator()),
			nodes: { [type]: inBareContext(real) },
		});
		const result = await bare.runNode([{ json: input }], one.node);
		expect(result.error?.message).toBeUndefined();
		expectGood(result.items(NODE).map(({ json }) => json));
	});
});

/** The same node in a context without the functions that not every context of n8n has. */
function inBareContext(real: INodeType): INodeType {
	const unavailable = () => {
		throw new Error('This context has no such thing');
	};
	const lacks = {
		getContext: { value: unavailable },
		getExecutionId: { value: () => undefined },
		getWorkflowStaticData: { value: unavailable },
		getWorkflowDataProxy: { value: unavailable },
		getExecutionCancelSignal: { value: undefined },
		addExecutionHints: { value: undefined },
		isStreaming: { value: undefined },
		sendChunk: { value: undefined },
	};
	const bare: INodeType = Object.create(real, {
		execute: {
			value: async function (this: IExecuteFunctions) {
				return await real.execute?.call(Object.create(this, lacks));
			},
		},
	});
	return bare;
}
