import assert from 'node:assert/strict';
import { prepareSession } from '../../engine/support/sessions.cts';
import { assertSuccess, at, failureOf, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { workflow, type Step } from '../workflows.cts';

/** 1.2 s, about the least that the fields take. */
const SHORT = 0.02;

interface Limit {
	name: string;
	step(sessionId: string, onTimeout: 'error' | 'continue'): Step;
	/** What the timed-out item still tells. */
	handles: readonly string[];
}

const generate = (prompt: string, limit: object): Limit['step'] => {
	return (sessionId, onTimeout) => ({
		type: 'nemoVideoGenerate',
		name: 'Node',
		parameters: { sessionId, prompt, options: { ...limit, onTimeout } },
	});
};

const LIMITS: readonly Limit[] = [
	{
		name: 'generation too slow',
		step: generate('Create a video of a lake [[slow:600000]]', { timeoutMinutes: SHORT }),
		handles: ['sessionId'],
	},
	{
		name: 'nothing but heartbeats',
		step: generate('Create a video of a lake [[heartbeats]]', { idleMinutes: SHORT }),
		handles: ['sessionId'],
	},
	{
		name: 'render too slow',
		step: (sessionId, onTimeout) => ({
			type: 'nemoVideoExport',
			name: 'Node',
			parameters: {
				sessionId,
				options: { pollIntervalSeconds: 0.3, timeoutMinutes: SHORT, onTimeout },
			},
		}),
		handles: ['sessionId', 'renderId'],
	},
];

const deadlines: Scenario = {
	name: 'Deadlines go by the clock, name the last state seen, and can give a normal item',
	tags: ['deadlines', 'timeout'],
	issue: 3,
	async run(world) {
		for (const { name, step, handles } of LIMITS) {
			const { emulator, credentialId } = await world.backend();
			const sessionId = await prepareSession(emulator);
			emulator.options.renderOutcomes = ['forever', 'forever', 'forever'];
			const going = await world.run(workflow(name, [step(sessionId, 'continue')]), credentialId);
			assertSuccess(going);
			const [item] = itemsOf(going, 'Node');
			assert.equal(item?.json.timedOut, true);
			for (const handle of handles) assert.ok(item.json[handle], `${name}: no ${handle}`);
			const status = String(item.json.status);
			assert.match(status, /^(running|processing|pending)$/);
			const took = going.runData.Node?.[0]?.executionTime ?? 0;
			assert.ok(took >= SHORT * 60_000, `${name}: over after ${took} ms already`);

			// In the same session, an equal prompt would look for the result of the first.
			const another = await prepareSession(emulator);
			const failing = await world.run(workflow(name, [step(another, 'error')]), credentialId);
			assert.equal(failing.status, 'error');
			const { error } = failing.data.resultData;
			assert.equal(at(error, 'context.kind'), 'timeout', failureOf(failing));
			assert.match(failureOf(failing), /Last state seen: /);
			assert.ok(failureOf(failing).includes(another));
			assert.deepEqual(
				emulator.ledger.renders.filter((render) => render.status === 'cancelled'),
				[],
			);
			world.note(`${name.padEnd(24)} ${status} after ${took} ms; ${failureOf(failing)}`);
		}
		return { limits: LIMITS.length };
	},
};

export const area = 'Deadlines';

export const rows: readonly Scenario[] = [deadlines];
