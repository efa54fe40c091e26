import assert from 'node:assert/strict';
import { assertSuccess, itemsOf } from '../../results.cts';
import type { Scenario } from '../../scenario.cts';
import { behindWebhook, callRow } from '../../webhook.cts';
import { workflow } from '../../workflows.cts';
import { CONCURRENCY, startWorkers, takenBy } from '../workers.cts';

const WORKERS = 2;
const ROUNDS = 3;
const CALLS = WORKERS * CONCURRENCY;
const ALL_MS = 120_000;

const renewed: Scenario = {
	name: 'A trial token that two workers renew at once works in both, stored once for all',
	tags: ['queue', 'credential', 'trial'],
	issue: 6,
	async run(world) {
		const workers = await startWorkers(world, WORKERS);
		// A mint long enough for every execution to be waiting for it.
		const { emulator, credentialId } = await world.backend(
			{ mintMs: 1_500 },
			{ connectWith: 'freeTrial' },
		);
		const file = workflow('Credits', [{ type: 'nemoVideoCredits' }]);
		const live = await world.goLive(behindWebhook(file), { nemoVideoApi: credentialId });
		let calls = 0;
		const call = async (count: number): Promise<void> => {
			await Promise.all(Array.from({ length: count }, async () => await callRow(world.api, live)));
			calls += count;
			for (const { id } of (await world.api.waitForAll(live, calls, ALL_MS)).slice(0, count)) {
				const execution = await world.api.execution(id);
				assertSuccess(execution);
				assert.equal(itemsOf(execution, 'nemoVideoCredits')[0]?.json.available, 100);
			}
		};
		const { ledger } = emulator;
		const clientIds = new Set<string>();
		for (let round = 1; round <= ROUNDS; round++) {
			const before = ledger.mints.length;
			await call(CALLS);
			const asked = ledger.mints.length - before;
			const made = ledger.mints.slice(before);
			const granted = made.filter(({ token }) => token !== undefined).length;
			assert.ok(asked >= 1 && asked <= WORKERS, `${asked} mints by ${WORKERS} workers`);
			await call(WORKERS);
			assert.equal(ledger.mints.length, before + asked, 'the stored token was not used');
			// Before there is an ID to keep, each of the two makes one, and n8n stores either.
			if (round > 1) for (const { clientId } of made) clientIds.add(clientId);
			world.note(`round ${round}: asked ${asked}, granted ${granted}, used by ${CALLS} executions`);
			emulator.tokens.expire();
		}
		assert.equal(clientIds.size, 1, 'a client ID was made anew');
		const taken = await Promise.all(workers.map(async (worker) => (await takenBy(worker)).size));
		assert.ok(
			taken.every((count) => count > 0),
			'one worker did everything',
		);
		return { rounds: ROUNDS, executions: calls, mints: ledger.mints.length };
	},
};

export const area = 'Credential';
export const rows: readonly Scenario[] = [renewed];
