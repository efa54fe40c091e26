import { VideoExport } from '../src/flows/export/exportVideo';
import { newCheckpoint, Heard } from '../test/unit/flows/fakeNemoVideo.cts';
import { testClient, type TestClient } from '../test/unit/support/client.cts';
import { inSeconds, median, percentile, type Bench, type Comparison } from './bench.cts';
import { seededRenders, VirtualNemoVideo } from './virtual/nemoVideo.cts';

const RENDERS = 200;
const MIN_MS = 25_000;
const MAX_MS = 95_000;
const MEDIAN_MS = 2_000;
const P95_MS = 5_000;
const MAX_LOOKS = 10;
/** The defaults of the Export node. */
const POLL = { intervalMs: 30_000, timeoutMs: 30 * 60_000 };
const SEED = 'renders of 25 to 95 s';

/** How renders tell their progress, by the share of their time that has passed. */
const PACES: Record<string, (share: number) => number> = {
	'progress that keeps pace': (share) => share,
	'progress in four steps': (share) => 0.1 + 0.22 * Math.floor(share * 4),
	'progress quick at first': (share) => Math.sqrt(share),
	'progress stuck at 40 %': () => 0.4,
};

interface Found {
	waits: readonly number[];
	looks: readonly number[];
}

/** The package's own export, one render after another in one process. */
async function ours(progress: (share: number) => number): Promise<Found> {
	const nemo = new VirtualNemoVideo({
		turnMs: 0,
		renderMs: seededRenders(SEED, MIN_MS, MAX_MS),
		progress,
	});
	const client: TestClient = testClient(nemo, nemo.clock);
	for (let nth = 0; nth < RENDERS; nth++) {
		const settings = {
			sessionId: String(nth),
			draft: { t: [{ tt: 0, sg: [{ m: { title: String(nth) }, s: 0, d: 1000 }] }], d: 1000 },
			output: { format: 'mp4', quality: 'high' } as const,
			poll: POLL,
			renderAgain: false,
			onTimeout: 'error' as const,
		};
		const work = new VideoExport(client, settings, newCheckpoint(), new Heard());
		await nemo.run(work.run(async () => await Promise.resolve({ sizeBytes: 1 })));
	}
	return { waits: nemo.waits, looks: [...nemo.looks.values()] };
}

/** The same renders, looked at after pauses that know nothing of them. */
async function rival(pauseAfter: (look: number) => number): Promise<Found> {
	const renderMs = seededRenders(SEED, MIN_MS, MAX_MS);
	const waits: number[] = [];
	const looks: number[] = [];
	// What a look and the file's first byte take, in the world that ours are measured in.
	const LATENCY_MS = 40;
	for (let nth = 0; nth < RENDERS; nth++) {
		const ready = renderMs();
		let at = LATENCY_MS;
		let count = 0;
		let seen = 0;
		do {
			at += pauseAfter(count++);
			seen = at + LATENCY_MS;
			at = seen;
		} while (seen < ready);
		waits.push(seen + LATENCY_MS - ready);
		looks.push(count);
	}
	return { waits, looks };
}

const EVERY_30_S = (): number => 30_000;
const GROWING = (look: number): number => Math.min(15_000, 2_000 * 1.5 ** look);

function row(what: string, mine: Found, other: [string, Found], isJudged: boolean): Comparison[] {
	const [name, theirs] = other;
	const waits = (share: number, limitMs: number): Comparison => {
		const of = (found: Found): number =>
			share === 0.5 ? median(found.waits) : percentile(found.waits, share);
		return {
			what: `${share === 0.5 ? 'median' : '95th percentile'} wait from ready to first byte, ${what}`,
			ours: inSeconds(of(mine)),
			rival: `${name} ${inSeconds(of(theirs))}`,
			promise: isJudged ? `at most ${limitMs / 1000} s` : 'none',
			result: inSeconds(of(mine)),
			passed: !isJudged || of(mine) <= limitMs,
		};
	};
	const most = ({ looks }: Found): number => Math.max(...looks);
	return [
		waits(0.5, MEDIAN_MS),
		waits(0.95, P95_MS),
		{
			what: `most looks at one render, ${what}`,
			ours: `${most(mine)} (median ${median(mine.looks)})`,
			rival: `${name} ${most(theirs)} (median ${median(theirs.looks)})`,
			promise: isJudged ? `at most ${MAX_LOOKS}` : 'none',
			result: String(most(mine)),
			passed: !isJudged || most(mine) <= MAX_LOOKS,
		},
	];
}

async function run(): Promise<Comparison[]> {
	const seed: [string, Found] = ['every 30 s', await rival(EVERY_30_S)];
	const cli: [string, Found] = ['2 s x 1.5 up to 15 s', await rival(GROWING)];
	const rows: Comparison[] = [];
	for (const [what, pace] of Object.entries(PACES)) {
		const isFirst = rows.length === 0;
		const mine = await ours(pace);
		rows.push(...row(what, mine, seed, isFirst));
		if (isFirst) rows.push(...row(what, mine, cli, isFirst));
	}
	return rows;
}

export const bench: Bench = {
	name: 'looks',
	about: `${RENDERS} renders of 25 to 95 s (seeded) through the package's own export at default settings, one after another in one process, in virtual time: the code that waits, asks and downloads is the published one, its clock and NemoVideo are simulated, and each request takes 40 ms. So neither the machine nor its load is in the figures. The rivals are NemoVideo's advice to look every 30 s, and the pauses of its own command line tool, over the same renders. What is promised holds for renders whose progress keeps pace; the other rows show what becomes of it where progress tells less.`,
	run,
};
