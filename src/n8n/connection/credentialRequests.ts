import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { BALANCE } from '../../api/credits';
import { unwrapResponse } from '../../api/response';
import { isNemoVideoError, type NemoVideoError } from '../../api/errors';
import { isRecord } from '../../api/json';
import { outcomeOf } from '../../api/outcome';
import { redirectError, redirectTarget } from '../../api/redirect';
import { resultOf } from '../../api/result';
import type { ApiResponse } from '../../api/transport';
import { findWrongAddress } from './addresses';
import { isByteSource, readAnswerText } from './answerText';
import { attributionHeaders, baseUrlOf, hostOf, type NemoVideoCredential } from './credential';
import { networkFailure } from './networkFailure';

const TIMEOUT_MS = 60_000;

/** Failures by their words, the latest last. */
const told = new Map<string, NemoVideoError>();
const MAX_TOLD = 50;

/**
 * What credential code throws: n8n's credential test shows the `message` of an error, but prefers
 * a `code` where there is one, so the failure itself is kept aside.
 */
export class CredentialFailure extends Error {
	readonly failure: NemoVideoError;

	constructor(error: unknown) {
		// The request that needed the token was never sent, whatever became of this one.
		const failure = (isNemoVideoError(error) ? error : networkFailure(error)).with({
			outcome: outcomeOf('notSent'),
		});
		super([failure.message, failure.description].filter(Boolean).join('. '));
		this.name = 'CredentialFailure';
		this.failure = failure;
		told.delete(this.message);
		told.set(this.message, failure);
		const oldest = told.size > MAX_TOLD ? told.keys().next().value : undefined;
		if (oldest !== undefined) told.delete(oldest);
	}
}

/**
 * Finds the failure behind an error that n8n made of a CredentialFailure: n8n 1 keeps of it the
 * message alone.
 */
export function failureTold(message: string): NemoVideoError | undefined {
	return told.get(message);
}

/**
 * Checks the addresses of a credential that is saved or used.
 *
 * @throws CredentialFailure that names the field
 */
export function requireAddresses(credential: NemoVideoCredential): void {
	const wrong = findWrongAddress(credential);
	if (wrong) throw new CredentialFailure(wrong);
}

/**
 * Asks NemoVideo whether it takes a token.
 *
 * @returns what NemoVideo or the network said against it; undefined when it was taken
 */
export async function tokenRefusal(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
	token: string,
): Promise<NemoVideoError | undefined> {
	const checked = await resultOf(async () =>
		unwrapResponse(
			await sendForCredential(http, credential, {
				method: BALANCE.method,
				url: baseUrlOf(credential) + BALANCE.path,
				headers: { Authorization: `Bearer ${token}` },
			}),
			BALANCE,
		),
	);
	if (checked.ok) return undefined;
	return isNemoVideoError(checked.error) ? checked.error : networkFailure(checked.error);
}

/**
 * Sends a request of the credential's own, to the API's origin.
 *
 * @throws NemoVideoError of kind `input` where the answer sends on to another address, `network`
 * where none came
 */
export async function sendForCredential(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
	request: IHttpRequestOptions,
): Promise<ApiResponse> {
	const { url } = request;
	const outcome = await resultOf<unknown>(
		async () =>
			await http.helpers.httpRequest({
				...request,
				headers: {
					Accept: 'application/json',
					...attributionHeaders(credential),
					...request.headers,
				},
				encoding: 'stream',
				abortSignal: AbortSignal.timeout(TIMEOUT_MS),
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
			}),
	);
	if (!outcome.ok) throw networkFailure(outcome.error, { url });
	const { statusCode, headers, body } = isRecord(outcome.value) ? outcome.value : {};
	const status = typeof statusCode === 'number' ? statusCode : 0;
	const texts = headerTexts(headers);
	const location = redirectTarget({ status, headers: texts });
	if (location !== undefined) throw redirectError(status, location, url);
	return {
		status,
		headers: texts,
		host: hostOf(baseUrlOf(credential)),
		body: isByteSource(body) ? await readAnswerText(body, { status }) : '',
	};
}

/** Headers as n8n's HTTP client gives them, with names in lower case and text values. */
export function headerTexts(headers: unknown): Record<string, string> {
	const texts: Record<string, string> = {};
	if (typeof headers !== 'object' || headers === null) return texts;
	for (const [name, value] of Object.entries(headers)) {
		if (typeof value === 'string') texts[name.toLowerCase()] = value;
	}
	if (texts.location !== undefined) texts.location = fromUtf8(texts.location);
	return texts;
}

/** Servers write addresses in UTF-8, and Node reads every byte of a header as a letter of its own. */
function fromUtf8(text: string): string {
	const letters = Array.from(text, (letter) => letter.charCodeAt(0));
	if (letters.every((code) => code < 0x80) || letters.some((code) => code > 0xff)) return text;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(letters));
	} catch {
		// Another encoding, which the address parser takes letter by letter.
		return text;
	}
}
