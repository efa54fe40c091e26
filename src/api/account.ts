import type { NemoVideoError } from './errors';
import { NEW_TOKEN, TOP_UP } from './errorTable';

const TRIAL_REFUSED =
	'NemoVideo no longer takes the token of this free trial, or a permission is missing. Register on the NemoVideo website and use an access token in the NemoVideo API credential.';

/** Whose account it is: decides what an out-of-credits failure advises. */
export interface Account {
	/** Whether the token is an anonymous one. */
	trial: boolean;
	/** The anonymous user id, for the registration link. */
	userId?: string;
	/** Base of the API, without a slash at its end. */
	baseUrl: string;
	/** Base of NemoVideo's website, without a slash at its end. */
	webUrl: string;
	/** What the three X-Skill headers say. */
	attribution: { source: string; version: string; platform: string };
}

/** What is said of an account without credits in place of the general advice; the rest stays. */
export function withCreditsAdvice(
	{ description = '', safeToRepeat }: NemoVideoError,
	account: Pick<Account, 'trial' | 'userId' | 'webUrl'>,
): string {
	const advice = creditsAdvice(account);
	// What was sent already is not run again.
	const wayOut = safeToRepeat ? advice : advice.replace(', then try again', '');
	if (description.startsWith(wayOut)) return description;
	return `${wayOut} ${description.replace(TOP_UP, '').trim()}`.trim();
}

/** The way out of a refused token, which nobody can paste again for a free trial. */
export function withAuthAdvice(
	{ description = '' }: NemoVideoError,
	{ trial }: Pick<Account, 'trial'>,
): string {
	return trial ? description.replace(NEW_TOKEN, TRIAL_REFUSED) : description;
}

/**
 * The way out of an out-of-credits failure (seed: anonymous users get a registration link).
 *
 * @param left credits that are still there, where that is known
 */
export function creditsAdvice(
	account: Pick<Account, 'trial' | 'userId' | 'webUrl'>,
	left?: number,
): string {
	if (!account.trial) {
		return `Top up the account at ${account.webUrl}, then try again.`;
	}
	const bind = account.userId ? `?bind=${encodeURIComponent(account.userId)}` : '';
	const state =
		left === undefined
			? 'has too few credits left'
			: left <= 0
				? 'is used up'
				: `has ${left} ${left === 1 ? 'credit' : 'credits'} left`;
	return `The free trial ${state}. Register at ${account.webUrl}/register${bind} to get more credits and keep this project.`;
}
