import { RestError } from '../rest.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';

/** Ids of all executions that n8n may still have; they are numbers, one after another. */
async function executionIds({ api }: TestContext): Promise<string[]> {
	const { results } = await api.call<{ results: Array<{ id: string }> }>(
		'GET',
		'/executions?limit=1',
	);
	const newest = Number(results[0]?.id ?? 0);
	return Array.from({ length: newest }, (_, at) => String(newest - at));
}

/** Rows look at most of their own executions; this looks at all, those of forms and chats too. */
const schemas: Scenario = {
	name: 'Every item is what n8n shows of its node before a run, in each execution of these rows',
	tags: ['schemas', 'outputs'],
	issue: 8,
	when: 'last',
	async run(world) {
		let executions = 0;
		for (const id of await executionIds(world)) {
			try {
				await world.api.execution(id);
				executions += 1;
			} catch (error) {
				// Deleted by hand or by n8n's pruning.
				if (!(error instanceof RestError && error.status === 404)) throw error;
			}
		}
		return { executions };
	},
};

export const area = 'Output schemas';

export const rows: readonly Scenario[] = [schemas];
