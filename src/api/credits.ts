import { requestJson } from './requestJson';
import type { NemoVideoClient } from './client';
import type { Deadline } from './deadline';
import { creditsAdvice } from './account';
import { NemoVideoError } from './errors';
import { outcomeOf } from './outcome';
import type { Endpoint } from './response';
import { toNumber } from './json';
import { check, looseObject, nullish, pipe, transform, unknown } from '../vendor';

export interface Credits {
	available: number;
	/** Reserved by work under way. */
	frozen: number;
	/** available + frozen */
	total: number;
}

const amount = pipe(
	unknown(),
	check((value) => toNumber(value) !== undefined, 'Expected a number'),
	transform((value) => toNumber(value) ?? 0),
);
const creditsSchema = looseObject({
	available: amount,
	frozen: nullish(amount),
	total: nullish(amount),
});

/** Asking it costs nothing, so it also tells whether NemoVideo takes a token. */
export const BALANCE: Endpoint = { method: 'GET', path: '/api/credits/balance/simple' };

/** Reads the balance (seed: credits). */
export async function readCredits(client: NemoVideoClient, deadline?: Deadline): Promise<Credits> {
	const answer = await requestJson(client, {
		endpoint: BALANCE,
		schema: creditsSchema,
		deadline,
	});
	const frozen = answer.frozen ?? 0;
	return { available: answer.available, frozen, total: answer.total ?? answer.available + frozen };
}

/**
 * Refuses to go on with too few credits, before anything is spent.
 *
 * @param minimum credits that must be available; 0 skips the check
 * @param deadline until when the reading may be tried again
 * @returns the balance, or undefined when it was not asked for
 * @throws NemoVideoError of kind `credits`
 */
export async function requireCredits(
	client: NemoVideoClient,
	minimum: number,
	deadline?: Deadline,
): Promise<Credits | undefined> {
	if (minimum <= 0) return undefined;
	const credits = await readCredits(client, deadline);
	if (credits.available >= minimum) return credits;
	throw new NemoVideoError(
		'credits',
		`NemoVideo has ${credits.available} credits left, fewer than the ${minimum} required by 'Minimum Credits'`,
		{
			description: creditsAdvice(await client.account(), credits.available),
			outcome: outcomeOf('notSent'),
			stage: 'credits',
		},
	);
}
