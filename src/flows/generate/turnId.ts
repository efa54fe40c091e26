import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';

/**
 * What `getStatus` has to know of a submitted turn, also in another process: the session, when the
 * prompt was sent, the state before it and which prompt it was. No secret is in it.
 */
export interface TurnKey {
	sessionId: string;
	/** Milliseconds since the epoch. */
	startedAt: number;
	/** Of the state before the turn, shortened; see `shortFingerprint`. */
	before: string;
	ticket: string;
}

const PREFIX = 'turn';
const VERSION = '1';
const PARTS = 6;
const FINGERPRINT_CHARACTERS = 16;

/** Enough of a fingerprint to tell two states apart. */
export function shortFingerprint(fingerprint: string): string {
	return fingerprint.slice(0, FINGERPRINT_CHARACTERS);
}

/** Writes a turn ID, e.g. `turn.1.mgx5k2c0.9f86d081884c7d65.3b0f….5529798706024415232`. */
export function toTurnId({ sessionId, startedAt, before, ticket }: TurnKey): string {
	const parts = [startedAt.toString(36), shortFingerprint(before), ticket];
	return [PREFIX, VERSION, ...parts, encodeURIComponent(sessionId).replaceAll('.', '%2E')].join(
		'.',
	);
}

/**
 * Reads a turn ID.
 *
 * @throws NemoVideoError of kind `input` for a text that is none
 */
export function readTurnId(turnId: string): TurnKey {
	const parts = turnId.trim().split('.');
	const [prefix, version, time = '', before = '', ticket = '', session = ''] = parts;
	const startedAt = Number.parseInt(time, 36);
	const isWhole =
		parts.length === PARTS &&
		prefix === PREFIX &&
		version === VERSION &&
		Number.isSafeInteger(startedAt) &&
		/^[0-9a-f]+$/.test(before) &&
		/^[0-9a-f]{32}$/.test(ticket) &&
		session !== '';
	const sessionId = isWhole ? decode(session) : undefined;
	if (sessionId === undefined) {
		throw new NemoVideoError('input', "'Turn ID' is not a turn ID of NemoVideo Generate", {
			description: "Use the complete turnId that the operation 'Submit' returned, without changes.",
			outcome: outcomeOf('notSent'),
		});
	}
	return { sessionId, startedAt, before, ticket };
}

function decode(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
