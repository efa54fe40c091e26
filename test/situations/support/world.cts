import type { IncomingMessage, ServerResponse } from 'node:http';
import { mp4, type Draft } from './drafts.cts';
import { targetOf, type Endpoint, type Target } from './endpoints.cts';
import { Exchange } from './exchange.cts';
import { Host } from './host.cts';
import { Session } from './session.cts';
import { TurnOnWire, type Step } from './turnOnWire.cts';
import { readUpload } from './uploads.cts';

/** What NemoVideo takes for a prompt that it has taken on. */
export const PRICE = 100;
export const TOKEN = 'nmv_usr_situations';

export type Answer = (exchange: Exchange) => void | Promise<void>;

export interface Render {
	id: string;
	sessionId: string;
	draft: unknown;
	status: 'pending' | 'processing' | 'completed' | 'failed';
	url: string;
	size: number;
}

interface Prompt {
	sessionId: string;
	text: string;
	/** Whether NemoVideo works on it, and so charges it. */
	isTaken: boolean;
}

interface Arrival extends Target {
	at: number;
	authorization: string | undefined;
}

/**
 * A NemoVideo of one test. It does what its API is known to do; what a test scripts for a request
 * takes the place of that. A prompt that was taken on is charged, whatever its client gets to see.
 */
export class World {
	readonly api = new Host(async (request, response) => await this.serve(request, response));
	/** Where rendered videos lie: another origin than the API's. */
	readonly films = new Host(async (_request, response) => {
		const film = mp4();
		const head = { 'content-type': 'video/mp4', 'content-length': String(film.length) };
		response.writeHead(200, head).end(film);
	});
	readonly sessions = new Map<string, Session>();
	readonly prompts: Prompt[] = [];
	/** Names of the files of each upload request, whether they were taken or not. */
	readonly uploads: string[][] = [];
	readonly renders = new Map<string, Render>();
	readonly arrivals: Arrival[] = [];
	/** What the account held at first. */
	credits = 10_000;
	/** Address of a finished film; by default on the host of the films. */
	filmUrl: string | undefined;
	private readonly scripts = new Map<Endpoint, Answer[]>();
	private readonly always = new Map<Endpoint, Answer>();
	private readonly awaited: Array<{ endpoint: Endpoint; nth: number; resolve: () => void }> = [];
	private leaving: { nth: number; when: 'before' | 'after'; gone: () => void } | undefined;
	private made = 0;

	async open(): Promise<void> {
		await this.api.open();
		await this.films.open();
	}

	async close(): Promise<void> {
		await this.api.shut();
		await this.films.shut();
	}

	/** A session that exists already. */
	session(draft?: Draft): Session {
		this.made++;
		const session = new Session(
			`55297987060244152${String(this.made).padStart(2, '0')}`,
			`task_${this.made}`,
		);
		session.draft = draft;
		this.sessions.set(session.id, session);
		return session;
	}

	/** Scripts the next requests to an endpoint, one after another. */
	next(endpoint: Endpoint, ...answers: Answer[]): void {
		this.scripts.set(endpoint, [...(this.scripts.get(endpoint) ?? []), ...answers]);
	}

	/** Scripts every request to an endpoint that nothing else is scripted for. */
	every(endpoint: Endpoint, answer: Answer | undefined): void {
		if (answer) this.always.set(endpoint, answer);
		else this.always.delete(endpoint);
	}

	/** Scripts what becomes of the next prompt. */
	onPrompt(...steps: Step[]): void {
		this.next('run', async (exchange) => await this.turn(exchange).follow(steps));
	}

	/** Scripts what becomes of every prompt that nothing else is scripted for. */
	onEveryPrompt(...steps: Step[]): void {
		this.every('run', async (exchange) => await this.turn(exchange).follow(steps));
	}

	/** What was spent and asked for. */
	spent(): { credits: number; prompts: number; uploads: number; renders: number } {
		return {
			credits: PRICE * this.prompts.filter(({ isTaken }) => isTaken).length,
			prompts: this.prompts.length,
			uploads: this.uploads.length,
			renders: this.count('submit'),
		};
	}

	/** Requests that have arrived. */
	count(endpoint?: Endpoint): number {
		return endpoint === undefined
			? this.arrivals.length
			: this.arrivals.filter((arrival) => arrival.endpoint === endpoint).length;
	}

	/** Resolves when the nth request to an endpoint arrives. */
	async arrived(endpoint: Endpoint, nth = 1): Promise<void> {
		if (this.count(endpoint) >= nth) return;
		await new Promise<void>((resolve) => this.awaited.push({ endpoint, nth, resolve }));
	}

	/**
	 * The network goes away when the nth request arrives, before or after that is answered.
	 *
	 * @returns resolves when it is gone
	 */
	async goAway(nth: number, when: 'before' | 'after'): Promise<void> {
		await new Promise<void>((gone) => (this.leaving = { nth, when, gone }));
	}

	/** What NemoVideo does of its own where nothing else is scripted. */
	async byItself(exchange: Exchange, { endpoint, id = '' }: Target): Promise<void> {
		const data = this.dataOf(exchange, endpoint, id);
		if (endpoint === 'run') await this.turn(exchange).follow();
		else if (endpoint === 'download')
			exchange.response.writeHead(200, { 'content-type': 'video/mp4' }).end(mp4());
		else if (data === undefined) exchange.answer(404, { detail: 'Not Found' });
		else exchange.answer(200, data);
	}

	private dataOf(exchange: Exchange, endpoint: Endpoint, id: string): object | undefined {
		const { json } = exchange;
		switch (endpoint) {
			case 'session': {
				const session = this.session();
				return { code: 0, data: { session_id: session.id, task_id: session.taskId } };
			}
			case 'state': {
				const session = this.sessions.get(id);
				return session ? { code: 0, data: session.read() } : { code: 1002, message: 'no session' };
			}
			case 'upload': {
				const session = this.sessions.get(id);
				if (!session) return { code: 1002, message: 'no session' };
				const files = (this.uploads.at(-1) ?? []).map((name) => session.addFile(name));
				return { code: 0, data: { files, session_state_applied: true } };
			}
			case 'credits': {
				const total = this.credits - this.spent().credits;
				return { code: 0, data: { available: total, frozen: 0, total } };
			}
			case 'mint':
				return { code: 0, data: { token: `nmv_usr_trial_${++this.made}`, credits: 100 } };
			case 'submit':
				return this.submit(String(json.id), String(json.sessionId), json.draft);
			case 'poll': {
				const render = this.renders.get(id);
				return render && this.look(render);
			}
			default:
				return undefined;
		}
	}

	private submit(id: string, sessionId: string, draft: unknown): object {
		if (this.renders.has(id)) return { success: false, error: 'duplicate render id', code: 409 };
		const url = this.filmUrl ?? `${this.films.url}/${id}.mp4`;
		this.renders.set(id, { id, sessionId, draft, status: 'completed', url, size: mp4().length });
		return { success: true, data: { id, status: 'pending', progress: 5 } };
	}

	private look({ id, status, url, size }: Render): object {
		const output = status === 'completed' ? { output: { url, duration: 10, size } } : {};
		return { taskId: id, status, progress: status === 'completed' ? 100 : 40, ...output };
	}

	private turn(exchange: Exchange): TurnOnWire {
		const sessionId = String(exchange.json.session_id);
		const { request, response, body } = exchange;
		const prompt = this.prompts.at(-1);
		const session = this.sessions.get(sessionId) ?? new Session(sessionId, '');
		const take = () => void (prompt && (prompt.isTaken = true));
		return new TurnOnWire(request, response, body, { session, text: prompt?.text ?? '', take });
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const target = targetOf(request.method, request.url);
		const { endpoint, id } = target;
		this.arrivals.push({ ...target, at: Date.now(), authorization: request.headers.authorization });
		for (const { endpoint: wanted, nth, resolve } of this.awaited) {
			if (wanted === endpoint && this.count(endpoint) >= nth) resolve();
		}
		if (this.count() === this.leaving?.nth) {
			const { when, gone } = this.leaving;
			if (when === 'before') return void (await this.api.shut().then(gone));
			response.once('close', () => void this.api.shut().then(gone));
		}
		const script = this.scripts.get(endpoint)?.shift() ?? this.always.get(endpoint);
		const names: string[] = [];
		if (endpoint === 'upload') this.uploads.push(names);
		const isUnread = script !== undefined && 'reads' in script && script.reads === false;
		const body = isUnread ? Buffer.alloc(0) : await readUpload(request, names);
		const exchange = new Exchange(request, response, body);
		if (endpoint === 'run') this.note(exchange);
		const session = id === undefined ? undefined : this.sessions.get(id);
		if (endpoint === 'upload' && session && session.working > 0) session.overlaps++;
		if (script) await script(exchange);
		else await this.byItself(exchange, target);
	}

	private note({ json }: Exchange): void {
		const message = json.new_message as { parts?: Array<{ text?: string }> } | undefined;
		const text = (message?.parts ?? []).map((part) => part.text ?? '').join('');
		const sessionId = String(json.session_id);
		this.prompts.push({ sessionId, text, isTaken: false });
		const session = this.sessions.get(sessionId);
		if (session && session.working > 0) session.overlaps++;
	}
}
