import { freePort } from '../test/e2e/ports.cts';
import { itemsOf } from '../test/e2e/results.cts';
import { rows as tableRows } from '../test/e2e/workflows.cts';
import { inSeconds, type Bench, type Comparison } from './bench.cts';
import { profileWhile, selfTimes } from './inspector.cts';
import { OURS, PACE, TestBed } from './testBed.cts';

const ROWS = 50;
const PARALLEL = 10;
/** The most of one core that our own code may take while it waits for so many videos. */
const MAX_OF_CORE = 0.05;
const SHOWN = 8;

const isOurs = (url: string): boolean => /node_modules\/n8n-nodes-nemovideo\//.test(url);
const THIS_PACKAGE = 'this package';

interface Part {
	name: string;
	fits(url: string, functionName: string): boolean;
}

/** In the order in which they are asked; the rest is Node itself. */
const PARTS: readonly Part[] = [
	{ name: 'waiting', fits: (_, name) => name === '(idle)' },
	{ name: 'collecting garbage', fits: (_, name) => name === '(garbage collector)' },
	{ name: THIS_PACKAGE, fits: isOurs },
	{
		name: "n8n's HTTP client",
		fits: (url) => /node_modules\/(axios|follow-redirects|form-data)\//.test(url),
	},
	{
		name: "n8n's database",
		fits: (url) => /node_modules\/(@n8n\/typeorm|sqlite3|@n8n\/db)\//.test(url),
	},
	{ name: 'n8n and its other libraries', fits: (url) => url.includes('node_modules') },
	{ name: 'Node', fits: () => true },
];

async function run(): Promise<Comparison[]> {
	const port = await freePort();
	const stand = await TestBed.open(PACE, { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
	try {
		const prompts = Array.from({ length: ROWS }, (_, at) => ({
			prompt: `Create a video of lake ${at}`,
		}));
		const batch = async (values: typeof prompts): Promise<void> => {
			const execution = await stand.steps(`${values.length} rows`, ...tableRows(values), {
				type: 'nemoVideoCreateVideo',
				name: OURS,
				parameters: {
					prompt: '={{ $json.prompt }}',
					options: { parallel: PARALLEL, pollIntervalSeconds: 1 },
				},
			});
			const made = itemsOf(execution, OURS).filter(({ binary }) => binary?.data !== undefined);
			if (made.length !== values.length) throw new Error(`${made.length} videos were made`);
		};
		// Loads what is loaded at the first use.
		await batch(prompts.slice(0, 1));
		const times = selfTimes(await profileWhile(port, async () => await batch(prompts)));
		const wall = times.reduce((sum, { ms }) => sum + ms, 0);
		const parts = new Map(PARTS.map(({ name }) => [name, 0]));
		for (const { url, functionName, ms } of times) {
			const part = PARTS.find(({ fits }) => fits(url, functionName))?.name ?? 'Node';
			parts.set(part, (parts.get(part) ?? 0) + ms);
		}
		const ours = times.filter(({ url }) => isOurs(url)).sort((one, other) => other.ms - one.ms);
		for (const { functionName, url, ms } of ours.slice(0, SHOWN)) {
			console.log(
				`  ${ms.toFixed(0).padStart(5)} ms  ${functionName || '(anonymous)'}  ${url.split('/dist/')[1]}`,
			);
		}
		const busy = wall - (parts.get('waiting') ?? 0);
		return [...parts].map(([name, ms]) => {
			const isJudged = name === THIS_PACKAGE;
			const share = ms / wall;
			return {
				what: name,
				ours: inSeconds(ms),
				rival: name === 'waiting' ? `all ${inSeconds(wall)}` : `n8n at work ${inSeconds(busy)}`,
				promise: isJudged ? `at most ${MAX_OF_CORE * 100} % of a core` : 'none',
				result: `${(share * 100).toFixed(1)} %`,
				passed: !isJudged || share <= MAX_OF_CORE,
			};
		});
	} finally {
		await stand.close();
	}
}

export const bench: Bench = {
	name: 'profile',
	about: `Where the time of n8n's process goes while Create Video makes ${ROWS} videos, ${PARALLEL} in parallel (a turn takes 3 s, a render 2 s, looked at every second): V8's sampling profiler over the batch, by who was on the stack's top. Percentages are of one core.`,
	run,
};
