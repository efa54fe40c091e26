import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveOutputSchemaPath } from 'n8n-core';
import type { OutputSchema } from '../../../tools/descriptions.cts';
import { differencesFrom } from '../../outputSchema.cts';

const NODES = join(__dirname, '..', '..', '..', 'nodes');

/**
 * The file n8n shows before a node has run; found by n8n's own rule, so one that lies elsewhere
 * would not be found here either.
 *
 * @param node the node's name, e.g. `nemoVideoExport`
 */
export function outputSchema(node: string, operation?: string): OutputSchema {
	const folder = `${node.charAt(0).toUpperCase()}${node.slice(1)}`;
	const nodeDir = join(NODES, folder);
	// The editor asks for version 1 as `1.0.0`.
	const path = resolveOutputSchemaPath({ nodeDir, version: '1.0.0', resource: '', operation });
	if (path === undefined) throw new Error(`n8n finds no schema of ${node} ${operation ?? ''}`);
	const schema: OutputSchema = JSON.parse(readFileSync(path, 'utf8'));
	return schema;
}

/** @returns what in the output the schema does not say, one line each */
export function differences(output: unknown, node: string, operation?: string): string[] {
	return differencesFrom(outputSchema(node, operation))(output);
}
