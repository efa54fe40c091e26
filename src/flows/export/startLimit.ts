import type { NemoVideoClient } from '../../api/client';
import type { Clock } from '../../api/clock';
import { Deadline } from '../../api/deadline';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import type { PollLimits } from './renderJob';

/** The time in which work has to begin that waits for other work of its session. */
export interface StartLimit {
	/** Milliseconds. */
	left(): number;
	/** The failure once the time is up. */
	error(): NemoVideoError;
}

/** An export keeps to its own timeout, from now on, also before its render has begun. */
export function exportLimit(
	client: NemoVideoClient,
	sessionId: string,
	{ timeoutMs, timeoutLabel = 'Timeout (Minutes)' }: PollLimits,
): StartLimit {
	const deadline = new Deadline(client.clock, timeoutMs);
	const minutes = Number((timeoutMs / 60_000).toFixed(2));
	return {
		left: () => deadline.left(),
		error: () =>
			new NemoVideoError(
				'timeout',
				`The export could not start within ${minutes} min ('${timeoutLabel}')`,
				{
					description: `A prompt that was sent to session ${sessionId} earlier may still be running, and its edit would be missing. Nothing was exported. Export again later, or allow more time.`,
					handles: { sessionId },
					stage: 'export',
					outcome: outcomeOf('notSent'),
				},
			),
	};
}

/** A clock for work with a limit: a wait beyond it ends there, with the limit's failure. */
export function clockWithin(clock: Clock, { left, error }: StartLimit): Clock {
	return {
		now: () => clock.now(),
		random: () => clock.random(),
		async wait(ms, signal) {
			const rest = left();
			await clock.wait(Math.min(ms, rest), signal);
			if (ms > rest) throw error();
		},
	};
}
