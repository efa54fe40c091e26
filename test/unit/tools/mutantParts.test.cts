import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
/** Types alone, in which nothing can be changed, and the Assistant's words. */
const WITHOUT_CODE = [
	'src/api/stream/agentEvent.ts',
	'src/flows/assistant/chat.ts',
	'src/flows/generate/generateSettings.ts',
	'src/flows/upload/uploadSettings.ts',
	'src/flows/progress.ts',
	'src/flows/assistant/messages',
	'src/flows/checkpoint.ts',
];

interface Chosen {
	part: string;
	group: { name: string; mutate: string[]; tests: string[] };
	files: string[];
}

const script = (words: string[]): string[] => [
	'--input-type=module',
	'-e',
	`import { chosen } from './tools/mutants/parts.mjs';
	console.log(JSON.stringify(chosen(${JSON.stringify(words)})));`,
];
const chosen = (...words: string[]): Chosen[] =>
	JSON.parse(execFileSync(process.execPath, script(words), { cwd: ROOT, encoding: 'utf8' }));

const all = chosen();

it('every file of the streams and flows belongs to one group', () => {
	const measured = all.flatMap(({ files }) => files);
	expect(new Set(measured).size).toBe(measured.length);
	const present = ['src/api/stream', 'src/flows'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => `${folder}/${file}`),
	);
	const missing = present.filter(
		(file) => !measured.includes(file) && !WITHOUT_CODE.some((without) => file.startsWith(without)),
	);
	expect(missing).toEqual([]);
});

it('every group has tests by each of its patterns', () => {
	for (const pattern of all.flatMap(({ group }) => group.tests)) {
		const [, folder = '', name = ''] = /^(.*)\/([^/]*)\*\.test\.cts$/.exec(pattern) ?? [];
		const files = readdirSync(join(ROOT, folder)).filter((file) => file.startsWith(name));
		expect({ pattern, found: files.some((file) => file.endsWith('.test.cts')) }).toEqual({
			pattern,
			found: true,
		});
	}
});

it('a part, a file, or both can be chosen', () => {
	expect(new Set(chosen('n8n').map(({ part }) => part))).toEqual(new Set(['n8n']));
	expect(chosen('src/flows/createVideo/creditBudget.ts').map(({ files }) => files)).toEqual([
		['src/flows/createVideo/creditBudget.ts'],
	]);
	expect(
		chosen('src/flows/createVideo/creditBudget.ts', 'stream').map(({ part }) => part),
	).toContain('flows');
});

it('what is neither is refused, with the names of the parts', () => {
	const { status, stderr } = spawnSync(process.execPath, script(['flow']), {
		cwd: ROOT,
		encoding: 'utf8',
	});
	expect(status).not.toBe(0);
	expect(stderr).toMatch(/Nothing to measure in flow; parts are stream, flows, n8n/);
});

it('the page with the scores names no file that is no longer measured', () => {
	const page = readFileSync(join(ROOT, 'docs/mutation-tests.md'), 'utf8');
	const named = [...page.matchAll(/`(src\/[\w/]+\.ts)`/g)].map(([, file = '']) => file);
	const measured = all.flatMap(({ files }) => files);
	expect(named.filter((file) => !measured.includes(file))).toEqual([]);
});
