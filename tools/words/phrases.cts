import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readNodes, readSchemas, type OutputSchema } from '../descriptions.cts';

/** Phrases that read as if they were translated, and what to write instead. */
const PHRASES: ReadonlyArray<readonly [RegExp, string]> = [
	[/\b(?:came|come|comes) to nothing\b/i, 'say what the result was'],
	[/\b(?:is|are|was|were|be|been) told\b/i, 'say who reports what'],
	[/\btold apart\b/i, 'distinguish'],
	[/\b(?:go|goes|went|going) on\b/i, 'continue'],
	[/\bat once\b/i, 'immediately, or at the same time'],
	[/\bin the place of\b|\bin its place\b/i, 'instead of'],
	[/\bby hand\b/i, 'manually'],
	[/\banew\b/i, 'again'],
	[/\b(?:at work|under way)\b/i, 'running, or in progress'],
	[/\bwork(?:s|ed|ing)?(?: \S+)? off\b/i, 'process'],
	[/\bhands? over\b/i, 'return'],
	[/\bshall\b/i, 'should'],
	[/\bbecame of\b/i, 'the result of'],
	[/\btime (?:is|was) up\b/i, 'the time limit was reached'],
	[/\bfell silent\b|\bfalls silent\b/i, 'stall'],
	[/\bof no use\b/i, "say what doesn't help"],
	[/\bin hand\b/i, 'name the thing'],
	[/\bin the midst\b/i, 'in the middle of'],
	[
		/\b(?:one|frames|files|cells|MB|MiB|videos|credits) (?:a|an) (?:second|hour|file|line|video)\b/,
		'per',
	],
	[/\bout of order\b/i, 'unavailable'],
	[/\bturn about\b/i, 'alternating'],
];

/** @returns the phrases in a text that read as if they were translated */
export function phraseFaults(text: string): string[] {
	return PHRASES.flatMap(([pattern, instead]) => {
		const found = pattern.exec(withoutCode(text));
		return found ? [`'${found[0]}' (${instead})`] : [];
	});
}

/** Code, addresses and quoted words stay as they are. */
function withoutCode(text: string): string {
	return text.replace(/```[\s\S]*?```|`[^`]*`|\]\([^)]*\)|"[^"]*"/g, '');
}

const REPLIES = 'src/flows/assistant/messages/english.ts';

interface Read {
	place: string;
	text: string;
}

/** These keep what test and benchmark runs have recorded. */
const RECORDED = new Set(['docs/benchmarks.md', 'docs/compatibility.md']);

/** The lines of the documents, and of what the Assistant says in English. */
export function writtenLines(): Read[] {
	const pages = (folder: string): string[] =>
		readdirSync(join(ROOT, folder))
			.filter((file) => file.endsWith('.md'))
			.map((file) => `${folder}/${file}`)
			.filter((file) => !RECORDED.has(file));
	const files = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', REPLIES];
	return [...files, ...pages('docs'), ...pages('docs/decisions'), ...pages('docs/recipes')].flatMap(
		(file) =>
			readFileSync(join(ROOT, file), 'utf8')
				.replace(/```[\s\S]*?```/g, (code) => code.replace(/[^\n]/g, ''))
				.split('\n')
				.map((text, index) => ({ place: `${file}:${index + 1}`, text })),
	);
}

/** The notes on the canvas of the examples and of the jobs. */
export function notesOfExamples(): Read[] {
	return ['examples', 'examples/jobs'].flatMap((folder) =>
		readdirSync(join(ROOT, folder))
			.filter((file) => file.endsWith('.json'))
			.flatMap((file) => notesOf(`${folder}/${file}`)),
	);
}

function notesOf(file: string): Read[] {
	const { nodes }: Workflow = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
	return nodes.flatMap(({ name, parameters: { content } }) =>
		content === undefined ? [] : [{ place: `${file}: ${name}`, text: content }],
	);
}

interface Workflow {
	nodes: Array<{ name: string; parameters: { content?: string } }>;
}

/** What n8n shows of each field of the output, or of those of one type. */
export function outputDescriptions(type?: string): Read[] {
	return readNodes().flatMap((node) =>
		readSchemas(node).flatMap(({ operation = '', schema }) =>
			describedIn(schema, `${node.description.name}.${operation}`, type),
		),
	);
}

function describedIn(schema: OutputSchema, place: string, type?: string): Read[] {
	const { description, properties, items } = schema;
	const isOfType = type === undefined || schema.type === type;
	const own = description === undefined || !isOfType ? [] : [{ place, text: description }];
	const inner = Object.entries(properties ?? {}).flatMap(([name, field]) =>
		describedIn(field, `${place}.${name}`, type),
	);
	return [...own, ...inner, ...(items ? describedIn(items, `${place}[]`, type) : [])];
}
