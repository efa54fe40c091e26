import type {
	AssistantCheckpoints,
	AssistantSettings,
	ChatFacts,
	SessionStore,
} from '../../../../src/flows/assistant/chat';
import { newCheckpoint } from '../fakeNemoVideo.cts';

const MINUTE = 60_000;

/** What is remembered of one message. */
export const memoryOf = (): AssistantCheckpoints => ({
	session: newCheckpoint(),
	upload: newCheckpoint(),
	uploadOfUrls: newCheckpoint(),
	turn: newCheckpoint(),
	render: newCheckpoint(),
});

/** A message with the node's own defaults. */
export const settings = (
	message: string,
	more: Partial<AssistantSettings> = {},
): AssistantSettings => ({
	message,
	files: [],
	refusedFiles: [],
	language: 'auto',
	afterSuggestedExport: 'offer',
	turn: {
		timeoutMs: 15 * MINUTE,
		idleMs: 10 * MINUTE,
		recovery: { firstWaitMs: 30_000, intervalMs: MINUTE, checks: 5 },
		onTimeout: 'error',
		minimumCredits: 0,
	},
	render: {
		output: { format: 'mp4', quality: 'high' },
		renderAgain: false,
		poll: { intervalMs: 30_000, timeoutMs: 5 * MINUTE },
		onTimeout: 'error',
	},
	...more,
});

/** The session of a chat, in memory. */
export class FakeKeeper implements SessionStore {
	id: string | undefined;
	/** The user named the session himself. */
	isNamed = false;
	kept: ChatFacts = {};

	async get(create: () => Promise<string>): Promise<string> {
		return (this.id ??= await create());
	}

	known(): string | undefined {
		return this.id;
	}

	forget(): boolean {
		if (this.isNamed) return false;
		this.id = undefined;
		this.kept = {};
		return true;
	}

	facts(): ChatFacts {
		return this.kept;
	}

	note(facts: ChatFacts): void {
		if (this.id !== undefined) this.kept = { ...this.kept, ...facts };
	}
}
