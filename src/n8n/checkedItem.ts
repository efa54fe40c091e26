import type { NemoVideoError } from '../api/errors';
import type { ItemCheckpoints } from './itemCheckpoints';

/** An item of a run, after its parameters were read and before anything is sent. */
export type Checked<Settings> =
	| { state: 'ready'; settings: Settings; checkpoints: ItemCheckpoints; withInput: boolean }
	| { state: 'passedThrough' }
	| { state: 'failed'; failure: NemoVideoError };

export interface FailedItem {
	itemIndex: number;
	failure: NemoVideoError;
}
