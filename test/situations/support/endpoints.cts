/** The requests of NemoVideo's API that clients are known to make. */
export type Endpoint =
	| 'session'
	| 'run'
	| 'upload'
	| 'state'
	| 'credits'
	| 'submit'
	| 'poll'
	| 'cancel'
	| 'download'
	| 'mint'
	| 'other';

export interface Target {
	endpoint: Endpoint;
	/** Of a session or a render. */
	id?: string;
}

const ROUTES: ReadonlyArray<[Endpoint, string, RegExp]> = [
	['session', 'POST', /^\/api\/tasks\/me\/with-session\/nemo_agent$/],
	['run', 'POST', /^\/run_sse$/],
	['upload', 'POST', /^\/api\/upload-video\/nemo_agent\/me\/([^/]+)$/],
	['state', 'GET', /^\/api\/state\/nemo_agent\/me\/([^/]+)\/latest$/],
	['credits', 'GET', /^\/api\/credits\/balance\/simple$/],
	['submit', 'POST', /^\/api\/render\/proxy\/lambda$/],
	['poll', 'GET', /^\/api\/render\/proxy\/lambda\/([^/]+)$/],
	['cancel', 'POST', /^\/api\/render\/proxy\/lambda\/([^/]+)\/cancel$/],
	['download', 'GET', /^\/api\/render\/proxy\/([^/]+)\/download$/],
	['mint', 'POST', /^\/api\/auth\/anonymous-token$/],
];

/** Which endpoint a request is for. */
export function targetOf(method = '', url = ''): Target {
	for (const [endpoint, wanted, path] of ROUTES) {
		const match = method === wanted ? path.exec(url) : null;
		if (match) return { endpoint, ...(match[1] ? { id: decodeURIComponent(match[1]) } : {}) };
	}
	return { endpoint: 'other' };
}
