import { createHash } from 'node:crypto';
import { runStory } from './run.cts';
import { shrink } from './shrink.cts';
import { inWords } from './story/inWords.cts';
import type { Story } from './story/story.cts';
import { writeStory } from './story/writer.cts';

/** What `main.mjs` asks of a worker; it answers with lines of JSON. */
type Order =
	/** Runs the seeds of a range; up to the first that violates one of these invariants. */
	| { do: 'run'; from: number; count: number; until: string }
	/** Tells one story whole, and the smallest that goes wrong in the same way. */
	| { do: 'tell'; story: Story | number; shrinks: boolean };

// Nobody reads the stacks of simulated failures, and to take them is slow.
Error.stackTraceLimit = 0;

async function run({ from, count, until }: Extract<Order, { do: 'run' }>): Promise<object> {
	const hash = createHash('sha256');
	const begun = process.cpuUsage();
	const sum = { runs: 0, events: 0, prompts: 0, faults: 0, elapsed: 0 };
	const found: object[] = [];
	for (let seed = from; seed < from + count; seed++) {
		const result = await runStory(writeStory(seed));
		hash.update(result.hash);
		sum.runs++;
		sum.events += result.events;
		sum.prompts += result.prompts;
		sum.faults += result.faults;
		sum.elapsed += result.elapsed;
		if (result.violations.length === 0) continue;
		found.push({ seed, violations: result.violations });
		if (result.violations.some(({ invariant }) => until.includes(invariant))) break;
	}
	const { user, system } = process.cpuUsage(begun);
	return { from, sum, found, hash: hash.digest('hex'), seconds: (user + system) / 1e6 };
}

async function tell(order: Extract<Order, { do: 'tell' }>): Promise<object> {
	const whole = typeof order.story === 'number' ? writeStory(order.story) : order.story;
	const story = order.shrinks ? await shrink(whole) : whole;
	const { trace, violations, hash } = await runStory(story);
	return { story, words: inWords(story), trace, violations, hash };
}

process.on('message', (order: Order) => {
	const work = order.do === 'run' ? run(order) : tell(order);
	void work.then((answer) => process.send?.(answer));
});
