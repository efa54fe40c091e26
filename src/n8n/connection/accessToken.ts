import type { IHttpRequestHelper } from 'n8n-workflow';
import { NemoVideoError } from '../../api/errors';
import { baseUrlOf, type NemoVideoCredential } from './credential';
import { CredentialFailure, tokenRefusal } from './credentialRequests';
import { tokenMark } from './trialToken';

/** A token that was taken is not checked again for this long. Milliseconds. */
const TRUSTED_MS = 60_000;

const trustedUntil = new Map<string, number>();
const underWay = new Map<string, Promise<NemoVideoError | undefined>>();

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
	const key = keyOf(credential);
	if ((trustedUntil.get(key) ?? 0) > Date.now()) return;
	const running = underWay.get(key) ?? tokenRefusal(http, credential, credential.token);
	underWay.set(key, running);
	const refusal = await running;
	if (underWay.get(key) === running) underWay.delete(key);
	if (refusal?.kind === 'auth' || refusal?.kind === 'network') throw new CredentialFailure(refusal);
	// Other answers say nothing against the token: the request itself will meet them.
	if (!refusal) trust(credential);
}

/** Notes that NemoVideo has just answered with this token: a run under way needs no check. */
export function trust(credential: NemoVideoCredential): void {
	if (credential.connectWith !== 'accessToken') return;
	trustedUntil.set(keyOf(credential), Date.now() + TRUSTED_MS);
}

function keyOf(credential: NemoVideoCredential): string {
	return `${baseUrlOf(credential)} ${tokenMark(credential.token)}`;
}
