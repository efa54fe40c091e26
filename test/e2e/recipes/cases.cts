import assert from 'node:assert/strict';
import type { Figures, Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';
import type { Expected, Job, Kind, Row } from './job.cts';
import { Stage } from './stage.cts';

/** Everything that every job has to stand. */
interface Case {
	name: string;
	kinds: Kind[];
	isPoor?: boolean;
}

const CASES: readonly Case[] = [
	{ name: 'makes a film of 1 row', kinds: ['good'] },
	{ name: 'makes films of 20 rows', kinds: Array<Kind>(20).fill('good') },
	{ name: 'reports a bad row and goes on with the others', kinds: ['good', 'bad', 'good'] },
	{ name: 'survives an expired link', kinds: ['good', 'expired'] },
	{ name: 'reports that there are no credits, and sends nothing', kinds: ['good'], isPoor: true },
];

const SUBJECTS = ['mug', 'sneaker', 'lamp', 'backpack', 'headphones'];

function rowsOf(kinds: readonly Kind[]): Row[] {
	return kinds.map((kind, index) => {
		const subject = `${SUBJECTS[index % SUBJECTS.length]} ${index + 1}`;
		return { subject, kind };
	});
}

function expectedOf(job: Job, rows: readonly Row[], isPoor: boolean, version: string): Expected {
	if (isPoor) return { films: 0, failures: 1, prompts: 0, credits: 0 };
	if (job.expected) return job.expected(rows, version);
	const good = rows.filter(
		({ kind }) => kind === 'good' || (kind === 'expired' && job.expires === 'film'),
	).length;
	const { prompts = 1, credits = 100 } = job;
	return {
		films: good,
		failures: rows.length - good,
		prompts: good * prompts,
		credits: good * credits,
	};
}

async function run(
	world: TestContext,
	job: Job,
	{ kinds, isPoor = false }: Case,
): Promise<Figures> {
	const rows = rowsOf(kinds);
	const stage = await Stage.open(world, job);
	const { emulator } = stage;
	if (job.expires === 'film') emulator.options.cdnForbidden = kinds.includes('expired');
	if (isPoor) for (const { account } of emulator.tokens.all()) account.available = 0;
	const { films, failures } = await job.run(stage, rows);
	for (const failure of failures) world.note(failure.replace(/\s+/g, ' ').slice(0, 200));
	const { promptsAccepted, promptsDuplicated, creditsCharged } = emulator.ledger.summary();
	const expected = expectedOf(job, rows, isPoor, world.version);
	const found = { films: films.length, failures: failures.length };
	assert.deepEqual({ ...found, prompts: promptsAccepted, credits: creditsCharged }, expected);
	assert.equal(promptsDuplicated, 0);
	assert.equal(new Set(films).size, films.length, `Films that are the same: ${films}`);
	if (isPoor) assert.match(failures.join(' '), /credits/i);
	if (kinds.includes('expired') && (job.expires ?? 'source') === 'source') {
		assert.match(failures.join(' '), /could not use the link http\S+\/…\/\S+\.jpg.*has expired/s);
	}
	return { films: films.length, failures: failures.length, credits: creditsCharged };
}

/** Some films can't be delivered: each is paid once over two runs, and somebody learns of it. */
async function failDelivery(
	world: TestContext,
	job: Job,
	deliveryFails: NonNullable<Job['deliveryFails']>,
): Promise<Figures> {
	const figures = await tell(world, job, deliveryFails);
	assert.ok(figures.failures > 0, 'Somebody is left without a word');
	return figures;
}

/** Nothing is sent or paid twice, whatever happens in the story. */
async function tell(
	world: TestContext,
	job: Job,
	story: NonNullable<Job['deliveryFails']>,
): Promise<Record<'films' | 'failures' | 'credits', number>> {
	const stage = await Stage.open(world, job);
	const { films, failures, credits } = await story(stage);
	for (const failure of failures) world.note(failure.replace(/\s+/g, ' ').slice(0, 300));
	const { promptsDuplicated, creditsCharged } = stage.emulator.ledger.summary();
	assert.deepEqual(
		{ promptsDuplicated, credits: creditsCharged },
		{ promptsDuplicated: 0, credits },
	);
	assert.ok(!failures.includes(''), 'Somebody is left without a word');
	return { films: films.length, failures: failures.length, credits: creditsCharged };
}

/** The cases of a job, as rows of the suite. */
export function casesOf(job: Job): Scenario[] {
	const tags = ['recipes', 'recipe', job.file];
	const { deliveryFails, stories = {} } = job;
	const more: Scenario[] = deliveryFails
		? [
				{
					name: `Recipe ${job.file} pays once if a delivery fails, and says so`,
					tags,
					issue: 21,
					run: async (world) => await failDelivery(world, job, deliveryFails),
				},
			]
		: [];
	const cases = CASES.map((one) => ({
		name: `Recipe ${job.file} ${one.name}`,
		tags,
		issue: 21,
		isLong: one.kinds.length > 3,
		run: async (world: TestContext) => await run(world, job, one),
	}));
	const own = Object.entries(stories).map(([name, story]) => ({
		name: `Recipe ${job.file} ${name}`,
		tags,
		issue: 21,
		run: async (world: TestContext) => await tell(world, job, story),
	}));
	return [...cases, ...more, ...own];
}
