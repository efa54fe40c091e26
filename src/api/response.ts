import { errorFromCode, type BackendFailure } from './errorTable';
import { quoteSanitized } from '../text/sanitize';
import { NemoVideoError } from './errors';
import { gatewayError, isGatewayPage } from './gateway';
import { isLosslessNumber, isRecord, parseJson, toNumber, toText } from './json';
import type { ApiRequest, ApiResponse } from './transport';
import {
	check,
	getDotPath,
	minLength,
	optional,
	pipe,
	safeParse,
	string,
	transform,
	union,
	unknown,
	type GenericSchema,
} from '../vendor';

export interface Endpoint {
	method: ApiRequest['method'];
	/** With `{session}` and the like where ids stand. */
	path: string;
	/** What messages name instead of method and path. */
	name?: string;
	notFound?: BackendFailure['notFound'];
	onlyOnce?: BackendFailure['onlyOnce'];
	/** `success: false` without a number is for the caller, who knows where the reasons stand. */
	tellsFailures?: true;
}

/** How messages name an endpoint, e.g. `POST /run_sse`. */
export function nameOf({ method, path, name }: Endpoint): string {
	return name ?? `${method} ${path}`;
}

export interface Unwrapped {
	/** What was inside the envelope, or the whole body where there was none. */
	data: Record<string, unknown>;
	/** The body as it came, for fields that some shapes put beside `data`. */
	body: Record<string, unknown>;
}

/**
 * Opens `{code,data}`, `{success,data}` or a bare object.
 *
 * @throws NemoVideoError as the error table says for a refusal; `network` or `server` for a page of
 * a gateway; kind `protocol` when the answer is not a JSON object
 */
export function unwrapResponse(response: ApiResponse, endpoint: Endpoint): Unwrapped {
	if (isGatewayPage(response)) {
		const retryAfterMs = readRetryAfter(response.headers['retry-after']);
		throw gatewayError(response, { retryAfterMs, onlyOnce: endpoint.onlyOnce });
	}
	const succeeded = response.status >= 200 && response.status < 300;
	const body = readObject(response.body);
	if (body === undefined) {
		if (!succeeded)
			throw toApiError(response, endpoint, undefined, { message: bareWords(response) });
		throw new NemoVideoError(
			'protocol',
			`NemoVideo answered ${nameOf(endpoint)} with something that is not a JSON object`,
			{
				description: `Check the base URL in the credential. The answer begins ${quoteSanitized(response.body.slice(0, 120)) || 'with nothing: it is empty'}.`,
				httpStatus: response.status,
			},
		);
	}
	const code = extractCode(body);
	const isFailure = body.success === false && endpoint.tellsFailures !== true;
	const refused = code !== undefined ? code !== 0 : isFailure;
	if (!succeeded || refused) {
		throw toApiError(response, endpoint, code === 0 ? undefined : code, body);
	}
	const wrapped = 'code' in body || 'success' in body;
	return { data: wrapped && isRecord(body.data) ? body.data : body, body };
}

function toApiError(
	response: ApiResponse,
	endpoint: Endpoint,
	code: number | undefined,
	body: Record<string, unknown>,
): NemoVideoError {
	return errorFromCode({
		endpoint: nameOf(endpoint),
		notFound: endpoint.notFound,
		onlyOnce: endpoint.onlyOnce,
		code,
		httpStatus: response.status,
		message: extractMessage(body),
		saysNoSession: [body.detail, body.error].some(isNoSession),
		retryAfterMs: readRetryAfter(response.headers['retry-after']),
		tokenFingerprint: response.tokenFingerprint,
	});
}

/** How the servers of Google's ADK answer for a session that they don't know. */
function isNoSession(words: unknown): boolean {
	return typeof words === 'string' && /^Session not found\b/i.test(words.trim());
}

/** The words of a refusal that is no JSON object: a text or a list in JSON, or one cut off. */
function bareWords({ body }: ApiResponse): string | undefined {
	try {
		return extractMessage({ message: parseJson(body) });
	} catch {
		return body;
	}
}

function readObject(text: string): Record<string, unknown> | undefined {
	try {
		const value = parseJson(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** A body code; some gateways write it as a string of digits. */
export function extractCode(body: Record<string, unknown>): number | undefined {
	const { code } = body;
	if (typeof code === 'number') return code;
	return typeof code === 'string' && /^\d{1,6}$/.test(code) ? Number(code) : undefined;
}

/** Envelopes in envelopes are looked into this far. */
const DEEPEST_WORDS = 4;

/** Of a list of errors, so many are told. */
const MAX_LISTED = 3;

/** The backend's words, wherever the known envelopes keep them. */
export function extractMessage(body: Record<string, unknown>, depth = 0): string | undefined {
	if (depth > DEEPEST_WORDS) return undefined;
	for (const value of [body.message, body.error, body.detail, body.reason, body.msg, body.errors]) {
		const words = Array.isArray(value)
			? value.slice(0, MAX_LISTED).flatMap((entry) => wordsOf(entry, depth) ?? [])
			: [wordsOf(value, depth) ?? ''];
		const told = words.join('; ');
		if (told !== '') return told;
	}
	return undefined;
}

function wordsOf(value: unknown, depth: number): string | undefined {
	if (typeof value === 'string') return value;
	if (!isRecord(value)) return undefined;
	const words = extractMessage(value, depth + 1);
	const place = placeOf(value);
	return words === undefined || place === '' ? words : `${place}: ${words}`;
}

/** Which field FastAPI speaks of; that it is one of the body is known. */
function placeOf({ loc }: Record<string, unknown>): string {
	if (!Array.isArray(loc)) return '';
	return loc.filter((part, index) => index > 0 || part !== 'body').join('.');
}

/**
 * @param header Retry-After, in seconds or as an HTTP date
 * @returns milliseconds from now, or undefined when absent or unreadable
 */
export function readRetryAfter(header: string | undefined, now = Date.now()): number | undefined {
	if (header === undefined) return undefined;
	const text = header.trim();
	if (/^\d{1,10}(\.\d{1,9})?$/.test(text)) return Number(text) * 1000;
	// A number of hundreds of digits is none; dates have letters.
	const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Checks an answer against a schema.
 *
 * @throws NemoVideoError of kind `protocol` that names the endpoint and the first wrong field
 */
export function checkShape<Output>(
	schema: GenericSchema<unknown, Output>,
	value: unknown,
	endpoint: Endpoint,
): Output {
	const checked = safeParse(schema, value);
	if (checked.success) return checked.output;
	const [issue] = checked.issues;
	const field = getDotPath(issue) ?? '';
	throw new NemoVideoError(
		'protocol',
		`NemoVideo's answer to ${nameOf(endpoint)} lacks a usable field '${field}'`,
		{
			description: `${issue.message}. The API may have changed. Check for a newer version of this package.`,
		},
	);
}

/** A text that has to be there. */
export const filledText = pipe(string(), minLength(1));

/** A text or number that may be left out or come in another form: what can't be read is undefined. */
export const optionalText = pipe(optional(unknown(), null), transform(toText));
export const optionalNumber = pipe(optional(unknown(), null), transform(toNumber));

/** An id: a string, or an integer whose digits were kept; numbers that lost digits are refused. */
export const idSchema = union([
	filledText,
	pipe(
		unknown(),
		check((value) => isLosslessNumber(value) || Number.isSafeInteger(value)),
		transform(String),
	),
]);
