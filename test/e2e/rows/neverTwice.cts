import assert from 'node:assert/strict';
import type { Emulator } from '../../../emulator/server.cts';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import type { Execution } from '../api.cts';
import { plan, TROUBLES, type Trouble } from '../faultPoints.cts';
import { inParallel } from '../pool.cts';
import { assertSuccess, failureOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';
import { FIVE_TRIES, readFiles, workflow, type Step } from '../workflows.cts';

const AT_ONCE = 5;
const PROMPT = 'Turn these images into a 30-second promo video with background music';
const RECOVERY = { recoveryWaitSeconds: 0.3, recoveryIntervalSeconds: 0.2, recoveryChecks: 3 };

const steps: Step[] = [
	readFiles(`${PHOTO_FOLDER}/${PHOTOS[0]}`),
	{
		type: 'nemoVideoCreateSession',
		parameters: { language: 'en', options: { includeInputFields: true } },
		...FIVE_TRIES,
	},
	{ type: 'nemoVideoUpload', ...FIVE_TRIES },
	{
		type: 'nemoVideoGenerate',
		parameters: { prompt: PROMPT, options: RECOVERY },
		...FIVE_TRIES,
	},
	{
		type: 'nemoVideoExport',
		parameters: { options: { pollIntervalSeconds: 0.1 } },
		...FIVE_TRIES,
	},
];

interface Point {
	endpoint: string;
	/** Which request of the run, counted from 1. */
	nth: number;
	trouble: Trouble;
	/** Needs a credential that was never used. */
	isFirst?: boolean;
}

interface Count {
	prompts: number;
	charged: number;
	renders: number;
	/** In the session that was used in the end. */
	files: number;
}

function count(emulator: Emulator): Count {
	const { promptsAccepted, creditsCharged, renders } = emulator.ledger.summary();
	const used = emulator.sessions.all().at(-1);
	return {
		prompts: promptsAccepted,
		charged: creditsCharged,
		renders,
		files: used?.videoInfos.length ?? 0,
	};
}

/** @returns what is wrong, or undefined */
function complaint(
	{ endpoint, trouble }: Point,
	execution: Execution,
	{ prompts, charged, renders, files }: Count,
	price: number,
): string | undefined {
	if (charged !== prompts * price) return 'a prompt was charged more than once';
	if (prompts > 1) return 'the prompt was sent again';
	if (renders > 1) return 'it was rendered twice';
	if (files > 1) return 'the photo was uploaded twice';
	if (execution.status === 'success') {
		return prompts === 1 && renders === 1 && files === 1 ? undefined : 'something is missing';
	}
	// A prompt that may have arrived is looked for and never sent again, also where it was lost.
	const lostPrompt = endpoint === 'run' && prompts === 0 && files === 1;
	const mayHaveArrived = trouble !== 'connection refused';
	return lostPrompt && mayHaveArrived ? undefined : `it failed: ${failureOf(execution)}`;
}

/** A backend with the workflow that leads through it. */
interface Stand {
	emulator: Emulator;
	run(): Promise<Execution>;
}

async function stand(world: TestContext): Promise<Stand> {
	const { emulator, credentialId } = await world.backend();
	const saved = await world.save(workflow('Never twice', steps), credentialId);
	return { emulator, run: async () => await world.api.runToEnd(saved, 420_000) };
}

/** The requests of a run without a fault; also those that are made only once for a credential. */
async function requestsOf({ emulator, run }: Stand): Promise<string[]> {
	emulator.reset();
	assertSuccess(await run());
	return emulator.requests.all().map(({ endpoint }) => endpoint);
}

const everyFaultPoint: Scenario = {
	name: 'Never twice: one fault at every request of Create Session, Upload, Generate and Export',
	tags: ['twice', 'faults'],
	issue: 3,
	isLong: true,
	async run(world) {
		const stands = [await stand(world)];
		const [first] = stands;
		assert.ok(first);
		const [check = ''] = await requestsOf(first);
		const endpoints = await requestsOf(first);
		while (stands.length < AT_ONCE) {
			const more = await stand(world);
			await requestsOf(more);
			stands.push(more);
		}
		world.note(`requests of a run: (${check},) ${endpoints.join(', ')}`);
		const points = [
			// The token is looked at before its first use only.
			...TROUBLES.map((trouble): Point => ({ endpoint: check, nth: 1, trouble, isFirst: true })),
			...endpoints.flatMap((endpoint, index) =>
				TROUBLES.map((trouble): Point => ({ endpoint, nth: index + 1, trouble })),
			),
		];
		const complaints: string[] = [];
		const results = await inParallel(points, AT_ONCE, async (point, worker) => {
			const known = stands[worker];
			const { emulator, run } = point.isFirst || !known ? await stand(world) : known;
			emulator.reset();
			const planned = await plan(emulator, point.nth, point.trouble);
			const execution = await run();
			const struck = await planned.settle();
			const result = count(emulator);
			const wrong = struck
				? complaint(point, execution, result, emulator.options.costs.generation)
				: 'the fault was not met';
			const name = `${point.endpoint} (request ${point.isFirst ? 0 : point.nth}) ${point.trouble}`;
			if (wrong !== undefined) complaints.push(`${name}: ${wrong}`);
			return { name, execution, ...result };
		});
		for (const { name, execution, prompts, charged, renders, files } of results) {
			world.note(
				`${name.padEnd(56)} ${execution.status.padEnd(8)} accepted ${prompts}, charged ${charged}, renders ${renders}, files ${files}`,
			);
		}
		if (complaints.length > 0) throw new Error(complaints.join('\n'));
		const most = (key: keyof Count) => Math.max(...results.map((result) => result[key]));
		return {
			'fault points': points.length,
			'most prompts': most('prompts'),
			'most charged': most('charged'),
			'most renders': most('renders'),
			'most files': most('files'),
			succeeded: results.filter(({ execution }) => execution.status === 'success').length,
		};
	},
};

export const area = 'Never paid twice';

export const rows: readonly Scenario[] = [everyFaultPoint];
