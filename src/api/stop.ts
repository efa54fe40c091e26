import { NemoVideoError } from './errors';
import { outcomeOf } from './outcome';

/**
 * The failure of work that the user stopped; n8n files a run as canceled by this very word.
 *
 * @param reached `noAnswer` where a request was under way
 */
export function cancelledError(reached: 'notSent' | 'noAnswer' = 'notSent'): NemoVideoError {
	return new NemoVideoError('cancelled', 'The execution was canceled', {
		description: 'This execution sends nothing more to NemoVideo.',
		outcome: outcomeOf(reached),
	});
}

/**
 * Waits for work that others share: Stop ends the waiting, not the work.
 *
 * @throws NemoVideoError of kind `cancelled`, or what the work throws
 */
export async function raceStop<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return await work;
	let stop: () => void = () => undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(cancelledError());
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
	});
	return await Promise.race([work, aborted]).finally(() =>
		signal.removeEventListener('abort', stop),
	);
}
