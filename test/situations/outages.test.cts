import type { RunResult } from '../engine/support/result.cts';
import { chain, type NodeSpec } from '../engine/support/workflow.cts';
import { report } from '../report.cts';
import { jump } from './support/clocks.cts';
import { film } from './support/drafts.cts';
import type { Endpoint } from './support/endpoints.cts';
import {
	assistant,
	createSession,
	createVideo,
	credits,
	engineIn,
	exporting,
	failure,
	generate,
	photo,
	QUICK,
	state,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { Outgoing } from './support/outgoing.cts';
import { situations } from './support/rows.cts';
import type { Session } from './support/session.cts';
import { World } from './support/world.cts';

const { world, engine } = withWorld();
const situation = situations('A11');
/** Tries of one request, the first included. */
const TRIES = 5;
const NOTHING = { credits: 0, prompts: 0, uploads: 0, renders: 0 };
const DEFAULTS = { pollIntervalSeconds: 30 };

interface Flow {
	name: string;
	node: NodeSpec;
	/** Waits for nothing but answers in JSON, so that the clock may jump. */
	jumps?: true;
}
const FLOWS: readonly Flow[] = [
	{ name: 'Create Session', node: createSession() },
	{ name: 'Upload', node: uploading() },
	{ name: 'Generate', node: generate() },
	{ name: 'State', node: state() },
	{ name: 'Credits', node: credits() },
	{ name: 'Export', node: exporting({ download: false, options: DEFAULTS }), jumps: true },
	{ name: 'Create Video', node: createVideo({ sessionId: '={{ $json.sessionId }}' }) },
	{
		name: 'Assistant',
		node: assistant({ message: 'make the title red', sessionId: '={{ $json.sessionId }}' }),
	},
];

/** Runs a flow in a world that loses its network, and counts what leaves. */
async function run(flow: Flow, lose: (world: World) => void | Promise<void>) {
	const other = new World();
	await other.open();
	const session = other.session(film());
	const row = { json: { sessionId: session.id }, files: { data: photo('a.png') } };
	await lose(other);
	const outgoing = new Outgoing(other.api.url);
	const result = await (await engineIn(other)).runNode([row], flow.node);
	outgoing.stop();
	await other.close();
	return { result, begun: outgoing.begun, spent: other.spent() };
}

/** Requests that leave at most, and those of them for one call. */
const MAX_BEGUN = 20;

describe('the worst outage', () => {
	for (const flow of FLOWS) {
		it(`of ${flow.name} makes few requests, wherever it begins`, async () => {
			const healthy = await run(flow, () => undefined);
			success(healthy.result);
			const count = healthy.begun.length;
			if (flow.jumps) jump();
			const before = await run(flow, async ({ api }) => await api.shut());
			const after = await run(flow, (there) => void there.goAway(1, 'after'));
			const amidst = await run(flow, (there) => void there.goAway(Math.ceil(count / 2), 'before'));
			for (const { result, begun } of [before, after, amidst]) {
				expect(failure(result).message).toBeTruthy();
				expect(begun.length).toBeLessThanOrEqual(MAX_BEGUN);
			}
			expect(before.begun.length).toBeLessThanOrEqual(2 * TRIES);
			report(
				`Requests in an outage of ${flow.name}`,
				`${before.begun.length} from the start, ${after.begun.length} after the first, ${amidst.begun.length} from the middle, ${count} without one`,
			);
		});
	}
});

/** How often each request is begun from here on. */
async function counted(work: () => Promise<RunResult>) {
	const outgoing = new Outgoing(world().api.url);
	const result = await work();
	outgoing.stop();
	const count = (wanted: Endpoint) => outgoing.begun.filter((one) => one === wanted).length;
	return { result, count };
}
const rowOf = (session: Session) => [{ json: { sessionId: session.id } }];
const FREE = { safeToRepeat: true, retryable: true };

situation('[A11] asks for a render five times at most where the network goes away', async () => {
	const session = world().session(film());
	// The check of the token, the session, the look for the render.
	void world().goAway(3, 'after');
	const { result, count } = await counted(
		async () => await engine().runNode(rowOf(session), exporting()),
	);
	expect(failure(result)).toMatchObject({ ...FREE, kind: 'network', sessionId: session.id });
	expect(count('poll')).toBeLessThanOrEqual(1 + TRIES);
	expect(count('submit')).toBeLessThanOrEqual(TRIES);
	expect(world().spent()).toEqual(NOTHING);
});

situation('[A11] looks at a render less and less often where the network goes away', async () => {
	jump();
	const session = world().session(film());
	void world().goAway(5, 'before');
	const { result, count } = await counted(
		async () => await engine().runNode(rowOf(session), exporting({ options: DEFAULTS })),
	);
	expect(failure(result)).toMatchObject({ ...FREE, kind: 'timeout', sessionId: session.id });
	expect(failure(result).renderId).toBe([...world().renders.keys()][0]);
	expect(count('poll')).toBeLessThanOrEqual(16);
	expect(world().spent()).toEqual({ ...NOTHING, renders: 1 });
});

situation('[A11] finds its render again once the network is back', async () => {
	const session = world().session(film());
	void world()
		.goAway(4, 'after')
		.then(async () => await world().api.open());
	const run = await engine().runNode(rowOf(session), exporting());
	expect(success(run)).toMatchObject({ status: 'completed' });
	expect(world().renders.size).toBe(1);
	expect(world().spent()).toEqual({ ...NOTHING, renders: 1 });
});

situation('[A11] makes one render of a video whose network was away', async () => {
	const session = world().session(film('The old film'));
	const node = createVideo({ sessionId: session.id, options: { exportTimeoutMinutes: 0.02 } });
	void world()
		.arrived('submit')
		.then(async () => await world().api.shut());
	const workflow = chain([{}], { ...node, onError: 'stopWorkflow' });
	const { result: first, count } = await counted(async () => await engine().run(workflow));
	expect(first.error).toMatchObject({ context: { stage: 'export', safeToRepeat: false } });
	expect(count('submit')).toBeLessThanOrEqual(TRIES);
	await world().api.open();
	const second = await engine().retry(workflow, first);
	expect(success(second)).toMatchObject({ status: 'completed' });
	expect(world().renders.size).toBe(1);
	expect(world().prompts).toHaveLength(1);
	expect(world().spent().credits).toBe(100);
});

situation('[A11] looks for a lost prompt as often as its checks say, and no oftener', async () => {
	const session = world().session(film());
	void world()
		.arrived('run')
		.then(async () => await world().api.shut());
	const { result, count } = await counted(
		async () => await engine().runNode(rowOf(session), generate()),
	);
	expect(failure(result)).toMatchObject({ kind: 'stream', safeToRepeat: false });
	expect(count('run')).toBe(1);
	expect(count('state')).toBeLessThanOrEqual(1 + QUICK.recoveryChecks);
	expect(world().spent().prompts).toBe(1);
});
