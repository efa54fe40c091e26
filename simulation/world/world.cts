import type { NodeRun } from '../n8n/nodeRun.cts';
import type { Endpoint, Story } from '../story/story.cts';
import { current } from '../time/current.cts';
import { BEGINNING } from '../time/virtualTime.cts';
import type { Random } from '../time/random.cts';
import { Renders, VIDEO_ORIGIN } from './renders.cts';
import { ok, refuseByCode, type Reply } from './reply.cts';
import { Session } from './session.cts';
import { Turn } from './turn.cts';
import { writeTurn } from './turns.cts';

export interface Request {
	run: NodeRun;
	endpoint: Endpoint;
	method: string;
	url: string;
	path: string;
	headers: Record<string, string>;
	json: string | undefined;
	/** Names of the files of a form, once they were read. */
	files: string[];
	/** Of the credential itself, which no Stop reaches. */
	isForCredential: boolean;
	/** The last file of the form is left out. */
	leavesOut: boolean;
	/** What comes late: the answer to it is lost. */
	isLost: boolean;
	/** The model is to fail, as a fault of the story wants it. */
	fails: number | undefined;
	/** NemoVideo did not take its token. */
	isTurnedAway?: true;
}

export interface PromptBody {
	session_id: string;
	new_message: { parts: Array<{ text: string }> };
}

const CLIP_COST = 100;
const CHARGED = 'charged';

/** NemoVideo, written from what is publicly known of it. */
export class World {
	readonly sessions = new Map<string, Session>();
	readonly turns: Turn[] = [];
	readonly renders: Renders;
	/** Tokens that are taken. */
	readonly tokens = new Set<string>();
	private credits: number;
	private minted = 0;

	constructor(
		private readonly story: Story,
		private readonly random: Random,
		private readonly onEvent: (what: typeof CHARGED, turn: Turn) => void,
	) {
		this.renders = new Renders(random.fork('renders'));
		this.credits = story.credits;
		const { forgets } = story;
		if (forgets) current.time.after(forgets.at, 'world', () => this.forget(forgets.nth));
	}

	/** A session that is there from the beginning, with a clip on its timeline. */
	addSession(id: string): void {
		const session = new Session(id, `task_${id.slice(-6)}`);
		session.clips.push({ name: 'opening', track: 0 });
		this.sessions.set(id, session);
	}

	private forget(nth: number): void {
		const session = [...this.sessions.values()][nth - 1];
		if (session) session.isGone = true;
	}

	handle(request: Request): Reply {
		const { endpoint, headers, path } = request;
		if (endpoint === 'video') {
			const url = request.url.slice(VIDEO_ORIGIN.length);
			return this.renders.film((job) => job.url.endsWith(url), headers.range);
		}
		if (endpoint === 'mint') return this.mint();
		const refusal = this.checkToken(headers.authorization ?? '');
		if (refusal) {
			request.isTurnedAway = true;
			return refusal;
		}
		const segments = path.split('/').map(decodeURIComponent);
		switch (endpoint) {
			case 'session':
				return this.createSession();
			case 'prompt':
				return this.prompt(request);
			case 'upload':
				return this.upload(segments[5] ?? '', request);
			case 'state':
				return this.inSession(segments[5] ?? '', (session) => ok(session.state));
			case 'credits':
				return ok({ available: this.credits, frozen: 0, total: this.credits });
			case 'render':
				return this.renders.submit(bodyOf(request));
			case 'renderStatus':
				return this.renders.look(segments[5] ?? '');
			case 'cancel':
				return this.renders.cancel(segments[5] ?? '');
			case 'download':
				return this.renders.film(({ id }) => id === segments[4], headers.range);
		}
	}

	private checkToken(authorization: string): Reply | undefined {
		const token = authorization.replace('Bearer ', '');
		const { tokenEndsAt } = this.story;
		const first = this.story.credential === 'trial' && token.endsWith('-trial-0');
		const hasEnded = first && tokenEndsAt !== undefined && current.time.elapsed >= tokenEndsAt;
		if (this.tokens.has(token) && !hasEnded) return undefined;
		return refuseByCode(this.story.seed % 2 === 0 ? 200 : 401, 1001, 'Invalid token');
	}

	private mint(): Reply {
		const token = `nmv_usr_secret-trial-${++this.minted}`;
		this.tokens.add(token);
		const expires_at = new Date(BEGINNING + 7 * 86_400_000).toISOString();
		return ok({ token, user_id: `anon_${this.minted}`, expires_at, credits: 100 });
	}

	private createSession(): Reply {
		const nth = this.sessions.size + 1;
		const random = this.random.fork(`session ${nth}`);
		const id = `55${random.between(10_000_000, 99_999_999)}${random.between(100_000_000, 999_999_999)}`;
		const session = new Session(id, `task_${nth}`);
		this.sessions.set(id, session);
		return ok({ task_id: session.taskId, session_id: id });
	}

	private prompt(request: Request): Reply {
		const body = bodyOf<PromptBody>(request);
		return this.inSession(body.session_id, (session) => {
			if (this.credits < CLIP_COST) return refuseByCode(200, 2001, 'Insufficient credits');
			const wish = wishIn(body);
			const nth = this.turns.length + 1;
			const name = `turn${nth}`;
			const script = writeTurn(this.random.fork(`turn ${nth}`), {
				name,
				dialect: this.story.dialect,
				fails: request.fails,
			});
			const turn = new Turn(name, wish, { session, run: request.run, script });
			this.credits -= CLIP_COST;
			this.onEvent(CHARGED, turn);
			this.turns.push(turn);
			session.turns.push(turn);
			return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: turn };
		});
	}

	private upload(id: string, { files: sent, isLost, leavesOut, run }: Request): Reply {
		return this.inSession(id, (session) => {
			const files = leavesOut ? sent.slice(0, -1) : sent;
			session.uploads.push(...files.map((name) => `${name} of ${run.root}`));
			const random = this.random.fork(`upload ${files[0]} ${session.files.length}`);
			// The state may show files some time after they have come, whatever was answered.
			const delay = random.chance(isLost ? 0.5 : 0.25) ? random.between(500, 5_000) : 0;
			if (delay === 0) session.files.push(...files);
			else {
				session.lateFiles.push({ at: current.time.now + delay, process: run.process });
				current.time.after(delay, 'world', () => session.files.push(...files));
			}
			const told = files.map((filename) => ({
				filename,
				file_type: 'image',
				cdn_url: `${VIDEO_ORIGIN}/files/${filename}`,
				width: 1080,
				height: 1920,
			}));
			return ok({ files: told });
		});
	}

	private inSession(id: string, work: (session: Session) => Reply): Reply {
		const session = this.sessions.get(id);
		if (!session || session.isGone) return refuseByCode(200, 1002, 'Session does not exist');
		return work(session);
	}
}

export function bodyOf<Body>({ json = '{}' }: Request): Body {
	return JSON.parse(json) as Body;
}

/** Which of the users' wishes a prompt is for. */
export function wishIn({ new_message }: PromptBody): string {
	return /wish\d+/.exec(new_message.parts[0]?.text ?? '')?.[0] ?? 'nothing';
}

/** What a request is about; undefined for what NemoVideo does not know. */
export function endpointOf(method: string, url: string): Endpoint | undefined {
	const path = new URL(url).pathname;
	if (url.startsWith(VIDEO_ORIGIN)) return 'video';
	if (path === '/run_sse') return 'prompt';
	if (path.startsWith('/api/tasks/')) return 'session';
	if (path.startsWith('/api/upload-video/')) return 'upload';
	if (path.startsWith('/api/state/')) return 'state';
	if (path.startsWith('/api/credits/')) return 'credits';
	if (path === '/api/auth/anonymous-token') return 'mint';
	if (path.endsWith('/cancel')) return 'cancel';
	if (path.endsWith('/download')) return 'download';
	if (!path.startsWith('/api/render/')) return undefined;
	return method === 'POST' ? 'render' : 'renderStatus';
}
