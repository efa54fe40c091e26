import { PHOTO_FOLDER } from '../../tools/demo/example.cts';
import type { Execution, SavedWorkflow, WorkflowFile } from './api.cts';
import type { Column, DataTable } from './dataTables.cts';
import { liveExample, readExample } from './examples.cts';
import type { TestContext } from './testContext.cts';

const text = (name: string): Column => ({ name, type: 'string' });

/** What the examples' notes ask for. */
export const COLUMNS: Record<'scheduled-batch' | 'submit-and-collect', Column[]> = {
	'scheduled-batch': ['prompt', 'photos', 'status', 'url', 'sessionId', 'note'].map(text),
	'submit-and-collect': [
		...['prompt', 'status', 'sessionId', 'before', 'seen', 'sentAt', 'renderId', 'url', 'note'].map(
			text,
		),
		{ name: 'tries', type: 'number' },
	],
};

interface Setup {
	/** Where the photos are. */
	photos?: string;
	table?: DataTable;
	/** Milliseconds that stand for the example's 15 minutes. */
	settleMs?: number;
	/** Whether renders are looked at as rarely as the example says; else ten times a second. */
	keepsPauses?: boolean;
	/** Nothing happens after this node: as if n8n had been killed there. */
	cutAfter?: string;
}

/**
 * An example as a user sets it up: photos, table and quick polling filled in.
 *
 * @throws Error where the example has nothing to fill in any more
 */
export function setUp(workflow: WorkflowFile, setup: Setup): WorkflowFile {
	const { photos = PHOTO_FOLDER, table, settleMs, keepsPauses = false, cutAfter } = setup;
	for (const { type, name, parameters } of workflow.nodes) {
		if (name === 'Photos') {
			const values = JSON.parse(String(parameters.jsonOutput));
			parameters.jsonOutput = JSON.stringify({ ...values, folder: photos });
		}
		if (type.endsWith('.dataTable') && table !== undefined) {
			parameters.dataTableId = { __rl: true, mode: 'id', value: table.id };
		}
		const isRender = /nemoVideo(CreateVideo|Export)$/.test(type);
		if (!keepsPauses && isRender && parameters.operation !== 'submit') {
			const { options } = parameters;
			if (parameters.operation !== 'getStatus') {
				parameters.options = { ...Object(options), pollIntervalSeconds: 0.1 };
			}
		}
	}
	const { nodes, connections } = workflow;
	if (settleMs !== undefined) {
		const before = JSON.stringify(nodes);
		const after = before.replace('15 * 60 * 1000', String(settleMs));
		if (after === before) throw new Error('The example has no 15 minutes any more');
		workflow.nodes = JSON.parse(after);
	}
	if (cutAfter !== undefined) {
		if (!(cutAfter in connections)) throw new Error(`The example has no node ${cutAfter}`);
		const { [cutAfter]: _cut, ...kept } = connections;
		workflow.connections = kept;
	}
	return workflow;
}

/** Saves an example that is begun by hand, or by a schedule which nobody waits for. */
export async function saveExample(
	world: TestContext,
	name: string,
	credentialId: string,
	setup: Setup = {},
): Promise<SavedWorkflow> {
	return await world.save(setUp(readExample(name), setup), credentialId);
}

/** Saves and activates an example, so that its form can be filled in. */
export async function activeExample(
	world: TestContext,
	name: string,
	credentialId: string,
): Promise<SavedWorkflow> {
	return await liveExample(world, name, { nemoVideoApi: credentialId }, (workflow) =>
		setUp(workflow, {}),
	);
}

/** Fires the example's own trigger and waits for the end. */
export async function fire(world: TestContext, workflow: SavedWorkflow): Promise<Execution> {
	const trigger = workflow.nodes.find(({ type }) => /Trigger$/.test(type));
	const id = await world.api.run(workflow, trigger?.name);
	return await world.api.waitForExecution(id, { timeoutMs: 240_000 });
}
