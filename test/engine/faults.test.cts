import { Sequence } from '../../emulator/random.cts';
import type { RequestEntry } from '../../emulator/requests.cts';
import {
	startEmulator,
	type Emulator,
	type EmulatorOptions,
	type FaultKind,
} from '../../emulator/server.cts';
import { SHAPE_PRESETS } from '../../emulator/shapes.cts';
import { systemClock, wait } from '../../src/n8n/wait';
import { report } from '../report.cts';
import { connectedCredential } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { PROMPT } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const RUNS = 200;
/** Emulators and engines at work at the same time. */
const LANES = 4;
/** The waits between tries and looks pass this many times faster; sockets and engine are real. */
const FASTER = 20;

/** `noListener`: the connection is never made. The others are the emulator's. */
const FAULTS = [
	'noListener',
	'refuse',
	'dropBefore',
	'dropAfter',
	'truncate',
	'dropAfterAnswer',
] as const;
type FaultName = (typeof FAULTS)[number];

/** The n-th request of a run, or the one for the video; a run without faults makes 13 or 14. */
type Place = number | 'file' | 'download';
/**
 * In order: session; state, upload; state, turn, state; state, look, submit, at least two looks.
 * The video follows, and the download endpoint where its own address is closed.
 */
const PLACES: readonly Place[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 'file', 'download'];

interface Plan {
	seed: number;
	dialect: 'flat' | 'adk';
	faults: ReadonlyArray<{ place: Place; fault: FaultName; times: number }>;
	/** The first render fails at NemoVideo. */
	renderFails: boolean;
	/** How NemoVideo words its answers; its documents show several ways. */
	options: Partial<EmulatorOptions>;
}

/**
 * Every fault at every request, in both dialects; then faults at two or three places, or for
 * longer than one node's own tries last.
 */
function planOf(seed: number): Plan {
	const chance = new Sequence('faults', seed);
	const some = <T,>(list: readonly T[]): T => list[chance.between(0, list.length - 1)] as T;
	const singles = PLACES.flatMap((place) => FAULTS.map((fault) => ({ place, fault, times: 1 })));
	const single = singles[seed % singles.length];
	const rest = seed - 2 * singles.length;
	const dialect = (rest < 0 ? seed < singles.length : chance.next() < 0.5) ? 'flat' : 'adk';
	const faults: Array<Plan['faults'][number]> = [];
	if (rest < 0) {
		if (single) faults.push(single);
	} else if (rest % 2 === 0) {
		const count = chance.between(2, 3);
		while (faults.length < count) {
			faults.push({ place: chance.between(1, 14), fault: some(FAULTS), times: 1 });
		}
	} else {
		const outage = Math.floor(rest / 2);
		const fault = outage % 2 === 0 ? 'dropAfter' : 'truncate';
		faults.push({ place: 1 + (Math.floor(outage / 2) % 11), fault, times: chance.between(6, 12) });
	}
	return {
		seed,
		dialect,
		faults,
		renderFails: chance.next() < 0.15,
		options: {
			shapes: some(Object.keys(SHAPE_PRESETS)),
			duplicateRenderAs: some(['409', '400', '200'] as const),
			unknownRenderAs: some(['404', '200'] as const),
			cdnForbidden: faults.some(({ place }) => place === 'download') || chance.next() < 0.1,
		},
	};
}

const RETRIED = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
const NODES: NodeSpec[] = [
	{
		type: 'nemoVideoCreateSession',
		parameters: { language: 'en', options: { includeInputFields: true } },
		...RETRIED,
	},
	{ type: 'nemoVideoUpload', parameters: { binaryPropertyName: '*' }, ...RETRIED },
	{
		type: 'nemoVideoGenerate',
		parameters: {
			prompt: PROMPT,
			options: { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.6, recoveryChecks: 20 },
		},
		...RETRIED,
	},
	{
		type: 'nemoVideoExport',
		parameters: { options: { pollIntervalSeconds: 0.1 } },
		...RETRIED,
	},
];
const picture = (name: string) => ({ fileName: name, mimeType: 'image/png', content: name });
const ROW: RowSpec = { files: { first: picture('1.png'), second: picture('2.png') } };

const isUnheardDownload = ({ place, fault }: Plan['faults'][number]): boolean =>
	place === 'download' && fault === 'noListener';

/** Closes the listener just before the wanted requests, and opens it again soon after. */
function plan(emulator: Emulator, { faults }: Plan): () => Promise<void> {
	let opening: Promise<void> = Promise.resolve();
	const shut = (): void => {
		opening = emulator
			.refuse()
			.then(async () => await wait(40))
			.then(async () => await emulator.listen());
	};
	for (const { place, fault, times } of faults) {
		if (fault === 'noListener') continue;
		const at = typeof place === 'number' ? { nth: place } : { endpoint: place };
		emulator.faults.add({ kind: fault satisfies FaultKind, times, ...at });
	}
	const isShutAt = (number: number): boolean =>
		faults.some(({ place, fault }) => fault === 'noListener' && place === number);
	if (isShutAt(1)) shut();
	const forget = emulator.events.on(({ type, request, endpoint }) => {
		if (type !== 'request.closed' || request !== emulator.requests.all().length) return;
		const forbidden = endpoint === 'file' && faults.some(isUnheardDownload);
		if (isShutAt(Number(request) + 1) || forbidden) shut();
	});
	return async () => {
		forget();
		await opening;
	};
}

interface Outcome {
	plan: Plan;
	result: RunResult;
	charged: number;
	/** What the ledger shows that must not be; empty when all is well. */
	wrong: string[];
	hit: number;
}

async function attempt(emulator: Emulator, engine: Engine, given: Plan): Promise<Outcome> {
	emulator.reset();
	Object.assign(emulator.options, {
		seed: given.seed,
		dialect: given.dialect,
		...given.options,
		renderOutcomes: given.renderFails ? ['failed'] : [],
	});
	const end = plan(emulator, given);
	const result = await engine.run(chain([ROW], ...NODES));
	await end();
	const { ledger, sessions } = emulator;
	const accepted = ledger.prompts.filter((prompt) => prompt.accepted);
	const wrong: string[] = [];
	const must = (holds: boolean, what: string): void => void (holds || wrong.push(what));

	must(accepted.length <= 1, `${accepted.length} prompts accepted`);
	must(
		ledger.summary().creditsCharged === 100 * accepted.length,
		`${ledger.summary().creditsCharged} credits charged`,
	);
	for (const { id, videoInfos } of sessions.all()) {
		const names = videoInfos.map(({ filename }) => filename).join();
		must(['', '1.png,2.png'].includes(names), `session ${id} holds ${names}`);
	}
	const expected = given.renderFails ? 2 : 1;
	must(ledger.renders.length <= expected, `${ledger.renders.length} renders`);
	must(
		ledger.renders.every(({ sameAsState }) => sameAsState),
		'a draft was changed on its way',
	);
	if (accepted.length === 1) {
		must(result.status === 'success', `the run failed: ${result.error?.message}`);
		must(ledger.renders.length === expected, `${ledger.renders.length} renders in the end`);
		const [item] = result.items('Node 4');
		must(item?.binary?.data?.bytes === emulator.options.cannedBytes, 'no whole video came');
	} else if (result.status !== 'success') {
		must(result.runs('Node 3').length > 0, `it failed early: ${result.error?.message}`);
	}
	const hit = emulator.requests.all().filter(({ fault }) => fault !== undefined).length;
	return { plan: given, result, charged: accepted.length, wrong, hit };
}

function describeRun({ plan: given, wrong }: Outcome, requests: RequestEntry[]): string {
	const faults = given.faults.map(({ place, fault, times }) => `${times} ${fault} from ${place}`);
	const path = requests
		.map(({ endpoint, fault }) => (fault === undefined ? endpoint : `${endpoint}!${fault}`))
		.join(' ');
	return `seed ${given.seed} (${given.dialect}; ${faults.join(', ')}): ${wrong.join('; ')} [${path}]`;
}

it(`charges no prompt twice, doubles no upload and no render, in ${RUNS} seeded runs with faults`, async () => {
	jest
		.spyOn(systemClock, 'wait')
		.mockImplementation(async (ms, signal) => await wait(ms / FASTER, signal));
	const seeds = Array.from({ length: RUNS }, (_, seed) => seed);
	const outcomes: Outcome[] = [];
	const problems: string[] = [];
	const lane = async (): Promise<void> => {
		const emulator = await startEmulator({ turnMs: 20, stageGapMs: 10, renderMs: 20 });
		try {
			const engine = await createEngine({ credential: connectedCredential(emulator) });
			// The token is checked once; afterwards every run makes the same requests.
			await engine.runNode([{}], { type: 'nemoVideoCredits' });
			for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
				const outcome = await attempt(emulator, engine, planOf(seed));
				outcomes.push(outcome);
				if (outcome.wrong.length > 0) {
					problems.push(describeRun(outcome, emulator.requests.all()));
				}
			}
		} finally {
			await emulator.close();
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));

	expect(problems).toEqual([]);
	expect(outcomes).toHaveLength(RUNS);
	const once = outcomes.filter(({ charged }) => charged === 1).length;
	const twice = outcomes.filter(({ charged }) => charged > 1).length;
	// Faults that hit nothing would prove nothing.
	expect(outcomes.filter(({ hit }) => hit > 0).length).toBeGreaterThan(RUNS / 2);
	report(
		'seeded fault runs',
		`${RUNS}: ${once} charged once, ${RUNS - once - twice} refused or lost before NemoVideo, ${twice} charged twice`,
	);
}, 600_000);
