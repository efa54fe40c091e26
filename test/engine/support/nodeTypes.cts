import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	NodeConnectionTypes,
	NodeHelpers,
	deepCopy,
	injectDomainRestrictionFields,
	type ICredentialType,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

/** The repository's root. */
export const ROOT = join(__dirname, '..', '..', '..');

type AnyNodeType = INodeType | IVersionedNodeType;

/** Node and credential classes by the names workflows use. */
export interface Loaded {
	nodes: Map<string, AnyNodeType>;
	credentials: Map<string, ICredentialType>;
	/** Loads what is not in `nodes` yet. */
	load?: (type: string) => AnyNodeType | undefined;
}

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

function manifest(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function construct<T>(file: string): T {
	const name = basename(file).split('.')[0] ?? '';
	const module = require(file) as Record<string, new () => T>;
	const Class = module[name];
	if (Class === undefined) throw new Error(`${file} exports no class ${name}`);
	return new Class();
}

/**
 * This package's classes from their TypeScript source; a node is loaded when a workflow first
 * names it, so a test pays only for what it uses.
 */
export function loadSource(): Loaded {
	const { name, n8n } = manifest(ROOT);
	const sourceOf = (built: string): string =>
		join(ROOT, built.replace(/^dist\//, '').replace(/\.js$/, ''));
	const files = new Map(
		n8n.nodes.map((built) => {
			const base = basename(built, '.node.js');
			return [`${name}.${base[0]?.toLowerCase()}${base.slice(1)}`, sourceOf(built)];
		}),
	);
	const credentials = new Map<string, ICredentialType>();
	for (const built of n8n.credentials) {
		if (!existsSync(`${sourceOf(built)}.ts`)) continue;
		const credential = construct<ICredentialType>(sourceOf(built));
		credentials.set(credential.name, credential);
	}
	return {
		nodes: new Map(),
		credentials,
		load: (type) => {
			const file = files.get(type);
			return file === undefined ? undefined : construct<INodeType>(file);
		},
	};
}

/**
 * The classes of a built package, through the loader n8n uses for an installed package.
 *
 * @param folder where the package's package.json and dist are
 */
export async function loadPackage(folder: string): Promise<Loaded> {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return {
		nodes: new Map(
			Object.entries(loader.nodeTypes).map(([name, loaded]) => [
				`${loader.packageName}.${name}`,
				loaded.type,
			]),
		),
		credentials: new Map(
			Object.entries(loader.credentialTypes).map(([name, loaded]) => [name, loaded.type]),
		),
	};
}

/**
 * What n8n makes of a node with `usableAsTool` when it is attached to an agent: type name with
 * `Tool` at the end, no input, a tool output, and the tool's description before the parameters.
 */
function asTool(nodeType: INodeType): INodeType {
	const tool = Object.create(nodeType) as INodeType;
	const description = deepCopy(nodeType.description);
	description.name += 'Tool';
	description.displayName += ' Tool';
	description.inputs = [];
	description.outputs = [NodeConnectionTypes.AiTool];
	description.usableAsTool = undefined;
	description.properties.unshift(
		{
			displayName: 'Tool Description',
			name: 'descriptionType',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Set Automatically', value: 'auto' },
				{ name: 'Set Manually', value: 'manual' },
			],
			default: 'auto',
		},
		{
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: description.description,
			displayOptions: { show: { descriptionType: ['manual'] } },
		},
	);
	tool.description = description;
	return tool;
}

/** n8n's registry of node types over what was loaded and the test nodes. */
export class EngineNodeTypes implements INodeTypes {
	constructor(private readonly loaded: Loaded) {
		for (const credential of loaded.credentials.values()) {
			credential.properties = injectDomainRestrictionFields(credential);
		}
	}

	getByName(type: string): AnyNodeType {
		return this.find(type);
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.find(type), version);
	}

	getKnownTypes() {
		return {};
	}

	private find(type: string): AnyNodeType {
		const { nodes, load } = this.loaded;
		const known = nodes.get(type) ?? load?.(type) ?? this.tool(type);
		if (known === undefined) throw new Error(`Unrecognized node type: ${type}`);
		nodes.set(type, known);
		return known;
	}

	private tool(type: string): INodeType | undefined {
		if (!type.endsWith('Tool')) return undefined;
		const base = NodeHelpers.getVersionedNodeType(this.find(type.slice(0, -'Tool'.length)));
		if (!base.description.usableAsTool) throw new Error(`${type} is not usable as a tool`);
		return asTool(base);
	}
}
