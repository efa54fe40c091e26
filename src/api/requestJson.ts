import type { NemoVideoClient } from './client';
import type { Deadline } from './deadline';
import { checkShape, unwrapResponse, type Endpoint } from './response';
import { toJson } from './json';
import { withRetry } from './retry';
import type { ApiRequest } from './transport';
import type { GenericSchema } from '../vendor';

/** How long an answer in JSON may take, in milliseconds. */
const ANSWER_TIMEOUT_MS = 60_000;
/** An answer gets at least so long, also where the deadline is closer. Milliseconds. */
const SHORTEST_TIMEOUT_MS = 2_000;

export interface JsonRequest<Output> {
	endpoint: Endpoint;
	/** The path where the endpoint's holds ids, and what else the request needs. */
	request?: Partial<Omit<ApiRequest, 'json' | 'method'>>;
	/** Sent as JSON. */
	body?: unknown;
	schema: GenericSchema<unknown, Output>;
	/** Some shapes put fields beside `data`: which part of the answer the schema is about. */
	pick?: (data: Record<string, unknown>, body: Record<string, unknown>) => unknown;
	deadline?: Deadline;
	/** 1 where the caller's own loop does the repeating. */
	maxTries?: number;
	/** What it tells must be fresh: it doesn't wait behind others for the rate limit. */
	goesFirst?: true;
	/** The caller's own loop makes it again, after a 429. */
	isRepeat?: boolean;
}

/**
 * Makes a call that may be made twice without harm, and checks its answer.
 *
 * @throws NemoVideoError
 */
export async function requestJson<Output>(
	client: NemoVideoClient,
	spec: JsonRequest<Output>,
): Promise<Output> {
	const attempt = async () => {
		const left = Math.max(SHORTEST_TIMEOUT_MS, spec.deadline?.left() ?? ANSWER_TIMEOUT_MS);
		const response = await client.transport.send({
			timeoutMs: Math.min(ANSWER_TIMEOUT_MS, left),
			path: spec.endpoint.path,
			...spec.request,
			method: spec.endpoint.method,
			...(spec.body === undefined ? {} : { json: toJson(spec.body) }),
		});
		const { data, body } = unwrapResponse(response, spec.endpoint);
		return checkShape(spec.schema, spec.pick ? spec.pick(data, body) : data, spec.endpoint);
	};
	const { deadline, maxTries, goesFirst, isRepeat, request } = spec;
	const limits = { deadline, maxTries, goesFirst, isRepeat, signal: request?.signal };
	return await withRetry(client, { idempotent: true, ...limits }, attempt);
}
