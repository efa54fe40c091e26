import assert from 'node:assert/strict';
import type { Emulator } from '../../../emulator/server.cts';
import { assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { rows as table, workflow, type Step } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const credits: Step = { type: 'nemoVideoCredits' };
const TRIAL = { connectWith: 'freeTrial' };

const minted: Scenario = {
	name: 'A free-trial token is minted once, stored, and used by later executions',
	tags: ['credential', 'trial'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend({}, TRIAL);
		const file = workflow('Trial', [credits]);
		for (let time = 1; time <= 3; time++) {
			const execution = await world.run(file, credentialId);
			assertSuccess(execution);
			assert.equal(itemsOf(execution, 'nemoVideoCredits')[0]?.json.available, 100);
		}
		const { mints } = emulator.ledger;
		assert.equal(mints.length, 1);
		const path = `/credentials/${credentialId}?includeData=true`;
		const shown = JSON.stringify(await world.api.call('GET', path));
		assert.ok(!shown.includes(mints[0]?.token ?? '?'), 'n8n shows the token to the browser');
		assert.ok(shown.includes(mints[0]?.clientId ?? '?'), 'the client id was not kept');
		return { executions: 3, mints: mints.length };
	},
};

interface TestResult {
	status: string;
	message: string;
}

async function test(
	world: TestContext,
	id: string,
	data: Record<string, unknown>,
): Promise<TestResult> {
	const credentials = { id, name: 'NemoVideo account', type: 'nemoVideoApi', data };
	return await world.api.call('POST', '/credentials/test', { credentials });
}

const tested: Scenario = {
	name: 'The credential test tells a good token, a bad one and an unreachable NemoVideo apart',
	tags: ['credential'],
	issue: 3,
	async run(world) {
		const emulator = await world.emulator();
		const cases: Array<[string, Record<string, unknown>, string, RegExp]> = [
			['good token', {}, 'OK', /success/i],
			['bad token', { token: 'nmv_usr_wrong' }, 'Error', /refused the token/i],
			['no token', { token: '' }, 'Error', /no access token/i],
			['free trial', TRIAL, 'OK', /success/i],
			['unreachable', { baseUrl: 'http://127.0.0.1:9' }, 'Error', /connection|reach/i],
		];
		for (const [name, changes, status, message] of cases) {
			const id = await world.credential(emulator, changes);
			const token = 'token' in changes || 'connectWith' in changes ? {} : tokenOf(emulator);
			const data = { connectWith: 'accessToken', baseUrl: emulator.url, ...token, ...changes };
			const result = await test(world, id, data);
			assert.equal(result.status, status, `${name}: ${result.message}`);
			assert.match(result.message, message);
			world.note(`${name.padEnd(12)} ${result.status}: ${result.message}`);
		}
		return { cases: cases.length };
	},
};

function tokenOf(emulator: Emulator): { token: string } {
	return { token: Object.keys(emulator.options.tokens)[0] ?? '' };
}

const refused: Scenario = {
	name: 'What is wrong with a credential is told by the node that uses it',
	tags: ['credential'],
	issue: 3,
	async run(world) {
		const cases: Array<[string, Record<string, unknown>, string, RegExp]> = [
			['bad token', { token: 'nmv_usr_wrong' }, 'auth', /refused the token/],
			['no token', { token: '' }, 'auth', /no access token/],
			['quota used up', TRIAL, 'rateLimit', /isn't issuing more free trial tokens/],
			['unreachable', { baseUrl: 'http://127.0.0.1:9' }, 'network', /refused the connection/],
		];
		for (const [name, data, kind, message] of cases) {
			const { credentialId } = await world.backend({ anonymousPerIp: 0, retryAfter: 1 }, data);
			const node: Step = { ...credits, onError: 'continueRegularOutput' };
			const execution = await world.run(workflow(name, [node]), credentialId);
			assertSuccess(execution);
			const [item] = itemsOf(execution, 'nemoVideoCredits');
			assert.equal(at(item?.json, 'error.kind'), kind, JSON.stringify(item?.json));
			assert.match(String(at(item?.json, 'error.message')), message);
			world.note(`${name.padEnd(14)} ${kind}: ${at(item?.json, 'error.message')}`);
		}
		return { cases: cases.length };
	},
};

const ITEMS = 20;

const underLoad: Scenario = {
	name: 'Three nodes with 20 items each renew an expired trial token once',
	tags: ['credential', 'trial', 'load'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ mintMs: 300 }, TRIAL);
		const before = await world.run(workflow('First', [credits]), credentialId);
		assertSuccess(before);
		emulator.tokens.expire();
		const many = Array.from({ length: ITEMS }, (_, n) => ({ n }));
		const node: Step = { ...credits, parameters: { options: { parallel: 10 } } };
		const file = workflow('Load', [...table(many), node]);
		const executions = await Promise.all(
			[1, 2, 3].map(async () => await world.run(file, credentialId)),
		);
		for (const execution of executions) {
			assertSuccess(execution);
			assert.equal(itemsOf(execution, 'nemoVideoCredits').length, ITEMS);
		}
		assert.equal(emulator.ledger.mints.length, 2);
		assertSuccess(await world.run(workflow('Later', [credits]), credentialId));
		const { mints } = emulator.ledger;
		assert.equal(mints.length, 2);
		assert.equal(new Set(mints.map(({ clientId }) => clientId)).size, 1);
		return { nodes: 3, items: 3 * ITEMS, 'mints after the expiry': mints.length - 1 };
	},
};

const ROUNDS = 4;

const twoProcesses: Scenario = {
	name: 'Two n8n processes that renew a trial token at once end with one that works',
	tags: ['credential', 'trial', 'load', 'processes'],
	issue: 3,
	isLong: true,
	async run(world) {
		const own = await world.ownN8n();
		const twin = await own.n8n.startTwin();
		const file = workflow('Two processes', [credits]);
		for (const clientId of ['', '3f0e5a4c-0d0b-4f5e-9c1a-8a4b1d2c3e4f']) {
			const { emulator, credentialId } = await own.backend(
				{ mintMs: 1000 },
				{ ...TRIAL, clientId },
			);
			const saved = await own.save(file, credentialId);
			for (let round = 1; round <= ROUNDS; round++) {
				const before = emulator.ledger.mints.length;
				const both = await Promise.all(
					[own.api, twin].map(async (api) => await api.runToEnd(saved)),
				);
				for (const execution of both) assertSuccess(execution);
				const made = emulator.ledger.mints.slice(before);
				for (const api of [own.api, twin]) assertSuccess(await api.runToEnd(saved));
				assert.equal(emulator.ledger.mints.length, before + made.length, 'the token was not kept');
				const granted = made.filter(({ token }) => token !== undefined).length;
				const id = clientId === '' ? 'made by n8n' : 'given';
				world.note(
					`client ID ${id}, round ${round}: asked ${made.length}, granted ${granted}, stored token used by both`,
				);
				emulator.tokens.expire();
			}
		}
		return { processes: 2, rounds: 2 * ROUNDS };
	},
};

export const area = 'Credential and NEMO_TOKEN';

export const rows: readonly Scenario[] = [minted, tested, refused, underLoad, twoProcesses];
