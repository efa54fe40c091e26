import type { IHttpRequestHelper } from 'n8n-workflow';
import { BoundedMap } from '../../api/boundedMap';
import { NemoVideoError, type FailureKind } from '../../api/errors';
import { isRateLimited } from '../../api/retry';
import { steadyNow } from '../wait';
import { baseUrlOf, type NemoVideoCredential } from './credential';
import { CredentialFailure, tokenRefusal } from './credentialRequests';
import { isToken } from './pastedToken';
import { tokenMark } from './trialToken';

/** A token that was taken is not checked again for this long. Milliseconds. */
const TRUSTED_MS = 60_000;
/** Tokens that are remembered as taken. */
const MAX_TRUSTED = 1_000;

const trustedUntil = new BoundedMap<string, number>(MAX_TRUSTED);
const underWay = new Map<string, Promise<NemoVideoError | undefined>>();

/** Failures of the check after which the request itself would fare no better. */
const HOLDING_BACK: ReadonlySet<FailureKind> = new Set<FailureKind>(['auth', 'network']);

/**
 * Checks an access token, so that the credential test answers in words; seldom and once at a time,
 * because n8n calls this before every request of such a credential.
 *
 * @throws CredentialFailure when the token is refused or NemoVideo cannot be reached
 */
export async function checkAccessToken(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
): Promise<void> {
	if (credential.token === '') {
		throw new CredentialFailure(
			new NemoVideoError('auth', 'The NemoVideo API credential has no access token', {
				description: "Paste one into 'Access Token', or set 'Connect With' to Free Trial.",
			}),
		);
	}
	if (!isToken(credential.token)) {
		throw new CredentialFailure(
			new NemoVideoError('auth', "'Access Token' in the credential contains more than a token", {
				description:
					'A token has no spaces and no special letters. Create one at NemoVideo under Settings, API Tokens, and paste only the token.',
			}),
		);
	}
	const key = keyOf(credential);
	if ((trustedUntil.get(key) ?? 0) > steadyNow()) return;
	const running = underWay.get(key) ?? tokenRefusal(http, credential, credential.token);
	underWay.set(key, running);
	const refusal = await running;
	if (underWay.get(key) === running) underWay.delete(key);
	const isAnswered = refusal?.kind === 'input' && refusal.httpStatus === 400;
	const isFinal = refusal && ['auth', 'network', 'input'].includes(refusal.kind) && !isAnswered;
	if (isFinal) throw new CredentialFailure(refusal);
	// Other answers say nothing against the token: the request itself will meet them.
	if (refusal && holdsBack(refusal)) throw new CredentialFailure(refusal);
	if (!refusal) markTokenValid(credential);
}

/** Whoever asks to wait, NemoVideo or a gateway before it, means the request itself as well. */
function holdsBack(refusal: NemoVideoError): boolean {
	const isToWait = isRateLimited(refusal) || refusal.retryAfterMs !== undefined;
	return isToWait || HOLDING_BACK.has(refusal.kind);
}

/** Notes that NemoVideo has just answered with this token: a run under way needs no check. */
export function markTokenValid(credential: NemoVideoCredential): void {
	if (credential.connectWith !== 'accessToken') return;
	trustedUntil.set(keyOf(credential), steadyNow() + TRUSTED_MS);
}

function keyOf(credential: NemoVideoCredential): string {
	return `${baseUrlOf(credential)} ${tokenMark(credential.token)}`;
}
