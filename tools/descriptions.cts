import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

/**
 * Published source is required at run time: a static import of a .ts file from a .cts one fails in
 * tsx on Node 20.
 */
export const requireSource = createRequire(__filename);

/** The repository's root. */
export const ROOT = join(__dirname, '..');

interface Manifest {
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

export function readManifest(): Manifest {
	return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/** `dist/nodes/X/X.node.js` is built from `nodes/X/X.node.ts`. */
function sourceOf(built: string): string {
	return join(ROOT, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
}

function construct<T>(file: string): T {
	const name = basename(file).split('.')[0] ?? '';
	const module: Record<string, (new () => T) | undefined> = requireSource(file);
	const Class = module[name];
	if (Class === undefined) throw new Error(`${file} exports no class ${name}`);
	return new Class();
}

export interface NodeSource {
	description: INodeTypeDescription;
	/** Where the node's files lie. */
	folder: string;
}

/** Every node the package registers, in its order, from its TypeScript source. */
export function readNodes(): NodeSource[] {
	return readManifest().n8n.nodes.map((built) => {
		const file = sourceOf(built);
		const { description } = construct<INodeType>(file);
		return { description, folder: join(file, '..') };
	});
}

/** The credential types the package registers. */
export function readCredentials(): ICredentialType[] {
	return readManifest().n8n.credentials.map((built) => construct<ICredentialType>(sourceOf(built)));
}

export interface OutputSchema {
	type?: string | string[];
	description?: string;
	properties?: Record<string, OutputSchema>;
	required?: string[];
	enum?: string[];
	items?: OutputSchema;
}

export interface NodeSchema {
	/** Value of the parameter `operation`; undefined for a node that has none. */
	operation: string | undefined;
	text: string;
	schema: OutputSchema;
}

/** The operation that a node performs unless told otherwise; undefined for a node that has none. */
export function defaultOperation({ properties }: INodeTypeDescription): string | undefined {
	const choice = properties.find(({ name }) => name === 'operation');
	return choice === undefined ? undefined : String(choice.default);
}

/** A node's output schemas where n8n looks for them; missing ones are left out. */
export function readSchemas({ description, folder }: NodeSource): NodeSchema[] {
	const choice = description.properties.find(({ name }) => name === 'operation');
	const operations = (choice?.options ?? []).flatMap((option) =>
		'value' in option && typeof option.value === 'string' ? [option.value] : [],
	);
	const wanted: Array<string | undefined> = operations.length > 0 ? operations : [undefined];
	return wanted.flatMap((operation) => {
		const file = join(
			folder,
			'__schema__',
			`${['v1.0.0', operation].filter(Boolean).join('/')}.json`,
		);
		if (!existsSync(file)) return [];
		const text = readFileSync(file, 'utf8');
		return [{ operation, text, schema: JSON.parse(text) }];
	});
}
