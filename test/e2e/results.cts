import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Execution } from './api.cts';

/**
 * @param output counted from 0
 * @param run which run of the node; the last one where left out
 * @returns what a node gave; nothing where it did not run
 */
export function itemsOf(
	execution: Execution,
	node: string,
	{ output = 0, run }: { output?: number; run?: number } = {},
): INodeExecutionData[] {
	const runs = execution.runData[node] ?? [];
	const data = run === undefined ? runs.at(-1) : runs[run];
	return data?.data?.main?.[output] ?? [];
}

/** @returns the JSON of all items that a node gave in all of its runs */
export function allJson(execution: Execution, node: string, output = 0): IDataObject[] {
	return (execution.runData[node] ?? []).flatMap((run) =>
		(run.data?.main?.[output] ?? []).map(({ json }) => json),
	);
}

/** @throws Error that holds the failure, where the execution did not succeed */
export function assertSuccess(execution: Execution): void {
	if (execution.status === 'success') return;
	throw new Error(`The workflow ended as ${execution.status}: ${failureOf(execution)}`);
}

/** The execution's failure in words, with where it happened. */
export function failureOf(execution: Execution): string {
	const { error } = execution.data.resultData;
	if (error === undefined) return 'no reason is given';
	const node = 'node' in error && error.node ? ` in ${error.node.name}` : '';
	const more = 'description' in error ? ` (${String(error.description)})` : '';
	return `${error.message}${node}${more}`;
}

/** A value inside JSON, by its path: `error.kind`. */
export function at(json: unknown, path: string): unknown {
	let value = json;
	for (const key of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = Reflect.get(value, key);
	}
	return value;
}
