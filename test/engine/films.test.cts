import { SHAPE_PRESETS } from '../../emulator/shapes.cts';
import { EMULATOR_TOKEN } from '../../emulator/server.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { PROMPT, QUICK_EXPORT } from './support/sessions.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const PHOTOS = {
	Photos_0: { fileName: 'front.png', mimeType: 'image/png', content: 'front' },
	Photos_1: { fileName: 'back.jpg', mimeType: 'image/jpeg', content: 'back view' },
};
const SAME_SESSION = "={{ $('Session').item.json.sessionId }}";

/** Photos in, film out: every node of the package, one after another. */
const EVERY_NODE: NodeSpec[] = [
	{
		type: 'nemoVideoCreateSession',
		name: 'Session',
		parameters: {
			language: 'auto',
			languageSample: PROMPT,
			options: { includeInputFields: true },
		},
	},
	{ type: 'nemoVideoUpload', name: 'Upload', parameters: { binaryPropertyName: '*' } },
	{ type: 'nemoVideoGenerate', name: 'Generate', parameters: { prompt: PROMPT } },
	{ type: 'nemoVideoState', name: 'State' },
	{ type: 'nemoVideoCredits', name: 'Credits' },
	{
		type: 'nemoVideoExport',
		name: 'Export',
		parameters: { sessionId: SAME_SESSION, options: QUICK_EXPORT },
	},
];

const json = (result: RunResult, node: string): Record<string, unknown> =>
	result.items(node)[0]?.json ?? {};

const presets = Object.keys(SHAPE_PRESETS);
const dialects = ['flat', 'adk', 'mixed'] as const;

describe('photos become a film whatever form NemoVideo answers in', () => {
	it.each(dialects.flatMap((dialect) => presets.map((shapes) => [dialect, shapes] as const)))(
		'with events in the %s dialect and answers in the %s form',
		async (dialect, shapes) => {
			Object.assign(emulator().options, { dialect, shapes });
			const result = await engine.run(chain([{ files: PHOTOS }], ...EVERY_NODE));
			expect(result.error?.message).toBeUndefined();

			const { sessionId } = json(result, 'Session');
			expect(sessionId).toBe(emulator().ledger.sessions[0]?.sessionId);
			expect(json(result, 'Session')).toMatchObject({ language: 'en' });
			expect(json(result, 'Upload')).toMatchObject({
				sessionId,
				files: [
					{ filename: 'front.png', fileType: 'image' },
					{ filename: 'back.jpg', fileType: 'image' },
				],
			});
			expect(json(result, 'Generate')).toMatchObject({
				sessionId,
				status: 'completed',
				completedBy: 'stream',
				timeline: { readyToExport: true, durationMs: 30_000 },
			});
			expect(json(result, 'Generate').text).toMatch(/\S/);
			expect(String(json(result, 'Generate').text)).not.toMatch(/click|drag|open the panel/i);
			expect(json(result, 'State')).toMatchObject({
				sessionId,
				timeline: json(result, 'Generate').timeline as object,
			});
			expect(json(result, 'Credits')).toEqual({ available: 24_900, frozen: 0, total: 24_900 });
			const exported = json(result, 'Export');
			const [render] = emulator().ledger.renders;
			expect(exported).toMatchObject({
				sessionId,
				renderId: render?.id,
				status: 'completed',
				progress: 100,
			});
			const file = result.items('Export')[0]?.binary?.data;
			expect(file).toMatchObject({ mimeType: 'video/mp4', bytes: 64 * 1024 });
			expect(file?.fileName).toMatch(/\.mp4$/);
			expect(render).toMatchObject({
				sameAsState: true,
				output: { format: 'mp4', quality: 'high' },
			});
			expect(emulator().ledger.summary()).toMatchObject({
				promptsAccepted: 1,
				sessions: 1,
				uploads: 2,
				renders: 1,
				withoutAttribution: 0,
			});
			const authorised = emulator()
				.requests.all({ origin: 'api' })
				.filter(({ endpoint }) => endpoint !== 'file');
			expect(new Set(authorised.map(({ token }) => token))).toEqual(new Set([EMULATOR_TOKEN]));
		},
	);
});
