import type { ToolOutcome } from './toolResult';

interface OpenCall {
	name: string;
	id?: string;
}

interface Call extends OpenCall {
	/** Runs on after the turn, so that its first result says no more than that it has begun. */
	isLongRunning?: boolean;
	/** Ids of the jobs that it asks about. */
	jobs?: readonly string[];
}

type Waiting = Call & {
	isLongRunning: boolean;
	/** Ids of the jobs of which it was said that they go on; undefined where nothing was said. */
	pending?: readonly string[];
};

/**
 * The tool calls of a turn that were not answered. A turn that ends with one is not over: the tool
 * still works. Frameworks name a call and its result by the same id, or by the tool's name alone.
 * A result that says no more than that the work goes on is no answer; a later one of the same call,
 * or of another that asked about the same job, is.
 */
export class OpenCalls {
	private readonly calls: Waiting[] = [];

	called(call: Call): void {
		// Asked again about work without an id: the new answer counts.
		const asked = this.calls.findIndex(
			({ name, pending }) => name === call.name && pending?.length === 0,
		);
		if (asked >= 0) this.calls.splice(asked, 1);
		this.calls.push({ isLongRunning: false, ...call });
	}

	answered(result: OpenCall & ToolOutcome): void {
		const index = this.indexOf(result);
		const call = this.calls[index];
		if (!call) return;
		const jobs = [...(call.jobs ?? []), ...(result.jobs ?? [])];
		const isNamed = ({ pending = [] }: Waiting) => pending.some((job) => jobs.includes(job));
		if (result.goesOn) {
			// Who asks about work that goes on was answered; the work itself is waited for.
			const asks = this.calls.some((other) => other !== call && isNamed(other));
			if (asks) this.calls.splice(index, 1);
			else {
				call.isLongRunning = false;
				call.pending = [...(call.pending ?? []), ...jobs];
			}
			return;
		}
		if (!call.isLongRunning) this.calls.splice(index, 1);
		const left = this.calls.filter((other) => other === call || !isNamed(other));
		this.calls.splice(0, this.calls.length, ...left);
	}

	/** @returns the tools' names, each once; unnamed ones as `a tool` */
	names(): string[] {
		return [...new Set(this.calls.map(({ name }) => name || 'a tool'))];
	}

	private indexOf({ name, id }: OpenCall): number {
		const byId = id === undefined ? -1 : this.calls.findIndex((call) => call.id === id);
		if (byId >= 0) return byId;
		// An id on one side alone says nothing, so the tool's name has to do.
		const isComparable = (call: OpenCall) => call.id === undefined || id === undefined;
		const byName = this.calls.findIndex((call) => isComparable(call) && call.name === name);
		if (byName >= 0 || name !== '') return byName;
		return this.calls.findIndex(isComparable);
	}
}
