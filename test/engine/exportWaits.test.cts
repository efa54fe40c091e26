import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
const NODE = 'Node 1';
/** The edit is there long before this patience is over, and after two readings 3 s apart. */
const RECOVERY = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 1, recoveryChecks: 50 };

let engine: Engine;
let sessionId: string;
beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	sessionId = await prepareSession(emulator());
});

const says = (message: string): NodeSpec => ({
	type: 'nemoVideoAssistant',
	parameters: { sessionId, message, options: { ...QUICK_EXPORT, ...RECOVERY } },
});

it('an export that is ordered in a chat shows the edit whose execution was stopped', async () => {
	const running = engine.start(chain([{}], says('Add a title "Red Sale" [[slow:6000]]')));
	// The first stream was that of the prepared film.
	await emulator().waitFor({ type: 'stream.open', sessionId }, { nth: 2 });
	running.stop();
	expect((await running.finished).status).toBe('canceled');
	const result = await engine.runNode([{}], says('export'));
	expect(result.error?.message).toBeUndefined();
	expect(result.items(NODE)[0]?.json).toMatchObject({ action: 'export', status: 'completed' });
	const edited = await emulator().waitFor({ type: 'turn.done', sessionId }, { nth: 2 });
	const rendered = await emulator().waitFor('render.created');
	expect(rendered.seq).toBeGreaterThan(edited.seq);
	expect(emulator().ledger.renders).toHaveLength(1);
});
