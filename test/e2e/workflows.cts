import type { IDataObject } from 'n8n-workflow';
import type { WorkflowFile } from './api.cts';

const PACKAGE = 'n8n-nodes-nemovideo';

/** A node as these tests write it; what n8n wants beside it is filled in. */
export interface Step {
	/** Ours by their short name (`nemoVideoExport`), n8n's by their full one. */
	type: string;
	/** The type, where left out. */
	name?: string;
	typeVersion?: number;
	parameters?: IDataObject;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds, 5000 at most. */
	waitBetweenTries?: number;
	alwaysOutputData?: boolean;
	executeOnce?: boolean;
}

/** From one node's output to another node's first input. */
export interface Wire {
	from: string;
	to: string;
	/** Counted from 0. */
	output?: number;
}

export const START = 'Start';

/** n8n's Retry On Fail with the most tries it allows. */
export const FIVE_TRIES = { retryOnFail: true, maxTries: 5, waitBetweenTries: 100 } as const;

/** @returns the name the node has in the workflow */
export function nameOf(step: Step): string {
	return step.name ?? step.type;
}

/**
 * A workflow that begins by hand, in a node named "Start".
 *
 * @param wires how the steps hang together; one after another where left out
 */
export function workflow(
	name: string,
	steps: Step[],
	{ wires, settings = {} }: { wires?: Wire[]; settings?: Record<string, unknown> } = {},
): WorkflowFile {
	const all: Step[] = [{ type: 'n8n-nodes-base.manualTrigger', name: START }, ...steps];
	const chain = all
		.slice(1)
		.map((step, at) => ({ from: nameOf(all[at] ?? step), to: nameOf(step), output: 0 }));
	const connections: Record<string, { main: Array<Array<Record<string, unknown>>> }> = {};
	for (const { from, to, output = 0 } of wires ?? chain) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return { name, nodes: all.map(toNode), connections, settings };
}

function toNode(step: Step, at: number): WorkflowFile['nodes'][number] {
	const { type, name, typeVersion = 1, parameters = {}, ...rest } = step;
	const isOurs = !type.includes('.');
	return {
		id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
		name: name ?? type,
		type: isOurs ? `${PACKAGE}.${type}` : type,
		typeVersion,
		position: [at * 220, 0],
		parameters,
		...(isOurs ? { credentials: { nemoVideoApi: { id: null, name: 'NemoVideo account' } } } : {}),
		...rest,
	};
}

/** Two steps that give these rows as items. */
export function rows(values: IDataObject[]): Step[] {
	return [
		{
			type: 'n8n-nodes-base.set',
			name: 'Table',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows: values }), options: {} },
		},
		{
			type: 'n8n-nodes-base.splitOut',
			name: 'Rows',
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
	];
}

/** A step that reads files from the disk, one item for each. */
export function readFiles(pattern: string): Step {
	return {
		type: 'n8n-nodes-base.readWriteFile',
		name: 'Files',
		parameters: { operation: 'read', fileSelector: pattern, options: {} },
	};
}

/** A step that does nothing: an end to look at. */
export function end(name: string): Step {
	return { type: 'n8n-nodes-base.noOp', name };
}
