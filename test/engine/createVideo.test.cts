import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { PROMPT, prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';
import type { NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const NODE = 'Node 1';
const create = (
	parameters: NodeSpec['parameters'] = {},
	more: Partial<NodeSpec> = {},
): NodeSpec => ({
	type: 'nemoVideoCreateVideo',
	onError: 'continueErrorOutput',
	...more,
	parameters: {
		prompt: PROMPT,
		...parameters,
		options: { ...QUICK_EXPORT, ...Object(parameters.options) },
	},
});
const run = async (rows: RowSpec[], parameters?: NodeSpec['parameters']): Promise<RunResult> =>
	await engine.runNode(rows, create(parameters));
const made = (result: RunResult) => result.items(NODE).map(({ json }) => json);
const failed = (result: RunResult) =>
	result.branch(NODE, 1).map(({ json }) => json.error as Record<string, unknown>);

const PHOTO = { fileName: 'front.png', mimeType: 'image/png', content: 'front' };

describe('one row', () => {
	it('becomes a finished video with its ids, text, timeline, credits and times', async () => {
		const result = await run([{ files: { data: PHOTO } }], {
			source: 'binary',
			binaryPropertyName: '*',
		});
		expect(failed(result)).toEqual([]);
		const [video] = made(result);
		const [session] = emulator().ledger.sessions;
		const [render] = emulator().ledger.renders;
		expect(video).toMatchObject({
			sessionId: session?.sessionId,
			taskId: session?.taskId,
			status: 'completed',
			timeline: { readyToExport: true },
			renderId: render?.id,
			creditsUsed: 100,
			stages: [{ name: 'session' }, { name: 'upload' }, { name: 'generate' }, { name: 'export' }],
		});
		expect(video?.text).toMatch(/\S/);
		expect(video?.url).toMatch(/^http/);
		expect(result.items(NODE)[0]?.binary?.data).toMatchObject({
			mimeType: 'video/mp4',
			bytes: 64 * 1024,
		});
		expect(emulator().ledger.summary()).toMatchObject({
			promptsAccepted: 1,
			sessions: 1,
			uploads: 1,
			renders: 1,
			withoutAttribution: 0,
		});
	});
});
