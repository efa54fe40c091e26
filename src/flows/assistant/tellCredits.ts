import type { NemoVideoClient } from '../../api/client';
import { readCredits } from '../../api/credits';
import type { AssistantResult } from './chat';
import type { Messages } from './messages/messages';

/** The balance as an answer. */
export async function tellCredits(
	client: NemoVideoClient,
	replies: Messages,
	sessionId?: string,
): Promise<AssistantResult> {
	const credits = await readCredits(client);
	return {
		action: 'credits',
		...(sessionId === undefined ? {} : { sessionId }),
		text: replies.credits(credits),
		credits,
	};
}
