import type { Scenario } from '../../scenario.cts';
import { CASES, figures, measureAll } from '../../stopPhases.cts';
import { byWebhook } from '../../webhook.cts';
import { startWorkers, takenBy } from '../workers.cts';

const stop: Scenario = {
	name: 'Stop in main stops the worker, in every phase, with nothing sent afterwards',
	tags: ['queue', 'stop'],
	issue: 6,
	async run(world) {
		const workers = await startWorkers(world, 2);
		const results = await measureAll(world, CASES, 'stop', { by: byWebhook });
		const taken = await Promise.all(workers.map(async (worker) => (await takenBy(worker)).size));
		const all = taken.reduce((sum, count) => sum + count, 0);
		if (all < results.length) throw new Error(`Workers took on ${all} of ${results.length}`);
		return figures(results);
	},
};

export const area = 'Stop';
export const rows: readonly Scenario[] = [stop];
