import assert from 'node:assert/strict';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { workflow, type Step } from '../workflows.cts';

const OVERWRITTEN = 'nmv_usr_overwritten00000000000000000000000000000A';
const FROM_ENV = 'nmv_usr_environment00000000000000000000000000000A';
const credits: Step = { type: 'nemoVideoCredits' };

const nemoToken: Scenario = {
	name: 'NEMO_TOKEN: CREDENTIALS_OVERWRITE_DATA and an expression with $env both give the token',
	tags: ['credential', 'environment', 'nemo_token'],
	issue: 3,
	async run(world) {
		const own = await world.ownN8n({
			CREDENTIALS_OVERWRITE_DATA: JSON.stringify({ nemoVideoApi: { token: OVERWRITTEN } }),
			N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false',
			NEMO_TOKEN: FROM_ENV,
		});
		const tokens = { [OVERWRITTEN]: { credits: 11 }, [FROM_ENV]: { credits: 22 } };
		const emulator = await own.emulator({ tokens });
		const cases = [
			['CREDENTIALS_OVERWRITE_DATA', '', OVERWRITTEN, 11],
			['{{ $env.NEMO_TOKEN }}', '={{ $env.NEMO_TOKEN }}', FROM_ENV, 22],
		] as const;
		for (const [name, token, sent, available] of cases) {
			const id = await own.credential(emulator, { token });
			const execution = await own.run(workflow(name, [credits]), id);
			assertSuccess(execution);
			assert.equal(itemsOf(execution, 'nemoVideoCredits')[0]?.json.available, available);
			assert.equal(emulator.requests.all().at(-1)?.token, sent);
			world.note(`${name}: the node read ${available} credits with it`);
		}
		return { ways: cases.length };
	},
};

const blocked: Scenario = {
	name: 'NEMO_TOKEN: where n8n denies $env to workflows, the failure says so',
	tags: ['credential', 'environment', 'nemo_token'],
	issue: 3,
	// n8n 1 allows it unless it is told not to.
	versions: ['2.41.1'],
	async run(world) {
		const { credentialId } = await world.backend({}, { token: '={{ $env.NEMO_TOKEN }}' });
		const execution = await world.run(workflow('Blocked', [credits]), credentialId);
		assert.equal(execution.status, 'error');
		const message = execution.data.resultData.error?.message ?? '';
		assert.match(message, /Expressions can't read environment variables in this n8n/);
		const { description } = execution.data.resultData.error ?? {};
		assert.match(String(description), /CREDENTIALS_OVERWRITE_DATA/);
		return { 'n8n says': message };
	},
};

export const area = 'Credential and NEMO_TOKEN';

export const rows: readonly Scenario[] = [nemoToken, blocked];
