import type { AssistantMemory, AssistantSettings } from '../../../src/flows/conversation';
import { slot } from './fakeNemoVideo.cts';

const MINUTE = 60_000;

/** What is remembered of one message. */
export const memoryOf = (supersede: AssistantMemory['supersede']): AssistantMemory => ({
	session: slot(),
	upload: slot(),
	uploadOfUrls: slot(),
	turn: slot(),
	render: slot(),
	supersede,
});

/** A message with the node's own defaults. */
export const settings = (
	message: string,
	more: Partial<AssistantSettings> = {},
): AssistantSettings => ({
	message,
	files: [],
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
