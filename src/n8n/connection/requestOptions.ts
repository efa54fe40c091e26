import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ApiRequest } from '../../api/transport';
import { baseUrlOf, type NemoVideoCredential } from './credential';
import { StreamedForm } from './multipart';

/** n8n ends requests after five minutes unless told otherwise; our own limits are the signals'. */
const NO_CLIENT_TIMEOUT_MS = 2_147_483_647;

/** Any status is an answer; redirects are ours to follow, so that no token travels along. */
export const PLAIN_ANSWER = {
	disableFollowRedirect: true,
	ignoreHttpStatusErrors: true,
	returnFullResponse: true,
	timeout: NO_CLIENT_TIMEOUT_MS,
} as const;

/** n8n's options for a request to NemoVideo. */
export function toOptions(
	credential: NemoVideoCredential,
	request: ApiRequest,
): IHttpRequestOptions {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${baseUrlOf(credential)}${request.path}`,
		headers: { Accept: request.accept ?? 'application/json', ...request.headers },
		...PLAIN_ANSWER,
	};
	if (request.json !== undefined) {
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		options.body = request.json;
	} else if (request.files) {
		const form = new StreamedForm();
		for (const file of request.files) form.addFile('files', file);
		options.body = form;
	}
	return options;
}
