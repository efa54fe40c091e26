import type { NemoVideoClient } from '../api/client';
import { resultOf } from '../api/result';
import type { Progress } from './progress';

/** The user hears of work that goes on this often (NemoVideo's skill text). Milliseconds. */
export const NOTICE_MS = 120_000;

/** Tells every two minutes that work which has no words of its own goes on. */
export async function withKeepAlive<T>(
	client: NemoVideoClient,
	progress: Progress,
	work: () => Promise<T>,
): Promise<T> {
	const done = new AbortController();
	const notices = resultOf(async () => {
		for (;;) {
			await client.clock.wait(NOTICE_MS, done.signal);
			progress.waiting();
		}
	});
	const outcome = await resultOf(work);
	done.abort();
	await notices;
	if (outcome.ok) return outcome.value;
	throw outcome.error;
}
