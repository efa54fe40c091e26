import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { NemoVideoClient } from '../api/client';
import type { NemoVideoError } from '../api/errors';
import type { ItemCheckpoints } from './itemCheckpoints';
import type { Parameters } from './parameters';
import type { ItemProgress } from './progress';

export interface ItemOutput {
	fields: IDataObject;
	files?: IBinaryKeyData;
}

/** What a node does with one item. */
export interface ItemWork<Settings> {
	/** Reads and checks the parameters; nothing is sent here. */
	read(parameters: Parameters): Settings | Promise<Settings>;
	/** Items of one lane run one after another, in input order. */
	groupBy?(settings: Settings): string | undefined;
	/** Everything that decides what is sent; by default the settings. */
	cacheKey?(settings: Settings): unknown;
	/** Items that give the same here are all refused before anything is sent; see `equalPromptKey`. */
	onlyOnce?(settings: Settings): string | undefined;
	/**
	 * What shapes the result without belonging to the cache key: where it has changed, a finished
	 * item is worked on again, from what its stages remember.
	 */
	outputKey?(settings: Settings): unknown;
	/** False where a result is to be read anew each time. */
	cacheable?: boolean | ((settings: Settings) => boolean);
	run(settings: Settings, item: ItemRun): Promise<ItemOutput>;
	/** What a run does at its end, beside its output; Stop ends it too. */
	conclude?(outputs: readonly INodeExecutionData[]): Promise<void>;
	/** Tells a failure of `read` to who reads a streamed chat. */
	tell?(failure: NemoVideoError, progress: ItemProgress, goesOn: boolean): void;
}

/** What the work of one item has at hand. */
export interface ItemRun {
	context: IExecuteFunctions;
	itemIndex: number;
	client: NemoVideoClient;
	checkpoints: ItemCheckpoints;
	/** What is remembered of the run as a whole. */
	runCheckpoints: ItemCheckpoints;
	progress: ItemProgress;
}
