import type { NemoVideoError } from '../../api/errors';
import { withAuthAdvice, withCreditsAdvice, type Account } from '../../api/account';
import { resultOf } from '../../api/result';
import { isChatId } from '../values/ids';

/** Spreadsheets keep 15 digits of a number and fill the rest up with zeros. */
const ROUNDED_ID = /^\d{13,15}0{4,}$/;

/** The same failure with what only the account or the input can tell. */
export async function explainFailure(
	failure: NemoVideoError,
	account: () => Promise<Account>,
): Promise<NemoVideoError> {
	const { kind, stage, description = '' } = failure;
	const { sessionId = '' } = failure.handles;
	if (kind === 'credits' && stage !== 'credits') {
		const owner = await resultOf(account);
		if (!owner.ok) return failure;
		return failure.with({ description: withCreditsAdvice(failure, owner.value) });
	}
	if (kind === 'auth') {
		const owner = await resultOf(account);
		return owner.ok ? failure.with({ description: withAuthAdvice(failure, owner.value) }) : failure;
	}
	if (kind !== 'session') return failure;
	if (isChatId(sessionId)) {
		const chat =
			'This looks like the ID of an n8n chat, which is also called sessionId. Create a NemoVideo session first and pass its sessionId on.';
		return failure.with({ description: `${chat} ${description}`.trim() });
	}
	if (ROUNDED_ID.test(sessionId)) {
		const rounded =
			'This ID ends in zeros, as a spreadsheet leaves it when it takes an ID for a number. Format the column as text.';
		return failure.with({ description: `${rounded} ${description}`.trim() });
	}
	return failure;
}
