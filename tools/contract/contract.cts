import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import {
	readCredentials,
	readNodes,
	readSchemas,
	ROOT,
	type NodeSchema,
	type OutputSchema,
} from '../descriptions.cts';

/** One parameter as saved workflows know it; the display name may change, these may not. */
export interface ParameterContract {
	type: string;
	default: unknown;
	/** Values of a choice. */
	values?: string[];
}

export interface OutputContract {
	/** Of the schema's file: any change shows. */
	sha256: string;
	/** Path of every field and its type, e.g. `timeline.tracks[].name`. */
	fields: Record<string, string>;
}

export interface NodeContract {
	version: number | number[];
	credentials: string[];
	inputs: number;
	outputs: number;
	usableAsTool: boolean;
	/** By name; those inside a collection as `options.name`. */
	parameters: Record<string, ParameterContract>;
	/** By operation; `output` for a node without operations. */
	outputSchemas: Record<string, OutputContract>;
}

/** Everything that saved workflows rely on. */
export interface Contract {
	nodes: Record<string, NodeContract>;
	credentials: Record<string, Record<string, ParameterContract>>;
}

export const CONTRACT_FILE = join(ROOT, 'contract.json');

/** The contract as it stands in the repository. */
export function writtenContract(): Contract {
	return JSON.parse(readFileSync(CONTRACT_FILE, 'utf8'));
}

/** The contract that the sources of nodes and credential make. */
export function currentContract(): Contract {
	const nodes = readNodes().map((node) => {
		const { description } = node;
		const {
			name,
			version,
			credentials = [],
			inputs,
			outputs,
			usableAsTool,
			properties,
		} = description;
		const contract: NodeContract = {
			version,
			credentials: credentials.map((credential) => credential.name),
			inputs: inputs.length,
			outputs: outputs.length,
			usableAsTool: usableAsTool === true,
			parameters: parametersOf(properties),
			outputSchemas: Object.fromEntries(
				readSchemas(node).map((schema) => [schema.operation ?? 'output', outputOf(schema)]),
			),
		};
		return [name, contract] as const;
	});
	const credentials = readCredentials().map(
		({ name, properties }) => [name, parametersOf(properties)] as const,
	);
	return { nodes: Object.fromEntries(nodes), credentials: Object.fromEntries(credentials) };
}

function parametersOf(
	properties: readonly INodeProperties[],
	prefix = '',
): Record<string, ParameterContract> {
	const found: Record<string, ParameterContract> = {};
	for (const { name, type, default: fallback, options = [] } of properties) {
		// It only tells something: no workflow relies on it.
		if (type === 'notice') continue;
		const values = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
		found[`${prefix}${name}`] = {
			type,
			default: fallback,
			...(values.length > 0 ? { values: values.sort() } : {}),
		};
		const inner = options.filter((option): option is INodeProperties => 'type' in option);
		Object.assign(found, parametersOf(inner, `${prefix}${name}.`));
	}
	return found;
}

function outputOf({ text, schema }: NodeSchema): OutputContract {
	return {
		sha256: createHash('sha256').update(text).digest('hex'),
		fields: Object.fromEntries(fieldsOf(schema, '')),
	};
}

/** Paths and types of all fields of a schema. */
export function fieldsOf(schema: OutputSchema, path: string): Array<[string, string]> {
	const own: Array<[string, string]> =
		path === '' ? [] : [[path, [schema.type].flat().join(' or ')]];
	const inner = Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
		fieldsOf(value, path === '' ? key : `${path}.${key}`),
	);
	const items = schema.items ? fieldsOf(schema.items, `${path}[]`) : [];
	return [...own, ...inner, ...items];
}
