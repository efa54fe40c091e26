import { RateLimiter } from '../../api/rateLimiter';
import { SessionQueue } from '../../api/sessionQueue';
import { systemClock } from '../wait';

/** What all executions in this process share; see NemoVideoClient. */
export interface SharedKeys {
	/** The API's origin. */
	api: string;
	/** The API and the credential. */
	credential: string;
}

/** Beyond so many, those that nobody uses are dropped. */
const MAX_KEPT = 100;

const limiters = new Map<string, RateLimiter>();
const queues = new Map<string, SessionQueue>();

/** The limiter of a credential: a 429 met by one execution holds back all of them. */
export function rateLimiterOf({ credential }: SharedKeys): RateLimiter {
	return kept(limiters, credential, {
		make: () => new RateLimiter(systemClock),
		isIdle: (limiter) => limiter.isIdle,
	});
}

/** The queue of an API's sessions: turns of one session never overlap in this process. */
export function sessionQueueOf({ api }: SharedKeys): SessionQueue {
	return kept(queues, api, {
		make: () => new SessionQueue(),
		isIdle: (queue) => queue.busySessions === 0,
	});
}

function kept<Value>(
	all: Map<string, Value>,
	key: string,
	{ make, isIdle }: { make(): Value; isIdle(value: Value): boolean },
): Value {
	const known = all.get(key);
	if (known !== undefined) return known;
	if (all.size >= MAX_KEPT) {
		for (const [other, value] of all) if (isIdle(value)) all.delete(other);
	}
	const made = make();
	all.set(key, made);
	return made;
}
