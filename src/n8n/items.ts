import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { NemoVideoClient } from '../api/client';
import { NemoVideoError, type Handles } from '../api/errors';
import { creditsAdvice } from '../api/errorTable';
import { isRecord } from '../api/json';
import { RateGate } from '../api/rateGate';
import { settle } from '../api/settle';
import { N8nTransport } from './connection/transport';
import { asFailure, failureItem, isFailureJson, toNodeError } from './errors';
import { Memory, type ItemMemory } from './memory';
import { isTool, Parameters } from './parameters';
import { ItemProgress } from './progress';
import { failureForAgent, flatForAgent } from './toolOutput';
import { stopped, systemClock } from './wait';

export interface ItemOutput {
	fields: IDataObject;
	files?: IBinaryKeyData;
}

/** What a node does with one item. */
export interface ItemWork<Settings> {
	/** Reads and checks the parameters; nothing is sent here. */
	read(parameters: Parameters): Settings | Promise<Settings>;
	/** Items of one lane run one after another, in input order. */
	lane?(settings: Settings): string | undefined;
	/** Everything that decides what is sent; by default the settings. */
	identity?(settings: Settings): unknown;
	/**
	 * What shapes the result without belonging to the identity: where it has changed, a finished
	 * item is worked on again, from what its stages remember.
	 */
	shape?(settings: Settings): unknown;
	/** False where a result is to be read anew each time. */
	remembers?: boolean | ((settings: Settings) => boolean);
	run(settings: Settings, item: ItemRun): Promise<ItemOutput>;
}

/** What the work of one item has at hand. */
export interface ItemRun {
	context: IExecuteFunctions;
	itemIndex: number;
	client: NemoVideoClient;
	memory: ItemMemory;
	/** What is remembered of the run as a whole. */
	runMemory: ItemMemory;
	/** Says that a prompt goes to a session now; see Memory. */
	supersede(sessionId: string): void;
	progress: ItemProgress;
}

type Checked<Settings> =
	| { state: 'ready'; settings: Settings; memory: ItemMemory; withInput: boolean }
	| { state: 'passedThrough' }
	| { state: 'failed'; failure: NemoVideoError };

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
	private readonly goesOn: boolean;
	private readonly asTool: boolean;
	private readonly memory: Memory;
	private readonly transport: N8nTransport;
	private readonly client: NemoVideoClient;
	private readonly outputs: INodeExecutionData[] = [];
	private readonly delivered: ItemMemory[] = [];
	private readonly runMemory: ItemMemory;
	private finished = 0;
	private first: { itemIndex: number; failure: NemoVideoError } | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly work: ItemWork<Settings>,
	) {
		this.items = context.getInputData();
		this.asTool = isTool(context);
		// A model can do something about a failure; an agent of n8n 1 would end with it.
		this.goesOn = this.asTool || context.continueOnFail();
		this.memory = new Memory(context, this.asTool, runIndexOf(context));
		this.runMemory = this.memory.run();
		this.transport = new N8nTransport(context);
		const transport = this.transport;
		this.client = {
			transport,
			clock: systemClock,
			gate: new RateGate(systemClock),
			account: async () => await transport.account(),
		};
	}

	async all(): Promise<INodeExecutionData[]> {
		// n8n's Retry On Fail enters a stopped node again, with a signal that fires no more.
		this.throwIfStopped();
		if (this.items.length === 0) return [];
		const parallel = await settle(async () => readParallel(this.context));
		const checked: Array<Checked<Settings>> = [];
		for (let index = 0; index < this.items.length; index++) {
			checked.push(parallel.ok ? await this.check(index) : this.reject(index, parallel.error));
		}
		await this.inLanes(checked, parallel.ok ? parallel.value : 1);
		this.throwIfStopped();
		if (this.first) {
			throw toNodeError(this.context, this.first.failure, {
				itemIndex: this.first.itemIndex,
				finished: this.finished,
				total: this.items.length,
				asTool: this.asTool,
			});
		}
		this.memory.delivered(this.delivered);
		return this.outputs;
	}

	private throwIfStopped(): void {
		if (!this.transport.signal?.aborted) return;
		throw toNodeError(this.context, stopped(), {
			itemIndex: 0,
			finished: this.finished,
			total: this.items.length,
			asTool: this.asTool,
		});
	}

	private async check(itemIndex: number): Promise<Checked<Settings>> {
		const json = this.items[itemIndex]?.json ?? {};
		if (isFailureJson(json)) return { state: 'passedThrough' };
		const outcome = await settle(async () => {
			const parameters = new Parameters(this.context, itemIndex);
			const withInput = includesInput(parameters);
			return { withInput, settings: await this.work.read(parameters) };
		});
		if (!outcome.ok) return this.reject(itemIndex, outcome.error);
		const { settings, withInput } = outcome.value;
		const identity = this.work.identity ? this.work.identity(settings) : settings;
		const memory = this.memory.item(itemIndex, identity, this.work.shape?.(settings));
		return { state: 'ready', settings, memory, withInput };
	}

	private reject(itemIndex: number, error: unknown): Checked<Settings> {
		const failure = asFailure(error);
		// To stop means that nothing is spent on other items either.
		if (!this.goesOn) this.first ??= { itemIndex, failure };
		return { state: 'failed', failure };
	}

	private async inLanes(checked: Array<Checked<Settings>>, parallel: number): Promise<void> {
		const lanes = new Map<string, number[]>();
		checked.forEach((item, index) => {
			const lane =
				(item.state === 'ready' ? this.work.lane?.(item.settings) : undefined) ?? `item ${index}`;
			lanes.set(lane, [...(lanes.get(lane) ?? []), index]);
		});
		const waiting = [...lanes.values()];
		const worker = async () => {
			for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
				for (const index of lane) {
					if (this.first || this.transport.signal?.aborted) return;
					const item = checked[index];
					if (item) this.outputs[index] = await this.one(index, item);
				}
			}
		};
		await Promise.all(Array.from({ length: Math.min(parallel, waiting.length) }, worker));
	}

	private async one(itemIndex: number, item: Checked<Settings>): Promise<INodeExecutionData> {
		const pairedItem = { item: itemIndex };
		const input = this.items[itemIndex];
		if (item.state === 'passedThrough') {
			const json = input?.json ?? {};
			// Alone in the item, the failure is routed as one; n8n adds the row again by itself.
			return { json: this.goesOn ? { error: json.error } : json, pairedItem };
		}
		if (item.state === 'failed') return this.failed(item.failure, itemIndex);
		const { memory, settings, withInput } = item;
		const outcome = await settle(async () => await this.output(itemIndex, settings, memory));
		if (outcome.ok) {
			this.finished++;
			this.delivered.push(memory);
			const { fields, files } = this.asTool
				? { fields: flatForAgent(outcome.value.fields), files: undefined }
				: outcome.value;
			const json = withInput ? { ...input?.json, ...fields } : fields;
			const binary = withInput ? { ...input?.binary, ...files } : files;
			const holdsFiles = binary !== undefined && Object.keys(binary).length > 0;
			return { json, ...(holdsFiles ? { binary } : {}), pairedItem };
		}
		const failure = await this.explain(asFailure(outcome.error).with(handlesOf(settings)));
		// A model that asks again wants another try; what was sent already is remembered by itself.
		if (!failure.retryable && failure.kind !== 'cancelled' && !this.asTool) {
			const { kind, message, description, code, httpStatus, handles, stage } = failure;
			memory.fail({ kind, message, description, code, httpStatus, handles, stage });
		}
		if (!this.goesOn) this.first ??= { itemIndex, failure };
		return this.failed(failure, itemIndex);
	}

	private failed(failure: NemoVideoError, itemIndex: number): INodeExecutionData {
		if (!this.asTool) return failureItem(failure, itemIndex);
		return { json: failureForAgent(failure), pairedItem: { item: itemIndex } };
	}

	private async output(
		itemIndex: number,
		settings: Settings,
		memory: ItemMemory,
	): Promise<ItemOutput> {
		const { remembers = true } = this.work;
		const keep = typeof remembers === 'function' ? remembers(settings) : remembers;
		if (keep && memory.finished) return memory.finished;
		if (keep && memory.failure) {
			throw new NemoVideoError(memory.failure.kind, memory.failure.message, memory.failure);
		}
		const progress = new ItemProgress(this.context, itemIndex);
		const output = await this.work
			.run(settings, {
				context: this.context,
				itemIndex,
				client: this.client,
				memory,
				runMemory: this.runMemory,
				supersede: (sessionId) => this.memory.supersede(sessionId),
				progress,
			})
			.finally(() => progress.end());
		if (keep && output.fields.timedOut !== true) memory.finish(output);
		return output;
	}

	/** Adds what only the account or the input can tell. */
	private async explain(failure: NemoVideoError): Promise<NemoVideoError> {
		if (failure.kind === 'credits' && failure.code === 2001) {
			const account = await settle(async () => await this.client.account());
			if (account.ok) failure.description = creditsAdvice(account.value);
		}
		const { sessionId } = failure.handles;
		if (failure.kind === 'session' && sessionId !== undefined && CHAT_ID.test(sessionId)) {
			failure.description =
				`This looks like the ID of an n8n chat, which is also called sessionId. Create a NemoVideo session first and pass its sessionId on. ${failure.description ?? ''}`.trim();
		}
		return failure;
	}
}

/** The session an item works in, for failures of calls that do not know it. */
function handlesOf(settings: unknown): Handles {
	const sessionId = isRecord(settings) ? settings.sessionId : undefined;
	return typeof sessionId === 'string' && sessionId !== '' ? { sessionId } : {};
}

/** n8n's Chat Trigger makes UUIDs or 32 hexadecimal digits; NemoVideo's ids are other. */
const CHAT_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function readParallel(context: IExecuteFunctions): number {
	return new Parameters(context, 0).number({
		name: 'options.parallel',
		label: 'Parallel',
		fallback: 3,
		min: 1,
		max: 10,
		integer: true,
	});
}

function includesInput(parameters: Parameters): boolean {
	return parameters.boolean('options.includeInputFields', 'Include Input Fields', false);
}

function runIndexOf(context: IExecuteFunctions): number {
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(0);
	return typeof runIndex === 'number' ? runIndex : 0;
}
