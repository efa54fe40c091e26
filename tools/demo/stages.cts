import type { ITaskData } from 'n8n-workflow';
import type { Execution } from '../../test/e2e/api.cts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(5)} s`;

function summary(run: ITaskData): string {
	const json = run.data?.main?.[0]?.[0]?.json ?? {};
	const files = Array.isArray(json.files) ? json.files : undefined;
	if (run.error !== undefined) return run.error.message;
	// Later nodes carry their input's fields along, so the newest news come first.
	if (typeof json.renderId === 'string') return `${String(json.status)}, ${json.renderId}`;
	if (typeof json.text === 'string') return json.text.replace(/\s+/g, ' ').slice(0, 160);
	if (files !== undefined) return files.map((file) => filename(file)).join(', ');
	if (typeof json.sessionId === 'string') return `session ${json.sessionId}`;
	return `${run.data?.main?.[0]?.length ?? 0} item(s)`;
}

function filename(file: unknown): string {
	const isNamed = typeof file === 'object' && file !== null && 'filename' in file;
	return isNamed ? String(file.filename) : String(file);
}

/** @returns the line for a node that has finished */
export function stageLine(node: string, run: ITaskData): string {
	return `  ${seconds(run.executionTime)}  ${node.padEnd(34)} ${summary(run)}`;
}

/**
 * @returns a listener for executions under way; it prints a line for every node that has finished
 */
export function stagePrinter(print: (line: string) => void): (execution: Execution) => void {
	const told = new Set<string>();
	return ({ runData }) => {
		for (const [node, runs] of Object.entries(runData)) {
			const [run] = runs;
			if (run === undefined || told.has(node) || run.data === undefined) continue;
			told.add(node);
			print(stageLine(node, run));
		}
	};
}
