import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../../../tools/descriptions.cts';
import { packedTarball } from '../communityPackage.cts';
import { allJson, assertSuccess } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { workflow } from '../workflows.cts';

/** The lines that CONTRIBUTING gives, but the first: what is tested here has been packed already. */
function linesToInstall(): string[] {
	const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
	const [, block = ''] =
		/### Use your build in an n8n that you have\n\n```sh\n(.+?)\n```/s.exec(text) ?? [];
	const [pack, ...others] = block.split('\n');
	assert.equal(pack, 'npm ci && npm run build && npm pack');
	assert.equal(others.length, 2);
	return others;
}

const ownBuild: Scenario = {
	name: 'A build of your own works in an n8n that you have, after the three lines of CONTRIBUTING',
	tags: ['install', 'tarball', 'build'],
	issue: 19,
	async run(world) {
		const own = await world.ownN8n();
		const { credentialId } = await own.backend();
		await own.n8n.kill('SIGTERM');
		const home = own.n8n.userFolder;
		await rm(join(home, '.n8n', 'nodes'), { recursive: true });
		const { run } = await import('../../../tools/process.mjs');
		const cwd = dirname(await packedTarball());
		const env = { ...process.env, HOME: home };
		for (const line of linesToInstall()) await run('sh', ['-c', line], { cwd, env, quiet: true });
		await own.n8n.start();
		const credits = workflow('Own build', [{ type: 'nemoVideoCredits' }]);
		const execution = await own.run(credits, credentialId);
		assertSuccess(execution);
		const [json] = allJson(execution, 'nemoVideoCredits');
		assert.equal(typeof json?.available, 'number');
		return { lines: 3 };
	},
};

export const area = 'Installing';

export const rows: readonly Scenario[] = [ownBuild];
