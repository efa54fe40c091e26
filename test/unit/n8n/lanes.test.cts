import { runInLanes } from '../../../src/n8n/lanes';

/** Runs items that end only when they are let, and tells which are under way. */
async function run(lanes: Array<string | undefined>, parallel: number): Promise<string[]> {
	const log: string[] = [];
	await runInLanes(lanes, parallel, async (index) => {
		log.push(`begins ${index}`);
		await new Promise((resolve) => setImmediate(resolve));
		log.push(`ends ${index}`);
	});
	return log;
}

it('items of one lane run one after another, in their order', async () => {
	const log = await run(['a', 'a', 'a'], 3);
	expect(log).toEqual(['begins 0', 'ends 0', 'begins 1', 'ends 1', 'begins 2', 'ends 2']);
});

it('items without a lane run side by side, as many at once as may', async () => {
	const log = await run([undefined, undefined, undefined], 2);
	expect(log.slice(0, 2)).toEqual(['begins 0', 'begins 1']);
	expect(log.indexOf('begins 2')).toBeGreaterThan(log.indexOf('ends 0'));
	expect(log.filter((entry) => entry.startsWith('ends'))).toHaveLength(3);
});

it('a lane that is busy holds back no other', async () => {
	const log = await run(['a', 'a', 'b'], 2);
	expect(log.slice(0, 2)).toEqual(['begins 0', 'begins 2']);
});
