import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allExamples } from '../../tools/demo/example.cts';
import { ROOT } from '../../tools/descriptions.cts';
import type { WorkflowFile } from '../e2e/api.cts';
import { JOBS } from '../e2e/recipes/jobs/all.cts';

type Node = WorkflowFile['nodes'][number];

/** What the note of a template has to tell. */
const HEADINGS = [
	'**For**',
	'**Where things come from**',
	'**Where the film',
	'**When something fails**',
	'**What it costs**',
	'**Set up**',
	'**Try it with 1 ',
];
const SECTIONS = ['The workflow', 'Settings that matter', 'Cost and time', 'What people get wrong'];
/** Hosts that belong to nobody, and the one that a finished video gets. */
const PUBLIC_HOSTS = ['blog.example', 'youtu.be'];
const MIN_DISTANCE = 90;

const FILES = [...allExamples()].filter(([file]) => file.startsWith('jobs/'));
const nameOf = (file: string): string => file.replace(/^jobs\/|\.json$/g, '');
const isNote = ({ type }: Node): boolean => type.endsWith('.stickyNote');

/** What gives a film, its link or a file of it to somebody else. */
const isUpload = ({ type, parameters }: Node): boolean =>
	(/\.(?:googleDrive|youTube)$/.test(type) && parameters.operation === 'upload') ||
	(type.endsWith('.wooCommerce') && parameters.operation === 'update') ||
	(type.endsWith('.telegram') && parameters.operation === 'sendVideo') ||
	(type.endsWith('.emailSend') && 'attachments' in Object(parameters.options));

interface Outputs {
	main: Array<Array<{ node: string }>>;
}

interface Locator {
	mode: string;
	value: unknown;
	cachedResultName?: string;
}

/** Every choice of a document, table, channel and so on, however deep it lies. */
function locatorsIn(value: unknown): Locator[] {
	if (typeof value !== 'object' || value === null) return [];
	if ('__rl' in value) return [value as unknown as Locator];
	return Object.values(value).flatMap(locatorsIn);
}

/** The names of the nodes that others lead to. */
function targetsIn({ connections }: WorkflowFile): string[] {
	return [...JSON.stringify(connections).matchAll(/"node":"((?:[^"\\]|\\.)*)"/g)].map(
		([, name]) => JSON.parse(`"${name}"`) as string,
	);
}

it('every job has a file, five cases in n8n, and a page', () => {
	expect(FILES.map(([file]) => nameOf(file))).toEqual(JOBS.map(({ file }) => file).sort());
});

describe.each(FILES)('%s, as a template for n8n’s library', (file, workflow) => {
	const text = JSON.stringify(workflow);
	const { nodes, connections } = workflow;
	const [note] = nodes.filter(isNote);
	const steps = nodes.filter((node) => !isNote(node));

	it('has a name that says what it does', () => {
		expect(workflow.name).toMatch(/^[A-Z].{19,90}$/);
	});

	it('holds nothing of the machine it was made on', () => {
		expect(Object.keys(workflow).sort()).toEqual([
			'connections',
			'name',
			'nodes',
			'pinData',
			'settings',
		]);
		expect(workflow.pinData).toEqual({});
		expect(nodes.filter((node) => 'credentials' in node)).toEqual([]);
		const chosen = locatorsIn(nodes.map(({ parameters }) => parameters)).filter(
			({ mode, value, cachedResultName }) =>
				value !== '' &&
				!String(value).startsWith('=') &&
				!(mode === 'list' && cachedResultName === value),
		);
		expect(chosen.filter(({ value }) => !/^gpt-/.test(String(value)))).toEqual([]);
	});

	it('names no host, address or secret of anybody', () => {
		const hosts = [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host);
		expect(hosts.filter((host = '') => !PUBLIC_HOSTS.includes(host))).toEqual([]);
		const mails = [...text.matchAll(/[\w.]+@[\w.-]+\.\w+/g)].map(([mail]) => mail);
		expect(mails.filter((mail) => !mail.endsWith('@example.com'))).toEqual([]);
		expect(text).not.toMatch(/nmv_usr_|xox[bp]-|sk-[\w-]{8}|Bearer /);
	});

	it('begins with a note that tells everything before it’s run', () => {
		const content = String(note?.parameters.content);
		expect(content).toMatch(/^## /);
		expect(HEADINGS.filter((heading) => !content.includes(heading))).toEqual([]);
	});

	it('has nodes with names of their own, none upon another, all of them connected', () => {
		expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		const targets = targetsIn(workflow);
		const names = steps.map(({ name }) => name);
		expect(targets.filter((name) => !names.includes(name))).toEqual([]);
		const loose = names.filter((name) => !targets.includes(name) && !(name in connections));
		expect(loose).toEqual([]);
		const places = steps.map(({ position }) => position as [number, number]);
		const near = places.filter(([x, y], index) =>
			places.some(
				([otherX, otherY], other) =>
					other > index && Math.hypot(x - otherX, y - otherY) < MIN_DISTANCE,
			),
		);
		expect(near).toEqual([]);
	});

	it('leads every failure of a film somewhere', () => {
		const films = steps.filter(({ type }) => /nemoVideo(?:CreateVideo|Assistant)$/.test(type));
		for (const { name, onError } of films) {
			const { main } = connections[name] as { main: unknown[][] };
			expect({ name, onError }).toEqual({ name, onError: 'continueErrorOutput' });
			expect(main[1]).not.toEqual([]);
			expect(main[1]).toBeDefined();
		}
	});

	it('leads every failure of a delivery somewhere, if the cases in n8n let one fail', () => {
		if (JOBS.find((job) => job.file === nameOf(file))?.deliveryFails === undefined) return;
		const kindOf = (name: unknown): string =>
			steps
				.find((step) => step.name === name)
				?.type.split('.')
				.at(-1) ?? '';
		const lost = steps.filter(isUpload).filter(({ name, onError }) => {
			const [done = [], failed = []] = (connections[name] as Outputs).main;
			// Google Drive's failures have no link to their input on an error output of their own.
			const isSorted = done.length > 0 && done.every(({ node }) => kindOf(node) === 'if');
			if (onError === 'continueRegularOutput') return !isSorted;
			return onError !== 'continueErrorOutput' || failed.length === 0;
		});
		expect(lost.map(({ name }) => name)).toEqual([]);
	});

	it('has a page with the workflow, its settings, cost, time and what people get wrong', () => {
		const page = join(ROOT, 'docs', 'recipes', `${nameOf(file)}.md`);
		expect(existsSync(page)).toBe(true);
		const content = readFileSync(page, 'utf8');
		expect(SECTIONS.filter((section) => !content.includes(`\n## ${section}\n`))).toEqual([]);
		expect(content).toContain(`# ${workflow.name}\n`);
		expect(content).toContain(`(../../examples/${file})`);
		expect(content).toMatch(/\n\| 10 .*\n\| 100 /);
	});

	it('has a page that says where people ask about it', () => {
		const page = readFileSync(join(ROOT, 'docs', 'recipes', `${nameOf(file)}.md`), 'utf8');
		const [, wrong = ''] = page.split(`\n## ${SECTIONS.at(-1)}\n`);
		expect(wrong).toMatch(
			/^- .*\[[^\]]+\]\(https:\/\/(?:github\.com|support\.airtable\.com)\/[^)]+\)/m,
		);
	});
});
