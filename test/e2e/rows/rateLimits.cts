import assert from 'node:assert/strict';
import type { Fault } from '../../../emulator/server.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import { assertSuccess, at, failureOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { workflow, type Step } from '../workflows.cts';

/** Seconds. */
const RETRY_AFTER = 3;
const generate = (sessionId: string): Step => ({
	type: 'nemoVideoGenerate',
	parameters: {
		sessionId,
		prompt: 'Add a title "Summer Sale" at the start',
		options: { recoveryWaitSeconds: 0.2, recoveryIntervalSeconds: 0.2, recoveryChecks: 2 },
	},
});
const state = (sessionId: string): Step => ({ type: 'nemoVideoState', parameters: { sessionId } });

interface Case {
	name: string;
	step(sessionId: string): Step;
	/** Made when the run begins, so that a date in it is right. */
	fault(): Fault;
	endpoint: 'state' | 'run';
	/** How often the endpoint is asked, the fault included. */
	asked: number;
	/** The least pause before it is asked again, in milliseconds. */
	pauseMs?: number;
	fails?: boolean;
	prompts?: number;
}

const inSeconds = (): Fault => ({
	kind: 'status',
	status: 429,
	headers: { 'retry-after': String(RETRY_AFTER) },
});
const byDate = (): Fault => ({
	kind: 'status',
	status: 429,
	headers: { 'retry-after': new Date(Date.now() + (RETRY_AFTER + 3) * 1000).toUTCString() },
});

const CASES: readonly Case[] = [
	{
		name: '429 with seconds on a read',
		step: state,
		fault: () => ({ ...inSeconds(), endpoint: 'state' }),
		endpoint: 'state',
		asked: 2,
		pauseMs: RETRY_AFTER * 1000,
	},
	{
		name: '429 with a date on a read',
		step: state,
		fault: () => ({ ...byDate(), endpoint: 'state' }),
		endpoint: 'state',
		asked: 2,
	},
	{
		name: '429 with seconds on a prompt',
		step: generate,
		fault: () => ({ ...inSeconds(), endpoint: 'run' }),
		endpoint: 'run',
		asked: 2,
		pauseMs: RETRY_AFTER * 1000,
		prompts: 1,
	},
	{
		name: '503 twice on a read',
		step: state,
		fault: () => ({ kind: 'status', status: 503, endpoint: 'state', times: 2 }),
		endpoint: 'state',
		asked: 3,
		pauseMs: 300,
	},
	{
		name: '408 on a read',
		step: state,
		fault: () => ({ kind: 'status', status: 408, endpoint: 'state' }),
		endpoint: 'state',
		asked: 2,
		pauseMs: 300,
	},
	{
		name: 'reset of a read',
		step: state,
		fault: () => ({ kind: 'refuse', endpoint: 'state' }),
		endpoint: 'state',
		asked: 2,
		pauseMs: 300,
	},
	{
		name: '503 on a prompt that was taken',
		step: generate,
		fault: () => ({ kind: 'status', status: 503, endpoint: 'run', process: true }),
		endpoint: 'run',
		asked: 1,
		prompts: 1,
	},
	{
		name: '503 on a prompt that was not taken',
		step: generate,
		fault: () => ({ kind: 'status', status: 503, endpoint: 'run' }),
		endpoint: 'run',
		asked: 1,
		prompts: 0,
		fails: true,
	},
];

const limits: Scenario = {
	name: 'Rate limits and passing faults: reads go again, a prompt of unknown outcome never',
	tags: ['limits', 'transient'],
	issue: 3,
	async run(world) {
		const work = CASES.map(async ({ name, step, fault, endpoint, asked, ...wanted }) => {
			const { emulator, credentialId } = await world.backend();
			const sessionId = await prepareSession(emulator);
			const before = emulator.ledger.summary().promptsAccepted;
			const saved = await world.save(workflow(name, [step(sessionId)]), credentialId);
			const met = fault();
			emulator.faults.add(met);
			const execution = await world.api.runToEnd(saved);
			if (wanted.fails === true) {
				assert.equal(at(execution.data.resultData.error, 'context.kind'), 'server');
			} else assertSuccess(execution);
			const requests = emulator.requests.all({ endpoint }).slice(0, asked);
			// The state is also read around a turn; then only its first answers count.
			if (endpoint === 'run') assert.equal(emulator.requests.all({ endpoint }).length, asked, name);
			const [first, second] = requests;
			const pause = first && second ? second.at - (first.closedAt ?? first.at) : 0;
			const least = wanted.pauseMs ?? 0;
			assert.ok(pause >= least, `${name}: asked again after ${pause} ms`);
			// A date is a moment, however long the run took to begin.
			const date = Date.parse(met.headers?.['retry-after'] ?? '');
			if (date > 1e12) assert.ok((second?.at ?? 0) >= date, `${name}: asked again before its date`);
			const prompts = emulator.ledger.summary().promptsAccepted - before;
			if (wanted.prompts !== undefined) assert.equal(prompts, wanted.prompts, name);
			const end = execution.status === 'success' ? 'success' : failureOf(execution).slice(0, 90);
			return `${name.padEnd(36)} asked ${asked}, pause ${pause} ms, prompts accepted ${prompts}, ${end}`;
		});
		for (const line of await Promise.all(work)) world.note(line);
		return { cases: CASES.length };
	},
};

export const area = 'Rate limits and passing faults';

export const rows: readonly Scenario[] = [limits];
