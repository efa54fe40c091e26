import { runStory } from './run.cts';
import type { ExecutionPlan, NodePlan, Story } from './story/story.cts';

/**
 * Makes a story smaller for as long as the same invariant is violated: fewer executions, faults,
 * rows and presses of buttons.
 */
export async function shrink(story: Story): Promise<Story> {
	const [violation] = (await runStory(story)).violations;
	if (violation === undefined) return story;
	let smallest = story;
	for (let isSmaller = true; isSmaller;) {
		isSmaller = false;
		for (const smaller of smallerThan(smallest)) {
			const { violations } = await runStory(smaller);
			if (!violations.some(({ invariant }) => invariant === violation.invariant)) continue;
			smallest = smaller;
			isSmaller = true;
			break;
		}
	}
	return smallest;
}

function* smallerThan(story: Story): Generator<Story> {
	const { executions, faults, crash, tokenEndsAt } = story;
	for (const index of executions.keys()) {
		if (executions.length > 1) yield { ...story, executions: without(executions, index) };
	}
	if (crash) yield { ...story, crash: undefined };
	if (story.setsClock) yield { ...story, setsClock: undefined };
	if (story.forgets) yield { ...story, forgets: undefined };
	for (const index of faults.keys()) yield { ...story, faults: without(faults, index) };
	if (tokenEndsAt !== undefined) yield { ...story, tokenEndsAt: undefined };
	if (story.credential === 'trial') yield { ...story, credential: 'token' };
	for (const [index, execution] of executions.entries()) {
		for (const smaller of smallerExecutions(execution)) {
			yield { ...story, executions: replaced(executions, index, smaller) };
		}
	}
}

function* smallerExecutions(execution: ExecutionPlan): Generator<ExecutionPlan> {
	const { rows, nodes, stop, retries, at, isTool } = execution;
	for (const index of rows.keys()) {
		if (rows.length > 1) yield { ...execution, rows: without(rows, index) };
	}
	if (stop) yield { ...execution, stop: undefined };
	if (isTool) yield { ...execution, isTool: undefined };
	if (retries > 0) yield { ...execution, retries: retries - 1 };
	if (nodes.length > 1) yield { ...execution, nodes: nodes.slice(0, -1) };
	for (const [index, row] of rows.entries()) {
		if (row.files > 0) yield { ...execution, rows: replaced(rows, index, { ...row, files: 0 }) };
	}
	for (const [index, node] of nodes.entries()) {
		for (const smaller of smallerNodes(node)) {
			yield { ...execution, nodes: replaced(nodes, index, smaller) };
		}
	}
	if (at > 0) yield { ...execution, at: 0 };
}

function* smallerNodes(node: NodePlan): Generator<NodePlan> {
	if (node.tries > 1) yield { ...node, tries: node.tries - 1 };
	if (node.rounds > 0) yield { ...node, rounds: node.rounds - 1 };
	if (node.parallel > 1) yield { ...node, parallel: 1 };
	if (node.onError !== 'stop') yield { ...node, onError: 'stop', rounds: 0 };
	if (node.timeoutMinutes !== 15) yield { ...node, timeoutMinutes: 15 };
	if (node.onTimeout !== 'error') yield { ...node, onTimeout: 'error' };
}

function without<Value>(list: readonly Value[], index: number): Value[] {
	return list.filter((_value, at) => at !== index);
}

function replaced<Value>(list: readonly Value[], index: number, by: Value): Value[] {
	return list.map((value, at) => (at === index ? by : value));
}
