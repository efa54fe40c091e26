import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveOutputSchemaPath } from 'n8n-core';

interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	additionalProperties?: boolean;
}

const NODES = join(__dirname, '..', '..', '..', 'nodes');
const ajv = new Ajv({ allErrors: true, strict: false });

/**
 * The file n8n shows before a node has run; found by n8n's own rule, so one that lies elsewhere
 * would not be found here either.
 *
 * @param node the node's name, e.g. `nemoVideoExport`
 */
export function outputSchema(node: string, operation?: string): Schema {
	const folder = `${node.charAt(0).toUpperCase()}${node.slice(1)}`;
	const nodeDir = join(NODES, folder);
	// The editor asks for version 1 as `1.0.0`.
	const path = resolveOutputSchemaPath({ nodeDir, version: '1.0.0', resource: '', operation });
	if (path === undefined) throw new Error(`n8n finds no schema of ${node} ${operation ?? ''}`);
	const schema: Schema = JSON.parse(readFileSync(path, 'utf8'));
	return schema;
}

/** A field that the schema forgot is a mistake as well, wherever the schema names the fields. */
function closed(schema: Schema): Schema {
	const { properties, items } = schema;
	return {
		...schema,
		...(items ? { items: closed(items) } : {}),
		...(properties
			? {
					properties: Object.fromEntries(
						Object.entries(properties).map(([key, inner]) => [key, closed(inner)]),
					),
					additionalProperties: false,
				}
			: {}),
	};
}

/** @returns what in the output the schema does not say, one line each */
export function differences(output: unknown, node: string, operation?: string): string[] {
	const validate = ajv.compile(closed(outputSchema(node, operation)));
	if (validate(output)) return [];
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}
