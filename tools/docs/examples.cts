import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../descriptions.cts';
import { cell } from './nodes.cts';

interface Workflow {
	name: string;
	nodes: Array<{ type: string }>;
}

/** Every example workflow with the NemoVideo nodes in it. */
export function exampleList(): string {
	const folder = join(ROOT, 'examples');
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
	const rows = files.sort().map((file) => {
		const { name, nodes }: Workflow = JSON.parse(readFileSync(join(folder, file), 'utf8'));
		const own = nodes.flatMap(({ type }) => {
			const [, kind] = /^n8n-nodes-nemovideo\.nemoVideo(\w+?)(?:Tool)?$/.exec(type) ?? [];
			return kind === undefined ? [] : [kind.replace(/([a-z])([A-Z])/g, '$1 $2')];
		});
		const picture = `docs/images/examples/${file.replace(/\.json$/, '.png')}`;
		return `| [${file}](examples/${file}) | ${cell(name)} | ${[...new Set(own)].join(', ')} | [picture](${picture}) |`;
	});
	return ['| File | Workflow | NemoVideo nodes | |', '| --- | --- | --- | --- |', ...rows].join(
		'\n',
	);
}
