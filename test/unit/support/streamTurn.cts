import type { NemoVideoClient } from '../../../src/api/client';
import type { Progress } from '../../../src/flows/progress';
import {
	TurnStream,
	type StreamEnd,
	type StreamLimits,
} from '../../../src/flows/generate/streamTurn';
import { leaseOf } from './client.cts';

/** Sends one prompt in a session that nobody else works in. */
export async function streamTurn(
	client: NemoVideoClient,
	message: { sessionId: string; prompt: string },
	limits: StreamLimits,
	progress: Progress,
): Promise<StreamEnd> {
	const lease = await leaseOf(client, message.sessionId);
	const prompt = { ticket: 'ticket', text: message.prompt };
	return await new TurnStream(client, limits, progress).send(lease, prompt);
}
