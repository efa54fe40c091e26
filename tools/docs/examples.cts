import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../descriptions.cts';
import { cell } from './nodes.cts';

interface Workflow {
	name: string;
	nodes: Array<{ type: string }>;
}

interface Example {
	file: string;
	name: string;
	/** The NemoVideo nodes in it. */
	own: string[];
	/** Path of its picture. */
	picture: string;
}

/** @param folder below the folder of examples */
function examples(folder = ''): Example[] {
	const path = join(ROOT, 'examples', folder);
	const files = readdirSync(path).filter((file) => file.endsWith('.json'));
	return files.sort().map((file) => {
		const { name, nodes }: Workflow = JSON.parse(readFileSync(join(path, file), 'utf8'));
		const own = nodes.flatMap(({ type }) => {
			const [, kind] = /^n8n-nodes-nemovideo\.nemoVideo(\w+?)(?:Tool)?$/.exec(type) ?? [];
			return kind === undefined ? [] : [kind.replace(/([a-z])([A-Z])/g, '$1 $2')];
		});
		const picture = `images/examples/${join(folder, file).replace(/\.json$/, '.png')}`;
		return { file, name: cell(name), own: [...new Set(own)], picture };
	});
}

/** Every example workflow with the NemoVideo nodes in it, for a page in docs. */
export function exampleList(): string {
	const rows = examples().map(({ file, name, own, picture }) => {
		return `| [${file}](../examples/${file}) | ${name} | ${own.join(', ')} | [picture](${picture}) |`;
	});
	const head = ['| File | Workflow | NemoVideo nodes | |', '| --- | --- | --- | --- |'];
	return [...head, ...rows].join('\n');
}

/** Every example workflow in one line, for the README. */
export function exampleGallery(): string {
	return examples()
		.map(({ file, name }) => `- [${name}](examples/${file})`)
		.join('\n');
}

const pageOf = (file: string): string => `recipes/${file.replace(/\.json$/, '.md')}`;

/** Every whole job with its page and its file. */
export function jobList(): string {
	const rows = examples('jobs').map(
		({ file, name, own }) =>
			`| [${name}](${pageOf(file)}) | [${file}](../examples/jobs/${file}) | ${own.join(', ')} |`,
	);
	return ['| Job | File | NemoVideo nodes |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Every whole job in one line and one picture, for the README. */
export function jobGallery(): string {
	const rows = examples('jobs').map(
		({ file, name, picture }) =>
			`| <img src="docs/${picture}" width="240" alt=""> | [${name}](docs/${pageOf(file)}) |`,
	);
	return ['| | |', '| --- | --- |', ...rows].join('\n');
}
