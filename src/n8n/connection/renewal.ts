import type { NemoVideoCredential } from './credential';
import { hasExpired, tokenMark } from './trialToken';

/**
 * A private header from the transport to the credential's `authenticate`, which takes it off: it
 * carries the mark of a token that NemoVideo refused. n8n renews a token only after HTTP 401,
 * NemoVideo says 1001 on HTTP 200, and this is how the one becomes the other without a request.
 */
export const RENEW_HEADER = 'x-nemovideo-renew';

/**
 * Whether the stored trial token must be replaced before anything is sent: it is the one that was
 * refused, or its time is over.
 *
 * @param refusedMark mark of the refused token, from the private header
 */
export function renewalNeeded(credential: NemoVideoCredential, refusedMark: unknown): boolean {
	if (credential.connectWith !== 'freeTrial') return false;
	if (typeof refusedMark === 'string' && refusedMark === tokenMark(credential.trialToken))
		return true;
	return credential.trialToken !== '' && hasExpired(credential.trialExpiresAt);
}
