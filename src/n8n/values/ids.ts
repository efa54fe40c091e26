import type { NemoVideoError } from '../../api/errors';
import { isNoValue } from '../../text/leftovers';
import { describe, invalidParameterError } from '../errors/invalidParameter';

const MAX_ID_CHARACTERS = 128;
/** What a number of so many digits leaves of an ID: an exponent, or a zero behind a point. */
const LOST_DIGITS = /^\d(?:[.,]\d+)?e\+?\d+$|^\d{16,}[.,]0+$/i;
/** A number as a sheet shows it. */
const GROUPED = /^\d{1,3}(?:([.,'’ \u00a0\u202f])\d{2,3})(?:\1\d{2,3}){2,}(?:[.,]\d+|…|\.{3})?$/;
/** What cannot be one segment of a path. */
const NOT_A_SEGMENT = /[\s/\\?#\p{Cc}]/u;

/** n8n's Chat Trigger makes UUIDs or 32 hexadecimal digits; NemoVideo's IDs are other. */
const CHAT_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Whether this is the ID of an n8n chat, which n8n calls `sessionId` as well. */
export function isChatId(id: string): boolean {
	return CHAT_ID.test(id);
}

export interface IdToCheck {
	/** Display name of the parameter. */
	label: string;
	/** As n8n gave it. */
	value: unknown;
	/** As a text. */
	id: string;
	/** Where a good one comes from, as a sentence. */
	advice: string;
	/** Whether an AI agent reads the failure: it knows of no sheets. */
	ofTool: boolean;
}

/** Whether a text stands for an ID that is missing, such as `undefined` or `-`. */
export function isNoId(id: string): boolean {
	return !/^0+$/.test(id) && (isNoValue(id) || !/[\p{L}\p{N}]/u.test(id));
}

/** @returns the failure of an ID that went through a number, which holds 16 digits at most */
export function lostDigits({
	label,
	value,
	id,
	ofTool,
}: Omit<IdToCheck, 'advice'>): NemoVideoError | undefined {
	const isTooLarge = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
	if (!isTooLarge && !LOST_DIGITS.test(id)) return undefined;
	return wentThroughNumber(label, id, ofTool);
}

function wentThroughNumber(label: string, id: string, ofTool: boolean): NemoVideoError {
	return invalidParameterError(
		`'${label}' went through a number and has lost digits (${id})`,
		ofTool
			? 'Pass it as text, exactly as you received it.'
			: 'Keep IDs as text: format the column of the sheet as text, or put quotes around the value.',
	);
}

/** @returns what is wrong with an ID that is not empty; undefined for one that can be sent */
export function idFailure({
	label,
	value,
	id,
	advice,
	ofTool,
}: IdToCheck): NemoVideoError | undefined {
	if (typeof value === 'boolean') {
		return invalidParameterError(`'${label}' is ${value} instead of an ID`, advice);
	}
	const lost = lostDigits({ label, value, id, ofTool });
	if (lost) return lost;
	if (GROUPED.test(id)) return wentThroughNumber(label, id, ofTool);
	if (/^(?:0+|-\d.*|\d+\.\d+)$/.test(id)) {
		return invalidParameterError(
			`'${label}' is ${id}, which is not an ID`,
			ofTool ? advice : `A spreadsheet shows 0 if a lookup finds nothing. ${advice}`,
		);
	}
	if (id.length > MAX_ID_CHARACTERS || NOT_A_SEGMENT.test(id) || id === '.' || id === '..') {
		return invalidParameterError(
			`'${label}' is not an ID: ${describe(id)}`,
			`An ID has no spaces or slashes and at most ${MAX_ID_CHARACTERS} characters. ${advice}`,
		);
	}
	return undefined;
}
