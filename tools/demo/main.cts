/**
 * `npm run demo`: "five product photos and a caption into a 30-second promo" with the packed nodes,
 * against the emulator; the film is looked at afterwards.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MOMENTS } from './checkFilm.cts';
import { makeStills } from './film.cts';
import { plainWords } from '../plainWords.cjs';
import { Interruption } from './interruption.cts';
import { withLoadingReport } from './loading.cts';
import { HELP, readOptions, type DemoOptions } from './options.cts';
import { Verdict } from './verdict.cts';

const ROOT = join(__dirname, '..', '..');
const OUTPUT = join(ROOT, 'output', 'demo');
const STILLS = join(ROOT, 'docs', 'film.jpg');
/** With the title, without it, and one of each further photo. Seconds. */
const STILL_MOMENTS = [1.5, 4.5, ...MOMENTS.slice(1)];

const NEXT = `
See it in the editor: npm start
  (a real n8n; the first time, this installs 3 GB and needs Python 3, make and a C++ compiler)`;

/** Ctrl+C can end the programs that were started a moment before this one hears of it. */
const INTERRUPTION_MS = 200;

/** What every way of running the demo gets. */
export interface Demo {
	options: DemoOptions;
	/** The folder for its films. */
	output: string;
	interruption: Interruption;
	verdict: Verdict;
}

/** Loaded when needed, so that nobody waits for what the other one needs. */
async function wayOf({ n8n }: DemoOptions): Promise<(demo: Demo) => Promise<string[]>> {
	if (n8n !== undefined) return (require('./inN8n.cts') as typeof import('./inN8n.cts')).runInN8n;
	const load = () => require('./embedded.cts') as typeof import('./embedded.cts');
	return (await withLoadingReport("Loading n8n's engine", load)).runEmbedded;
}

async function run(options: DemoOptions, interruption: Interruption): Promise<void> {
	await rm(OUTPUT, { recursive: true, force: true });
	await mkdir(OUTPUT, { recursive: true });
	const verdict = new Verdict();
	const runDemo = await wayOf(options);
	const films = await runDemo({ options, output: OUTPUT, interruption, verdict });
	console.log(`\nFilms: ${films.join('\n       ')}`);
	const { failures } = verdict;
	const [film] = films;
	if (options.takesStills && film !== undefined && failures.length === 0) {
		await makeStills(film, STILL_MOMENTS, STILLS);
		console.log(`Stills of ${film}: ${STILLS}`);
	}
	console.log(failures.length === 0 ? 'Demo: everything as promised.' : 'Demo: FAILED');
	for (const failure of failures) console.log(`  ${failure}`);
	console.log(NEXT);
	process.exit(failures.length === 0 ? 0 : 1);
}

function main(args: string[]): void {
	if (args.includes('--help')) return console.log(HELP);
	const interruption = new Interruption();
	const fail = async (error: unknown): Promise<void> => {
		await setTimeout(INTERRUPTION_MS);
		// What was under way fails when it is cut off.
		if (interruption.isUnderWay) return;
		console.error(`\nThe demo failed: ${plainWords(error)}`);
		process.exit(1);
	};
	for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
		process.on(event, (error: unknown) => void fail(error));
	}
	run(readOptions(args), interruption).catch(fail);
}

main(process.argv.slice(2));
