import assert from 'node:assert/strict';
import type { Emulator } from '../../../emulator/server.cts';
import type { Execution, N8nApi, SavedWorkflow, WorkflowFile } from '../api.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import { rows, workflow } from '../workflows.cts';

/** The states in which an update of the package finds executions. */
export type StoryName = 'finished' | 'failed' | 'waiting';

/** A workflow, the state of its execution at the update, and what must hold afterwards. */
export interface Story {
	workflow: WorkflowFile;
	/** Its execution's status when it is recorded. */
	status: string;
	/** Credits of the account when it is recorded. */
	credits: number;
	/** Goes on with the recorded execution in the version under test. */
	goOn(world: Replay): Promise<void>;
}

export interface Replay {
	api: N8nApi;
	emulator: Emulator;
	workflow: SavedWorkflow;
	/** The recorded execution's id in this n8n. */
	executionId: string;
}

const VIDEO = 'nemoVideoCreateVideo';
const FAST = { pollIntervalSeconds: 0.1, parallel: 1 };
const RICH = 10_000;
/** Enough for one of two rows. */
const POOR = 100;

const TABLE = rows([
	{ prompt: 'Create a 10-second video of a lake' },
	{ prompt: 'Create a 10-second video of a hill' },
]);

const createVideos = (name: string): WorkflowFile =>
	workflow(name, [
		...TABLE,
		{ type: VIDEO, parameters: { prompt: '={{ $json.prompt }}', download: false, options: FAST } },
	]);

const isVideo = ({ json }: { json: Record<string, unknown> }): boolean =>
	/^http.*\.mp4/.test(String(json.url)) && typeof json.sessionId === 'string';

function assertVideos(execution: Execution, node: string, count: number): void {
	assertSuccess(execution);
	const items = itemsOf(execution, node);
	assert.equal(items.filter(isVideo).length, count, `${node} gives ${count} videos`);
}

const finished: Story = {
	workflow: createVideos('Finished before the update'),
	status: 'success',
	credits: RICH,
	async goOn({ api, emulator, workflow: saved, executionId }) {
		assertVideos(await api.execution(executionId), VIDEO, 2);
		assertVideos(await api.runToEnd(saved), VIDEO, 2);
		assert.equal(emulator.ledger.prompts.length, 2);
	},
};

const failed: Story = {
	workflow: createVideos('Failed before the update'),
	status: 'error',
	credits: POOR,
	async goOn({ api, emulator, executionId }) {
		assert.equal((await api.execution(executionId)).status, 'error');
		assertVideos(await api.retry(executionId), VIDEO, 2);
		const sent = emulator.ledger.prompts.map(({ text }) => text);
		assert.deepEqual(sent.length, 1, `The finished row is not paid again: ${sent.join(' | ')}`);
		assert.match(sent[0] ?? '', /hill/);
	},
};

/** Longer than what n8n waits for without putting the execution aside. */
const WAIT_MINUTES = 10;

const waiting: Story = {
	workflow: workflow('Waiting at the update', [
		...TABLE.slice(0, 1),
		{ type: 'nemoVideoCreateSession' },
		{
			type: 'nemoVideoGenerate',
			parameters: { operation: 'submit', prompt: 'Create a 10-second video of a lake' },
		},
		{
			type: 'n8n-nodes-base.wait',
			name: 'Wait',
			typeVersion: 1.1,
			parameters: { amount: WAIT_MINUTES, unit: 'minutes' },
		},
		{ type: 'nemoVideoGenerate', name: 'Collect', parameters: { operation: 'getStatus' } },
		{ type: 'nemoVideoExport', parameters: { download: false, options: FAST } },
	]),
	status: 'waiting',
	credits: RICH,
	async goOn({ api, emulator, executionId }) {
		const execution = await api.waitForExecution(executionId);
		assertVideos(execution, 'nemoVideoExport', 1);
		// One look of a new process can't tell yet that the timeline rests.
		assert.match(String(itemsOf(execution, 'Collect')[0]?.json.status), /^(completed|running)$/);
		assert.deepEqual(emulator.ledger.prompts, []);
	},
};

export const STORIES: Record<StoryName, Story> = { finished, failed, waiting };
