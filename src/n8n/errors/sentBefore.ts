import type { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { attempt } from '../executionFacts';
import type { Parameters } from '../parameters';

/**
 * The failure of an item that can't be read anymore, where an earlier try of it has sent something:
 * after Stop, n8n's Retry may not find its files. To send it anew would pay again.
 *
 * @param sent where it was sent; undefined where it wasn't
 */
export function asSentBefore(
	failure: NemoVideoError,
	sent: { sessionId?: string } | undefined,
): NemoVideoError {
	if (!sent) return failure;
	const { sessionId } = sent;
	const where = sessionId === undefined ? '' : ` to session ${sessionId}`;
	return failure.with({
		handles: { sessionId },
		outcome: outcomeOf('noAnswer'),
		description: `${failure.description ?? ''} An earlier try sent this item${where}. Look at its result with the State node before you send it again.`,
	});
}

/**
 * The failure of an item that isn't worked on, with the session that it names, as far as that can be
 * read: whatever continues after the failure needs it.
 */
export function withItsSession(failure: NemoVideoError, parameters: Parameters): NemoVideoError {
	return failure.with({ handles: { sessionId: attempt(() => parameters.sessionId()) } });
}
