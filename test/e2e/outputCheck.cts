import type { INodeExecutionData, IRunData } from 'n8n-workflow';
import { defaultOperation, readNodes, readSchemas } from '../../tools/descriptions.cts';
import { differencesFrom } from '../outputSchema.cts';
import { at } from './results.cts';

const PACKAGE = 'n8n-nodes-nemovideo.';
const MAX_SHOWN = 5;

/** Items that were held against a schema, by the execution they are of. */
const checked = new Map<string, number>();

/** A node of a workflow, as far as its output depends on it. */
export interface RanNode {
	name: string;
	type: string;
	parameters?: Record<string, unknown>;
	/** n8n passes its input on. */
	disabled?: boolean;
}

type Differences = (output: unknown) => string[];
const known = new Map<string, Differences>();

/** By node, operation and whether fields of the input may stand beside its own. */
function differencesOf(type: string, operation: string | undefined, withInput: boolean) {
	const key = `${type} ${operation} ${withInput}`;
	let check = known.get(key);
	if (check === undefined) {
		const node = readNodes().find(({ description }) => description.name === type);
		const schema = node && readSchemas(node).find((one) => one.operation === operation);
		if (schema === undefined) throw new Error(`No schema for the output of ${type} ${operation}`);
		check = differencesFrom(schema.schema, { withInput });
		known.set(key, check);
	}
	return check;
}

function operationOf(type: string, { parameters }: RanNode): string | undefined {
	const node = readNodes().find(({ description }) => description.name === type);
	const fallback = node && defaultOperation(node.description);
	return fallback === undefined ? undefined : String(parameters?.operation ?? fallback);
}

function isResult({ json }: INodeExecutionData): boolean {
	return !('error' in json);
}

/**
 * Holds what our nodes gave in an execution against their output schemas: every item but failures.
 * Tools give something else, for language models, and have no schemas.
 *
 * @returns how many items there were
 * @throws Error that names the node and what its schema does not say
 */
export function checkOutputs(runData: IRunData, nodes: readonly RanNode[]): number {
	let items = 0;
	for (const node of nodes) {
		const type = node.type.slice(PACKAGE.length);
		if (!node.type.startsWith(PACKAGE) || type.endsWith('Tool') || node.disabled) continue;
		const withInput = Boolean(at(node.parameters, 'options.includeInputFields'));
		const check = differencesOf(type, operationOf(type, node), withInput);
		const results = (runData[node.name] ?? [])
			.flatMap((run) => run.data?.main ?? [])
			.flatMap((output) => output ?? [])
			.filter(isResult);
		items += results.length;
		const found = results.flatMap(({ json }) => check(json));
		if (found.length > 0) {
			const shown = [...new Set(found)].slice(0, MAX_SHOWN).join('\n');
			throw new Error(
				`The output of ${node.name} (${type}) is not what its schema says:\n${shown}`,
			);
		}
	}
	return items;
}

/** Checks an execution and counts it, once however often it is looked at. */
export function checkExecution(
	execution: string,
	runData: IRunData,
	nodes: readonly RanNode[],
): void {
	checked.set(execution, checkOutputs(runData, nodes));
}

/** @returns what was checked since the last call, in words */
export function takeChecked(): string {
	const items = [...checked.values()];
	checked.clear();
	const sum = items.reduce((one, other) => one + other, 0);
	return `${sum} output items of ${items.filter((count) => count > 0).length} executions are what their schemas say`;
}
