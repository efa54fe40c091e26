import type {
	ExecutionError,
	INodeExecutionData,
	IRun,
	IRunData,
	IRunExecutionData,
	ITaskData,
	NodeExecutionHint,
	StructuredChunk,
} from 'n8n-workflow';

// flatted's types are those of its ES module; what is required here is its CommonJS build.
const { parse, stringify } = require('flatted') as {
	parse(text: string): unknown;
	stringify(value: unknown): string;
};

export interface RunResult {
	status: IRun['status'];
	error: ExecutionError | undefined;
	runData: IRunData;
	/** The execution as n8n would store it. */
	run: IRun;
	/** First output of a node's last run (or of the run given). */
	items(node: string, runIndex?: number): INodeExecutionData[];
	/** One output of a node's last run (or of the run given). */
	branch(node: string, output: number, runIndex?: number): INodeExecutionData[];
	/** Every run of a node. */
	runs(node: string): ITaskData[];
	hints(node: string): NodeExecutionHint[];
	chunks: StructuredChunk[];
	/** What was sent to the browser's console in a manual run. */
	uiMessages: unknown[];
}

/** What a finished execution gave, with the ways tests look at it. */
export function summarise(run: IRun, chunks: StructuredChunk[], uiMessages: unknown[]): RunResult {
	const { runData, error } = run.data.resultData;
	const output = (node: string, index: number, runIndex?: number): INodeExecutionData[] => {
		const task = runIndex === undefined ? runData[node]?.at(-1) : runData[node]?.[runIndex];
		return task?.data?.main?.[index] ?? [];
	};
	return {
		status: run.status,
		error,
		runData,
		run,
		items: (node, runIndex) => output(node, 0, runIndex),
		branch: output,
		runs: (node) => runData[node] ?? [],
		hints: (node) => (runData[node] ?? []).flatMap((task) => task.hints ?? []),
		chunks,
		uiMessages,
	};
}

/**
 * Run data through n8n's database format, without the error and the failed run, so that the
 * engine enters the failed node again; contexts are kept, as n8n keeps them.
 */
export function forRetry(stored: IRunExecutionData): IRunExecutionData {
	const data = parse(stringify(stored)) as IRunExecutionData;
	const { lastNodeExecuted, runData } = data.resultData;
	delete data.resultData.error;
	const runs = lastNodeExecuted === undefined ? undefined : runData[lastNodeExecuted];
	if (runs?.at(-1)?.error !== undefined) runs.pop();
	return data;
}
