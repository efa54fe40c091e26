import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError, type NemoVideoError } from '../api/errors';
import { resultOf } from '../api/result';
import { adoptOpenTurn } from '../flows/generate/openTurns';
import { adoptOpenUploads } from '../flows/upload/openUploads';
import { clientOf } from './client';
import { N8nTransport } from './connection/transport';
import { executionFacts } from './executionFacts';
import { equalItems } from './equalPrompts';
import {
	asFailure,
	failedSessionOf,
	failureItem,
	handlesOf,
	isBareFailure,
	toNodeError,
} from './errors/nodeErrors';
import { explainFailure } from './errors/explainFailure';
import { asSentBefore, withItsSession } from './errors/sentBefore';
import type { Checked, FailedItem } from './checkedItem';
import type { ItemOutput, ItemWork } from './itemWork';
import { runInLanes } from './lanes';
import { CheckpointStore } from './checkpoints';
import type { ItemCheckpoints } from './itemCheckpoints';
import { toItem } from './output';
import { failureAtStop, outputAtStop } from './outputAtStop';
import { isTool, Parameters } from './parameters';
import { ItemProgress } from './progress';
import { readIncludeInput, readParallel } from './settings';
import { failureForAgent, flatForAgent } from './toolOutput';

/**
 * Runs a node's items: checks all of them before anything is sent, works on several sessions side
 * by side and on the items of one session in order, remembers what is done, and gives failures the
 * shape that the node's error setting asks for.
 *
 * @returns one item for each input item, in input order
 */
export async function runItems<Settings>(
	context: IExecuteFunctions,
	work: ItemWork<Settings>,
): Promise<INodeExecutionData[][]> {
	return [await new Run(context, work).all()];
}

class Run<Settings> {
	private readonly items: INodeExecutionData[];
	private readonly continueOnFail: boolean;
	private readonly asTool: boolean;
	private readonly hasErrorOutput: boolean;
	private readonly store: CheckpointStore;
	private readonly transport: N8nTransport;
	private readonly client: NemoVideoClient;
	private readonly outputs: INodeExecutionData[] = [];
	private readonly delivered: ItemCheckpoints[] = [];
	private readonly runCheckpoints: ItemCheckpoints;
	private finished = 0;
	private firstFailure: FailedItem | undefined;
	/** The first item that was stopped when something of it was sent already. */
	private firstStopped: FailedItem | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly work: ItemWork<Settings>,
	) {
		this.items = context.getInputData();
		this.asTool = isTool(context);
		// A model can do something about a failure; an agent of n8n 1 would end with it.
		this.continueOnFail = this.asTool || context.continueOnFail();
		this.hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
		this.store = new CheckpointStore(context, this.asTool, executionFacts(context).runIndex);
		this.runCheckpoints = this.store.run();
		this.transport = new N8nTransport(context);
		this.client = clientOf(context, this.transport);
	}

	async all(): Promise<INodeExecutionData[]> {
		if (this.items.length === 0) return [];
		// n8n's Retry On Fail enters a stopped node again, with a signal that fires no more.
		if (this.isStopped) return this.stopped();
		const parallel = await resultOf(async () => readParallel(new Parameters(this.context, 0)));
		const checked: Array<Checked<Settings>> = [];
		for (const index of this.items.keys()) {
			checked.push(parallel.ok ? await this.check(index) : this.reject(index, parallel.error));
		}
		const refused = equalItems(checked, (settings) => this.work.onlyOnce?.(settings));
		for (const { itemIndex, failure } of refused) {
			checked[itemIndex] = this.reject(itemIndex, failure);
		}
		await this.inLanes(checked, parallel.ok ? parallel.value : 1);
		if (this.isStopped) return this.stopped();
		if (this.firstFailure) throw this.errorOf(this.firstFailure);
		await this.work.conclude?.(this.outputs);
		if (this.isStopped) return this.stopped();
		this.store.delivered(this.delivered);
		return this.outputs;
	}

	private get isStopped(): boolean {
		return this.transport.signal?.aborted === true;
	}

	/**
	 * How a stopped run ends. For an error where failures are items, n8n would hand on the input as if
	 * it were done; its Retry after a workflow timeout begins behind such a node.
	 */
	private stopped(): INodeExecutionData[] {
		if (this.asTool || !this.continueOnFail) {
			throw this.errorOf(this.firstStopped ?? failureAtStop(this.store));
		}
		return this.items.map((_item, itemIndex) => {
			const done = this.outputs[itemIndex] ?? outputAtStop(this.context, this.store, itemIndex);
			return isNemoVideoError(done) ? this.failed(done, itemIndex) : done;
		});
	}

	private errorOf({ itemIndex, failure }: FailedItem): Error {
		const { finished, asTool } = this;
		const batch = { itemIndex, finished, total: this.items.length, asTool };
		return toNodeError(this.context, failure, batch);
	}

	private async check(itemIndex: number): Promise<Checked<Settings>> {
		const item = this.items[itemIndex];
		if (item && isBareFailure(item)) return { state: 'passedThrough' };
		const parameters = new Parameters(this.context, itemIndex);
		const outcome = await resultOf(async () => ({
			withInput: readIncludeInput(parameters),
			settings: await this.work.read(parameters),
		}));
		if (!outcome.ok) {
			const failure = asSentBefore(asFailure(outcome.error), this.store.sentFor(itemIndex));
			return this.reject(itemIndex, withItsSession(failure, parameters));
		}
		const { settings, withInput } = outcome.value;
		const cacheKey = this.work.cacheKey ? this.work.cacheKey(settings) : settings;
		const outputKey = this.work.outputKey?.(settings);
		const failedIn = failedSessionOf(item);
		if (failedIn !== undefined) {
			await adoptOpenTurn(this.client, failedIn);
			await adoptOpenUploads(this.client, failedIn);
		}
		const checkpoints = this.store.item(itemIndex, cacheKey, outputKey, failedIn);
		return { state: 'ready', settings, checkpoints, withInput };
	}

	private reject(itemIndex: number, error: unknown): Checked<Settings> {
		const failure = asFailure(error);
		// To stop means that nothing is spent on other items either.
		if (!this.continueOnFail) this.firstFailure ??= { itemIndex, failure };
		if (this.work.tell) {
			const progress = new ItemProgress(this.context, itemIndex);
			this.work.tell(failure, progress, this.continueOnFail);
			progress.end();
		}
		return { state: 'failed', failure };
	}

	private async inLanes(checked: Array<Checked<Settings>>, parallel: number): Promise<void> {
		const lanes = checked.map((item) =>
			item.state === 'ready' ? this.work.groupBy?.(item.settings) : undefined,
		);
		await runInLanes(lanes, parallel, async (index) => {
			const item = checked[index];
			if (!item || this.firstFailure || this.transport.signal?.aborted) return;
			this.outputs[index] = await this.processItem(index, item);
		});
	}

	private async processItem(
		itemIndex: number,
		item: Checked<Settings>,
	): Promise<INodeExecutionData> {
		const pairedItem = { item: itemIndex };
		const input = this.items[itemIndex];
		if (item.state === 'passedThrough') return { json: input?.json ?? {}, pairedItem };
		if (item.state === 'failed') return this.failed(item.failure, itemIndex);
		const { checkpoints, settings, withInput } = item;
		const outcome = await resultOf(() => this.output(itemIndex, settings, checkpoints));
		if (outcome.ok) {
			this.finished++;
			this.delivered.push(checkpoints);
			const output = this.asTool ? { fields: flatForAgent(outcome.value.fields) } : outcome.value;
			return { ...toItem(output, withInput ? input : undefined), pairedItem };
		}
		const failure = await this.explained(outcome.error, itemIndex, settings);
		// A model that asks again wants another try; what was sent already is remembered by itself.
		if (!failure.isPassing && failure.kind !== 'cancelled' && !this.asTool)
			checkpoints.fail(failure);
		const { sessionId } = failure.handles;
		if (sessionId !== undefined) checkpoints.leave(sessionId);
		if (failure.kind === 'cancelled' && !failure.safeToRepeat) {
			this.firstStopped ??= { itemIndex, failure };
		}
		if (!this.continueOnFail) this.firstFailure ??= { itemIndex, failure };
		return this.failed(failure, itemIndex);
	}

	private async explained(error: unknown, itemIndex: number, settings: Settings) {
		const failure = asFailure(error).with({ handles: handlesOf(settings) });
		// What Stop or a timeout met in this try says nothing of an earlier one.
		const isWaiting = failure.kind === 'cancelled' || failure.kind === 'timeout';
		if (isWaiting) return asSentBefore(failure, this.store.sentFor(itemIndex));
		return await explainFailure(failure, async () => await this.client.account());
	}

	private failed(failure: NemoVideoError, itemIndex: number): INodeExecutionData {
		const { binary } = (this.hasErrorOutput && this.items[itemIndex]) || {};
		if (!this.asTool) return failureItem(failure, itemIndex, binary);
		return { json: failureForAgent(failure), pairedItem: { item: itemIndex } };
	}

	private async output(
		itemIndex: number,
		settings: Settings,
		checkpoints: ItemCheckpoints,
	): Promise<ItemOutput> {
		const { cacheable = true } = this.work;
		const keep = typeof cacheable === 'function' ? cacheable(settings) : cacheable;
		const progress = new ItemProgress(this.context, itemIndex);
		const run = async (): Promise<ItemOutput> =>
			await this.work.run(settings, {
				context: this.context,
				itemIndex,
				client: this.client,
				checkpoints,
				runCheckpoints: this.runCheckpoints,
				progress,
			});
		const remembered = async (): Promise<ItemOutput> => {
			if (checkpoints.finished) return checkpoints.finished;
			if (checkpoints.failure) throw checkpoints.failure;
			const output = await run();
			if (output.fields.timedOut !== true) checkpoints.finish(output);
			return output;
		};
		const onWait = () => progress.stage('Waiting for an equal call that is under way');
		const caller = { signal: this.transport.signal, onWait };
		const work = keep ? checkpoints.share(caller, remembered) : run();
		return await work.finally(() => progress.end());
	}
}
