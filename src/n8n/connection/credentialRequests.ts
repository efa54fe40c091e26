import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { openEnvelope } from '../../api/envelope';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { isRecord } from '../../api/json';
import { settle } from '../../api/settle';
import type { ApiResponse } from '../../api/transport';
import { isByteSource, readAnswerText } from './answerText';
import { attributionHeaders, baseUrlOf, type NemoVideoCredential } from './credential';
import { networkFailure } from './networkFailure';

const TIMEOUT_MS = 60_000;

/** Failures by their words, the latest last. */
const told = new Map<string, NemoVideoError>();
const MOST_TOLD = 50;

/**
 * What credential code throws: n8n's credential test shows the `message` of an error, but prefers
 * a `code` where there is one, so the failure itself is kept aside.
 */
export class CredentialFailure extends Error {
	readonly failure: NemoVideoError;

	constructor(error: unknown) {
		const failure = isNemoVideoError(error) ? error : networkFailure(error);
		super([failure.message, failure.description].filter(Boolean).join('. '));
		this.name = 'CredentialFailure';
		// The request that needed the token was never sent, whatever became of this one.
		failure.outcome = 'refused';
		this.failure = failure;
		told.delete(this.message);
		told.set(this.message, failure);
		const oldest = told.size > MOST_TOLD ? told.keys().next().value : undefined;
		if (oldest !== undefined) told.delete(oldest);
	}
}

/**
 * Finds the failure behind an error that n8n made of a CredentialFailure: n8n 1 keeps of it the
 * message alone.
 */
export function failureTold(message: string): NemoVideoError | undefined {
	const failure = told.get(message);
	// Each finder adds the ids of its own work.
	return failure && new NemoVideoError(failure.kind, failure.message, failure);
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
	const checked = await settle(async () =>
		openEnvelope(
			await sendForCredential(http, credential, {
				method: 'GET',
				url: `${baseUrlOf(credential)}/api/credits/balance/simple`,
				headers: { Authorization: `Bearer ${token}` },
			}),
			{ name: 'GET /api/credits/balance/simple' },
		),
	);
	if (checked.ok) return undefined;
	return isNemoVideoError(checked.error) ? checked.error : networkFailure(checked.error);
}

/** Sends a request of the credential's own, to the API's origin. */
export async function sendForCredential(
	http: IHttpRequestHelper,
	credential: NemoVideoCredential,
	request: IHttpRequestOptions,
): Promise<ApiResponse> {
	const answer: unknown = await http.helpers.httpRequest({
		...request,
		headers: { Accept: 'application/json', ...attributionHeaders(credential), ...request.headers },
		encoding: 'stream',
		abortSignal: AbortSignal.timeout(TIMEOUT_MS),
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		timeout: TIMEOUT_MS,
	});
	const { statusCode, headers, body } = isRecord(answer) ? answer : {};
	return {
		status: typeof statusCode === 'number' ? statusCode : 0,
		headers: headerTexts(headers),
		body: isByteSource(body) ? await readAnswerText(body) : '',
	};
}

/** Headers as n8n's HTTP client gives them, with names in lower case and text values. */
export function headerTexts(headers: unknown): Record<string, string> {
	const texts: Record<string, string> = {};
	if (typeof headers !== 'object' || headers === null) return texts;
	for (const [name, value] of Object.entries(headers)) {
		if (typeof value === 'string') texts[name.toLowerCase()] = value;
	}
	return texts;
}
