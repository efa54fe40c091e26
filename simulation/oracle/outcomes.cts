import type { IDataObject } from 'n8n-workflow';
import type { Item, NodeRun } from '../n8n/nodeRun.cts';
import type { NodeKind } from '../story/story.cts';
import { current } from '../time/current.cts';
import type { Report } from './invariants.cts';

/** What one item came to, as the user sees it. */
export interface Outcome {
	index: number;
	/** All of it as one text. */
	text: string;
	failure?: IDataObject;
	output?: Item;
}

const HOUR_MS = 3_600_000;
/** Longest that a node can take: uploads have two hours for one request, everything else less. */
const MAX_MS: Partial<Record<NodeKind, number>> = {
	upload: 12 * HOUR_MS,
	createVideo: 14 * HOUR_MS,
	assistant: 14 * HOUR_MS,
};

/** Reads what a node has given or thrown, and holds it against (e). */
export class Outcomes {
	constructor(private readonly report: Report) {}

	ofOutput(run: NodeRun, output: Item[]): Outcome[] {
		const { items, execution, node } = run;
		if (output.length !== items.length) {
			this.report('e', `${execution} ${node.name}: ${output.length} of ${items.length} items`);
		}
		this.inTime(run);
		return output.map((item, index) => {
			if (item?.pairedItem?.item !== index) {
				this.report('e', `${execution} ${node.name}: item ${index} is paired wrongly`);
			}
			const { error } = item.json;
			const failure = error === undefined ? undefined : (error as IDataObject);
			if (failure) this.withIds(run, index, failure);
			return { index, text: JSON.stringify(item), failure, output: item };
		});
	}

	ofError(run: NodeRun, error: unknown): Outcome {
		this.inTime(run);
		const { message, description, context } = error as {
			message: string;
			description?: string;
			context?: IDataObject;
		};
		const facts = context ?? {};
		const index = Number(facts.itemIndex ?? 0);
		if (facts.kind === undefined) this.report('e', `${run.execution} threw ${message}`);
		else if (facts.kind !== 'cancelled') this.withIds(run, index, facts);
		return { index, text: `${message} ${description ?? ''}`, failure: facts };
	}

	private withIds({ items, execution, node }: NodeRun, index: number, failure: IDataObject): void {
		const { sessionId } = items[index]?.json ?? {};
		const isPassedOn = items[index]?.json.error !== undefined;
		if (sessionId === undefined || isPassedOn || node.kind === 'credits') return;
		if (failure.sessionId === sessionId) return;
		this.report('e', `${execution} ${node.name}: the failure of item ${index} lacks its session`);
	}

	private inTime({ startedAt, node, execution }: NodeRun): void {
		const took = current.time.now - startedAt;
		if (took <= (MAX_MS[node.kind] ?? 6 * HOUR_MS)) return;
		this.report('e', `${execution} ${node.name} took ${Math.round(took / HOUR_MS)} hours`);
	}
}
