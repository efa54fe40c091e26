import { chain, type NodeSpec } from '../engine/support/workflow.cts';
import { realTime } from './support/clocks.cts';
import { flat } from './support/dialects.cts';
import { gate } from './support/gate.cts';
import { createVideo, generate, inSession, withWorld } from './support/nodes.cts';
import { send, take, type Step } from './support/turnOnWire.cts';

const { world, engine } = withWorld(realTime);
const STOPS = { onError: 'stopWorkflow' as const };
const CALL = send(flat.call('generate_video'));

const NODES: ReadonlyArray<[what: string, node: NodeSpec, steps: Step[]]> = [
	['Generate reads its stream', generate({}, STOPS), [CALL]],
	['Generate waits for its stream', generate({}, STOPS), []],
	['Submit waits for its first event', generate({ operation: 'submit' }, STOPS), []],
	['Create Video reads its stream', createVideo({}, STOPS), [CALL]],
];
for (const [what, node, steps] of NODES) {
	it(`says after Stop that NemoVideo continues, where ${what}`, async () => {
		const session = world().session();
		const here = gate();
		world().onPrompt(
			take,
			...steps,
			() => here.open(),
			async (turn) => await turn.closed(),
		);
		const own = { ...node, parameters: { ...node.parameters, sessionId: session.id } };
		const running = engine().start(chain(inSession(session), own));
		await here.opened;
		running.stop();
		const { error } = await running.finished;
		expect(error).toMatchObject({
			message: 'The execution was canceled',
			context: { kind: 'cancelled', safeToRepeat: false, sessionId: session.id },
		});
		expect(error?.description).toMatch(
			new RegExp(
				`^This execution sends nothing more .* NemoVideo continues with the prompt that was sent, and may charge it. Look at session ${session.id} \\(State node, or 'status' in a chat\\)`,
			),
		);
		expect(String(error?.description).split('continues with')).toHaveLength(2);
		expect(world().spent()).toMatchObject({ prompts: 1, renders: 0 });
	});
}

it('says after Stop before a prompt is sent nothing of one that continues', async () => {
	const session = world().session();
	const here = gate();
	world().next('state', async (exchange) => {
		here.open();
		await exchange.closed();
	});
	const running = engine().start(chain(inSession(session), generate({}, STOPS)));
	await here.opened;
	running.stop();
	const { error } = await running.finished;
	expect(error).toMatchObject({ context: { kind: 'cancelled', safeToRepeat: true } });
	expect(error?.description).not.toContain('continues with');
	expect(world().spent()).toMatchObject({ prompts: 0 });
});
