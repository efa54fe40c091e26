/** Short names of NemoVideo's endpoints, for faults and logs. */
export type Endpoint =
	| 'mint'
	| 'claim'
	| 'session'
	| 'run'
	| 'upload'
	| 'credits'
	| 'state'
	| 'submit'
	| 'poll'
	| 'cancel'
	| 'download'
	| 'file'
	| 'other';

const PATTERNS: ReadonlyArray<[Endpoint, string, RegExp]> = [
	['mint', 'POST', /^\/api\/auth\/anonymous-token$/],
	['claim', 'POST', /^\/api\/auth\/claim-token$/],
	['session', 'POST', /^\/api\/tasks\/me\/with-session\/nemo_agent$/],
	['run', 'POST', /^\/run_sse$/],
	['upload', 'POST', /^\/api\/upload-video\/nemo_agent\/[^/]+\/[^/]+$/],
	['credits', 'GET', /^\/api\/credits\/balance\/simple$/],
	['state', 'GET', /^\/api\/state\/nemo_agent\/[^/]+\/[^/]+\/latest$/],
	['submit', 'POST', /^\/api\/render\/proxy\/lambda$/],
	['poll', 'GET', /^\/api\/render\/proxy\/lambda\/[^/]+$/],
	['cancel', 'POST', /^\/api\/render\/proxy\/lambda\/[^/]+\/cancel$/],
	['download', 'GET', /^\/api\/render\/proxy\/[^/]+\/download$/],
	['file', 'GET', /^\/(uploads|render-result|clips)\//],
];

/** @param path without the query */
export function endpointOf(method: string, path: string): Endpoint {
	const wanted = method === 'HEAD' ? 'GET' : method;
	const hit = PATTERNS.find(([, verb, pattern]) => verb === wanted && pattern.test(path));
	return hit?.[0] ?? 'other';
}

/** The session id a path names, if any. */
export function sessionInPath(path: string): string | undefined {
	const hit = /^\/api\/(?:upload-video|state)\/nemo_agent\/[^/]+\/([^/]+)/.exec(path);
	return hit?.[1] === undefined ? undefined : decodeURIComponent(hit[1]);
}
