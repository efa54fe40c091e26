import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** A reading that n8n does not answer is made so often, with this pause between: half a minute. */
const MAX_TRIES = 60;
const TRY_AGAIN_MS = 500;
/** What an n8n answers whose database has been slow for a moment. */
const NOT_READY = 503;

/** The local login of every n8n that this repository starts; it listens on this machine only. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Nemovideo-Demo-1',
	firstName: 'Nemo',
	lastName: 'Owner',
};

/** @returns the owner, or who else `N8N_TEST_LOGIN` names for an n8n that these tests don't start */
function login(): { email: string; password: string } {
	const [email, ...password] = (process.env.N8N_TEST_LOGIN ?? '').split(':');
	return email ? { email, password: password.join(':') } : OWNER;
}

export class RestError extends Error {
	constructor(
		readonly status: number,
		request: string,
		body: string,
	) {
		super(`n8n answered ${status} to ${request}: ${body.slice(0, 1000)}`);
		this.name = 'RestError';
	}
}

/** The editor's own REST interface, as a logged-in browser uses it. */
export class Rest {
	private readonly browserId = randomUUID();
	private cookie = '';
	private writes: Promise<unknown> = Promise.resolve();

	/** @param url where n8n listens, without a slash at the end */
	constructor(readonly url: string) {}

	/** Makes the owner's account where there is none yet, and logs in. */
	async logIn(): Promise<void> {
		const settings = await this.call<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
			'GET',
			'/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad === true) {
			await this.call('POST', '/owner/setup', OWNER);
		}
		const { email, password } = login();
		await this.call('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * @param path below `/rest`
	 * @returns the `data` of n8n's answer
	 * @throws RestError for any status but 2xx
	 */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.fetch(method, path, body);
		const text = await response.text();
		if (!response.ok) throw new RestError(response.status, `${method} ${path}`, text);
		const answer: { data: T } = text === '' ? {} : JSON.parse(text);
		return answer.data;
	}

	/**
	 * The same, one after another: n8n 1 has one connection to SQLite unless told otherwise, and
	 * mixes up the transactions of writes that come at the same time.
	 */
	async write<T>(method: string, path: string, body?: unknown): Promise<T> {
		const turn = this.writes.then(async () => await this.call<T>(method, path, body));
		this.writes = turn.catch(() => undefined);
		return await turn;
	}

	/** The same, with the answer's bytes as they are. */
	async bytes(path: string): Promise<Buffer> {
		const response = await this.fetch('GET', path);
		if (!response.ok) {
			throw new RestError(response.status, `GET ${path}`, await response.text());
		}
		return Buffer.from(await response.arrayBuffer());
	}

	private async fetch(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await this.answered(method, path, {
			method,
			headers: {
				'browser-id': this.browserId,
				// A busy n8n may close a connection that is just being used again.
				connection: 'close',
				cookie: this.cookie,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const login = response.headers.getSetCookie().find((entry) => entry.startsWith('n8n-auth='));
		if (login !== undefined) this.cookie = login.split(';')[0] ?? '';
		return response;
	}

	/** Reading twice does no harm. */
	private async answered(method: string, path: string, init: RequestInit): Promise<Response> {
		for (let tries = 1; ; tries++) {
			const isLast = method !== 'GET' || tries >= MAX_TRIES;
			try {
				const response = await fetch(`${this.url}/rest${path}`, init);
				if (isLast || response.status !== NOT_READY) return response;
				await response.body?.cancel();
			} catch (error) {
				const { cause } = error as Error;
				if (isLast) {
					const reason = cause instanceof Error ? cause.message : String(error);
					throw new Error(`${method} ${path} got no answer of n8n: ${reason}`, { cause: error });
				}
			}
			await setTimeout(TRY_AGAIN_MS);
		}
	}
}
