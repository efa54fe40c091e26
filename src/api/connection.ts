import type { NemoVideoClient } from './client';
import { BALANCE } from './credits';
import { Deadline } from './deadline';
import { unwrapResponse } from './response';
import type { Account } from './account';
import { isNemoVideoError, type NemoVideoError } from './errors';
import { withRetry } from './retry';
import { resultOf } from './result';

/** What can be told of the way to NemoVideo; no token and no ID is in it. */
export interface ConnectionReport {
	/** Whether NemoVideo answered and took the credential. */
	ok: boolean;
	account: 'token' | 'trial';
	/** Scheme, host, port and path of the API; empty where the base URL is none. */
	apiOrigin: string;
	/** Of the last request, up to the end of its answer. */
	latencyMs: number;
	/** How far this machine's clock is ahead; null where the answer has no date. */
	clockSkewSeconds: number | null;
	attribution: Account['attribution'];
	/** The number that NemoVideo refused with. */
	lastCode?: number;
	/** What stands in the way. */
	reason?: string;
}

/** How long a check may go on, retries included. Milliseconds. */
const CHECK_MS = 30_000;

/**
 * Asks NemoVideo for the balance, which costs nothing, and reports how that went.
 *
 * @throws NemoVideoError of kind `cancelled` alone: everything else is what the report tells
 */
export async function checkConnection(client: NemoVideoClient): Promise<ConnectionReport> {
	const { trial, attribution, baseUrl } = await client.account();
	let latencyMs = 0;
	let clockSkewSeconds: number | null = null;
	const deadline = new Deadline(client.clock, CHECK_MS);
	const asked = await resultOf(
		async () =>
			await withRetry(client, { idempotent: true, deadline }, async () => {
				const sentAt = client.clock.now();
				const response = await resultOf(
					async () =>
						await client.transport.send({
							method: BALANCE.method,
							path: BALANCE.path,
							timeoutMs: deadline.left(),
						}),
				);
				latencyMs = client.clock.now() - sentAt;
				if (!response.ok) throw response.error;
				const theirs = Date.parse(response.value.headers.date ?? '');
				if (!Number.isNaN(theirs)) {
					// The answer's date lies about half way; it has no fractions of a second.
					clockSkewSeconds = Math.round((sentAt + latencyMs / 2 - theirs) / 1_000);
				}
				return unwrapResponse(response.value, BALANCE);
			}),
	);
	const { error } = asked.ok ? { error: undefined } : asked;
	if (isNemoVideoError(error) && error.kind === 'cancelled') throw error;
	const failure = isNemoVideoError(error) ? error : undefined;
	const lastCode = failure?.code ?? failure?.httpStatus;
	return {
		ok: asked.ok,
		account: trial ? 'trial' : 'token',
		apiOrigin: withoutQuery(baseUrl),
		latencyMs,
		clockSkewSeconds,
		attribution,
		...(lastCode === undefined ? {} : { lastCode }),
		...(asked.ok ? {} : { reason: reasonOf(failure, baseUrl) }),
	};
}

function reasonOf(failure: NemoVideoError | undefined, baseUrl: string): string {
	const reason = failure?.message ?? 'NemoVideo could not be asked';
	if (failure?.httpStatus !== 404 && failure?.kind !== 'protocol') return reason;
	return `${reason}. Check 'Base URL' in the credential: its path is '${new URL(baseUrl).pathname}'`;
}

function withoutQuery(baseUrl: string): string {
	try {
		const { origin, pathname } = new URL(baseUrl);
		return origin + pathname.replace(/\/+$/, '');
	} catch {
		return '';
	}
}
