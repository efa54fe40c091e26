import type { RecoveryLimits } from './recoverTurn';
import type { StreamLimits } from './streamTurn';

export interface GenerateSettings extends StreamLimits {
	sessionId: string;
	prompt: string;
	/** Keys of files that go with the prompt (see `filesOf`): with others, it's another wish. */
	files?: readonly string[];
	recovery: RecoveryLimits;
	onTimeout: 'error' | 'continue';
	/** Credits that must be available before anything is sent; 0 skips the check. */
	minimumCredits: number;
	/** The user wants the prompt sent, whatever became of equal ones. */
	sendsEqual?: boolean;
	/** When the item was begun, in milliseconds since the epoch; now, where it's left out. */
	askedAt?: number;
	/** Display name of the parameter that sets the timeout. */
	timeoutLabel?: string;
}

/** What tells one prompt to a session from another. */
export type Asked = Pick<GenerateSettings, 'sessionId' | 'prompt' | 'files'>;
