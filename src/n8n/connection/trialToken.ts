import { createHash } from 'node:crypto';
import type { IHttpRequestHelper } from 'n8n-workflow';
import {
	checkShape,
	filledText,
	optionalText,
	unwrapResponse,
	type Endpoint,
} from '../../api/response';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { resultOf } from '../../api/result';
import { looseObject, uuidV4 } from '../../vendor';
import { steadyNow } from '../wait';
import { baseUrlOf, type NemoVideoCredential } from './credential';
import { CredentialFailure, sendForCredential, tokenRefusal } from './credentialRequests';

/** What the credential keeps of a free trial. */
export interface TrialToken {
	trialToken: string;
	/** ISO 8601. */
	trialExpiresAt: string;
	trialUserId: string;
	clientId: string;
}

/** NemoVideo's free tokens last 7 days (seed). Milliseconds. */
const TRIAL_MS = 7 * 24 * 60 * 60 * 1000;
/** Renewals that are kept in mind, so that a request with an older token finds the newer one. */
const MAX_REMEMBERED = 100;
/** Long enough for requests that were under way; a token revoked later is then seen to be. */
const REMEMBERED_MS = 60_000;

const underWay = new Map<string, Promise<TrialToken>>();
const renewed = new Map<string, { token: TrialToken; until: number }>();

/** A name for a token that tells nothing about it. */
export function tokenMark(token: string): string {
	return createHash('sha256').update(token).digest('hex').slice(0, 32);
}

/**
 * A working trial token: the stored one where NemoVideo still takes it, else a new one, minted
 * with the same client id (a new id each time would use up the quota of the IP address).
 * However many ask at once for the same credential, one token is minted.
 *
 * @throws CredentialFailure: `rateLimit` when the quota is used up, `clientId`, `network`, …
 */
export async function trialTokenFor(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
): Promise<TrialToken> {
	const { clientId, trialToken } = credential;
	// Without an id and a token nothing tells two credentials apart: each mints for itself.
	if (clientId === '' && trialToken === '') return await obtain(http, credential);
	const key = `${baseUrlOf(credential)} ${clientId} ${tokenMark(trialToken)}`;
	const known = renewed.get(key);
	if (known && known.until > steadyNow()) return known.token;
	const running = underWay.get(key) ?? obtain(http, credential);
	underWay.set(key, running);
	const outcome = await resultOf(async () => await running);
	if (underWay.get(key) === running) underWay.delete(key);
	if (!outcome.ok) throw outcome.error;
	if (outcome.value.trialToken !== trialToken) rememberRenewal(key, outcome.value);
	return outcome.value;
}

function rememberRenewal(key: string, token: TrialToken): void {
	renewed.set(key, { token, until: steadyNow() + REMEMBERED_MS });
	const oldest = renewed.size > MAX_REMEMBERED ? renewed.keys().next().value : undefined;
	if (oldest !== undefined) renewed.delete(oldest);
}

/** @param expiresAt ISO 8601; an unreadable one has not expired: NemoVideo will say so itself */
export function hasExpired(expiresAt: string): boolean {
	const time = Date.parse(expiresAt);
	return !Number.isNaN(time) && time <= Date.now();
}

async function obtain(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
): Promise<TrialToken> {
	const { trialToken, trialExpiresAt, trialUserId, clientId } = credential;
	// The credential test asks for a token every time; minting each time would use up the quota.
	const stillGood =
		trialToken !== '' &&
		!hasExpired(trialExpiresAt) &&
		(await stillAccepted(http, credential, trialToken));
	if (stillGood) return { trialToken, trialExpiresAt, trialUserId, clientId };
	const first = await resultOf(async () => await mint(http, credential, clientId || uuidV4()));
	if (first.ok) return first.value;
	const refusedId =
		first.error instanceof CredentialFailure && first.error.failure.kind === 'clientId';
	if (!refusedId) throw first.error;
	// NemoVideo found the id missing or unusable (seed: generate one and retry).
	return await mint(http, credential, uuidV4());
}

/** Only a refusal of the token is a reason to mint; an unreachable backend is not. */
async function stillAccepted(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
	token: string,
): Promise<boolean> {
	const refusal = await tokenRefusal(http, credential, token);
	return refusal?.kind !== 'auth';
}

const mintSchema = looseObject({
	token: filledText,
	user_id: optionalText,
	expires_at: optionalText,
});

const MINT: Endpoint = { method: 'POST', path: '/api/auth/anonymous-token' };

async function mint(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
	clientId: string,
): Promise<TrialToken> {
	const outcome = await resultOf(async () => {
		const response = await sendForCredential(http, credential, {
			method: MINT.method,
			url: baseUrlOf(credential) + MINT.path,
			headers: { 'X-Client-Id': clientId },
		});
		return checkShape(mintSchema, unwrapResponse(response, MINT).data, MINT);
	});
	if (!outcome.ok) throw new CredentialFailure(explainMint(outcome.error));
	const { token, user_id: userId, expires_at: expiresAt } = outcome.value;
	const believable = expiresAt !== undefined && Date.parse(expiresAt) > Date.now();
	return {
		trialToken: token,
		trialExpiresAt: believable ? expiresAt : new Date(Date.now() + TRIAL_MS).toISOString(),
		trialUserId: userId || credential.trialUserId,
		clientId,
	};
}

function explainMint(error: unknown): unknown {
	if (!isNemoVideoError(error)) return error;
	if (error.httpStatus === 400 && error.kind !== 'network') {
		return new NemoVideoError('clientId', 'NemoVideo refused the client ID of the free trial', {
			description: "Clear 'Client ID' in the credential to generate a new one.",
			httpStatus: 400,
			outcome: outcomeOf('notSent'),
		});
	}
	if (error.kind === 'rateLimit') {
		return new NemoVideoError(
			'rateLimit',
			"NemoVideo isn't issuing more free trial tokens right now",
			{
				description:
					'Free tokens are limited per client and per IP address. Wait, or register at NemoVideo and paste an access token into the credential.',
				code: error.code,
				httpStatus: error.httpStatus,
				retryAfterMs: error.retryAfterMs,
				outcome: outcomeOf('notSent'),
			},
		);
	}
	return error;
}
