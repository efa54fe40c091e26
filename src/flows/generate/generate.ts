import type { NemoVideoClient } from '../../api/client';
import type { Checkpoint } from '../checkpoint';
import type { Progress } from '../progress';
import type { GenerateSettings } from './generateSettings';
import { GenerateTurn } from './generateTurn';
import type { GenerateResult, TurnCheckpoint } from './turnCheckpoint';

/**
 * Sends a prompt and sees the turn to its end: by the stream, and by the session's state where
 * the stream ends without words, falls silent or breaks. A prompt is sent once. An equal prompt
 * that runs in the session, or whose end isn't known, is waited for or looked for instead.
 *
 * @param checkpoint where the turn is remembered, for the case that it is begun again
 * @throws NemoVideoError with the session's id in its handles
 */
export async function generate(
	client: NemoVideoClient,
	settings: GenerateSettings,
	checkpoint: Checkpoint<TurnCheckpoint>,
	progress: Progress,
): Promise<GenerateResult> {
	return await new GenerateTurn(client, settings, checkpoint, progress).run();
}
