import { extractCode, extractMessage, nameOf } from '../response';
import { NemoVideoError } from '../errors';
import { quoteSanitized, sanitizeText } from '../../text/sanitize';
import { errorFromCode } from '../errorTable';
import { isRecord } from '../json';
import { outcomeOf } from '../outcome';
import { RUN_SSE } from '../sendMessage';

/**
 * How older ADK servers put an exception into the stream: the text stands between the quotes
 * without any escaping, so that quotes or line breaks in it make the JSON invalid.
 */
const UNESCAPED_ERROR = /^\s*\{\s*"error"\s*:\s*"/;

/** More of an error text is never looked at. Characters. */
const MAX_RAW = 10_000;

const NO_CREDITS = /\b(?:out of|insufficient|not enough) credits?\b|积分不足/i;

/** Reasons for which a model refuses to answer; the prompt has to change. */
const CONTENT_REFUSED =
	/SAFETY|PROHIBITED|BLOCKLIST|BLOCKED|RECITATION|SPII|JAILBREAK|MODEL_ARMOR/i;

/** Codes of NemoVideo's own; other numbers in an ADK `errorCode` are those of the model behind. */
const OWN_CODES: ReadonlySet<number> = new Set([429, 1001, 1002, 2001, 4001, 4002]);

/**
 * Whether a payload begins like an exception that an ADK server wrote without escaping. It counts
 * even where the rest is invalid or missing.
 */
export function startsUnescapedError(data: string): boolean {
	return UNESCAPED_ERROR.test(data);
}

/** @returns the failure that an unescaped error text tells, with its raw words */
export function readUnescapedError(data: string): NemoVideoError {
	const raw = data.replace(UNESCAPED_ERROR, '').slice(0, MAX_RAW).trimEnd();
	return failureFromWords(raw.replace(/"?\s?\}$/, ''));
}

/**
 * Reads a failure out of an event: `{error}`, `{code,message}` or `{error:{code,message}}`.
 *
 * @returns undefined when the object tells of none; `{code:0}` tells of none
 */
export function readFailure(body: Record<string, unknown>): NemoVideoError | undefined {
	const code = failureCode(body);
	if (code !== undefined) return failureFromCode(code, extractMessage(body));
	const { error } = body;
	if (isRecord(error) && Object.keys(error).length > 0) {
		return readFailure(error) ?? failureFromWords(extractMessage(error) ?? JSON.stringify(error));
	}
	if (typeof error === 'string' && error.trim() !== '') return failureFromWords(error);
	const told = error === true || (Array.isArray(error) && error.length > 0);
	return told ? failureFromWords(extractMessage(body) ?? '') : undefined;
}

/** As `readFailure`, for an object that is no event: `{success:false}` and `{detail}` count too. */
export function readRefusal(body: Record<string, unknown>): NemoVideoError | undefined {
	const failure = readFailure(body);
	if (failure) return failure;
	if (body.success === false) return failureFromWords(extractMessage(body) ?? '');
	const detail = extractMessage({ detail: body.detail });
	return detail === undefined ? undefined : failureFromWords(detail);
}

/** `{type:'error', …}`: a failure whatever else it says. */
export function readErrorEvent(body: Record<string, unknown>): NemoVideoError {
	const words = [body.content, body.text].find((value) => typeof value === 'string');
	return (
		readFailure(body) ??
		failureFromWords(extractMessage(body) ?? (typeof words === 'string' ? words : ''))
	);
}

/**
 * `errorCode` and `errorMessage` of an ADK event: the model's finish reason, or the code of an
 * exception.
 *
 * @param answered whether the event carries text of the agent as well
 */
export function readAdkFailure(
	event: Record<string, unknown>,
	answered: boolean,
): NemoVideoError | undefined {
	const reason = wordOf(event.errorCode ?? event.error_code);
	const words = wordOf(event.errorMessage ?? event.error_message);
	if (reason === '' && words === '') return undefined;
	if (reason === 'STOP' || reason === '0') return undefined;
	// The closing words were cut short, but the work before them is done.
	if (reason === 'MAX_TOKENS' && answered) return undefined;
	const code = Number(reason);
	if (OWN_CODES.has(code)) return failureFromCode(code, words);
	if (!CONTENT_REFUSED.test(reason)) {
		return failureFromWords([reason, words].filter((part) => part !== '').join(': '));
	}
	return new NemoVideoError(
		'input',
		`NemoVideo's agent refused the content (${sanitizeText(reason, 40)})${words ? `: ${quoteSanitized(words)}` : ''}`,
		{
			description:
				"Change 'Prompt' or the material it refers to. The same prompt would be refused again.",
			outcome: outcomeOf('inStream'),
		},
	);
}

/**
 * The failure that words alone tell. Words never say that NemoVideo refused the prompt or that the
 * session is gone: the agent's tools fail in the same words. Used-up credits are recognized, so
 * that a batch stops spending; all else is a failure of the agent.
 */
export function failureFromWords(text: string): NemoVideoError {
	const nested = readNested(text);
	if (nested) return nested;
	const words = quoteSanitized(text);
	if (NO_CREDITS.test(text)) {
		return new NemoVideoError('credits', 'NemoVideo is out of credits', {
			description: `NemoVideo says: ${words}.`,
			outcome: outcomeOf('inStream'),
		});
	}
	return new NemoVideoError(
		'server',
		words ? `NemoVideo's agent failed: ${words}` : "NemoVideo's agent failed without a reason",
		{
			description: 'The prompt may have been partly completed.',
			outcome: outcomeOf('inStream'),
		},
	);
}

function failureFromCode(code: number, message: string | undefined): NemoVideoError {
	return errorFromCode({
		endpoint: nameOf(RUN_SSE),
		code,
		message,
		onlyOnce: true,
		reached: 'inStream',
	});
}

/** An error text that is itself the JSON of a failure. */
function readNested(text: string): NemoVideoError | undefined {
	if (!text.trimStart().startsWith('{')) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? readFailure(value) : undefined;
	} catch {
		return undefined;
	}
}

/** A code that tells of a failure: neither 0 nor one of HTTP's successes. */
function failureCode(body: Record<string, unknown>): number | undefined {
	const code = extractCode(body);
	return code === undefined || code === 0 || (code >= 200 && code < 300) ? undefined : code;
}

function wordOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
