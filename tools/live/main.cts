/**
 * `npm run test:live`: walks the real NemoVideo once, keeps the shapes of its answers in output/live and
 * says where the emulator, on which all other tests rest, differs from them.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { ROOT } from '../descriptions.cts';
import { endInWords } from '../plainWords.cjs';
import { compare, type Differences } from './compare.cts';
import { emulatedWalks } from './emulated.cts';
import { smallPhoto } from './photo.cts';
import { source } from './source.cts';
import { PROMPT, walk, type Walked } from './walk.cts';

const OUTPUT = join(ROOT, 'output', 'live');
const POLL_MS = 10_000;

const HELP = `NEMO_TOKEN=nmv_usr_… npm run test:live [-- --yes]
  NEMO_API_URL   another address of the API
  --yes          spends without asking`;

const plan = (baseUrl: string): string => `Against ${baseUrl}:
  1. read the credits                         free
  2. make a session                           free
  3. upload one photo of 34 kB                free
  4. one prompt, sent once                    COSTS CREDITS
     "${PROMPT}"
  5. read the state                           free
  6. export the film and download it          free
  7. a wrong token, an unknown session and an unknown render, to see the refusals

Only types of fields are kept, in ${relative(ROOT, OUTPUT)}: no token, no id, no text, no link.
`;

async function ask(available: number): Promise<boolean> {
	if (!process.stdin.isTTY) {
		console.log('There is nobody to ask: add --yes to spend credits.');
		return false;
	}
	const lines = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await lines.question(
		`${available} credits are there. Go on and spend some? (y/N) `,
	);
	lines.close();
	return /^y(es)?$/i.test(answer.trim());
}

function list(title: string, lines: readonly string[]): string {
	return `${title}: ${lines.length === 0 ? 'none' : `\n  ${lines.join('\n  ')}`}\n`;
}

async function report({ sightings, failures }: Walked, differences: Differences): Promise<void> {
	await mkdir(OUTPUT, { recursive: true });
	const shapes = join(OUTPUT, 'shapes.json');
	await writeFile(shapes, `${JSON.stringify(sightings, null, '\t')}\n`);
	const text = [
		list('Where the package could not go on (its schemas or its reading are wrong)', failures),
		list('NemoVideo sends what the emulator does not', differences.unknown),
		list('The emulator always sends what NemoVideo did not', differences.missing),
	].join('\n');
	const file = join(OUTPUT, 'differences.txt');
	await writeFile(file, text);
	console.log(`\n${text}\nShapes: ${relative(ROOT, shapes)}\nThis list: ${relative(ROOT, file)}`);
}

async function main(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: {
			yes: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const token = process.env.NEMO_TOKEN?.trim() ?? '';
	if (token === '') throw new Error(`NEMO_TOKEN is not set.\n${HELP}`);
	const baseUrl = process.env.NEMO_API_URL?.trim() || source.DEFAULT_BASE_URL;
	console.log(plan(baseUrl));
	const photo = smallPhoto();
	const walked = await walk({
		baseUrl,
		token,
		photo,
		maySpend: async (available) => values.yes || (await ask(available)),
		print: (line) => console.log(line),
		pollMs: POLL_MS,
	});
	console.log('\nThe same walk against the emulator …');
	const differences = compare(walked.sightings, await emulatedWalks(photo));
	// What was not walked is not missing.
	if (walked.declined || walked.failures.length > 0) differences.missing = [];
	await report(walked, differences);
	process.exitCode = walked.failures.length > 0 || walked.declined ? 1 : 0;
}

void endInWords(() => main(process.argv.slice(2)));
