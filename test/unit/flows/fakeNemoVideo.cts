import { NemoVideoError } from '../../../src/api/errors';
import type { ApiRequest, ApiResponse, ByteStream } from '../../../src/api/transport';
import type { Progress } from '../../../src/flows/progress';
import type { Checkpoint } from '../../../src/flows/checkpoint';
import { answer, ok, pieces, Scripted, state, VIDEO } from '../support/scripted.cts';

/** A stream that a test writes into. */
export class FakeStream {
	private readonly waiting: Array<Uint8Array | Error | undefined> = [];
	private wake: (() => void) | undefined;
	closed = false;

	say(...payloads: Array<object | string>): void {
		for (const payload of payloads) {
			const data = typeof payload === 'string' ? payload : JSON.stringify(payload);
			this.put(new TextEncoder().encode(`data: ${data}\n\n`));
		}
	}

	end(): void {
		this.put(undefined);
	}

	/** The connection is gone. */
	break(): void {
		this.put(new NemoVideoError('network', 'The connection was reset', { outcome: 'unknown' }));
	}

	opened(): ByteStream {
		const close = () => {
			this.closed = true;
			this.put(undefined);
		};
		return {
			status: 200,
			headers: { 'content-type': 'text/event-stream' },
			bytes: this.bytes(),
			close,
		};
	}

	private put(item: Uint8Array | Error | undefined): void {
		this.waiting.push(item);
		this.wake?.();
	}

	private async *bytes(): AsyncGenerator<Uint8Array> {
		for (;;) {
			while (this.waiting.length === 0) {
				await new Promise<void>((resolve) => (this.wake = resolve));
			}
			const next = this.waiting.shift();
			if (next === undefined) return;
			if (next instanceof Error) throw next;
			yield next;
		}
	}
}

/** What the agent does with a prompt: what it says, and the draft it leaves. */
export interface FakeTurn {
	says?: string[];
	draft?: unknown;
	/** Without it the agent only talked. */
	tool?: string;
	breaks?: boolean;
}

interface FakeSession {
	draft: unknown;
	files: string[];
}

/** NemoVideo in memory: sessions, uploads, turns that a test prepares, and renders at once. */
export class FakeNemoVideo extends Scripted {
	readonly sessions = new Map<string, FakeSession>();
	readonly prompts: string[] = [];
	turns: FakeTurn[] = [];
	/** Where a test writes the stream itself. */
	stream: FakeStream | undefined;
	renderStatus = 'completed';
	renderBytes: number | undefined;
	/** What looks at a render find until it is completed, in percent. */
	percents: number[] = [];
	private readonly rendered = new Set<string>();

	constructor() {
		super();
		this.on('POST /api/tasks/me/with-session/nemo_agent', () => this.newSession());
		this.on('GET /api/credits/balance/simple', ok({ available: 90, frozen: 10 }));
		this.on('POST /api/upload-video/nemo_agent/me/*', (request) => this.upload(request));
		this.on('GET /api/state/nemo_agent/me/*', ({ path }) =>
			this.inSession(path, ({ draft, files }) => state(draft, filesOf(files))),
		);
		this.on('POST /run_sse', (request) => this.turn(request));
		this.on('POST /api/render/proxy/lambda', (request) => this.render(request));
		this.on('GET /api/render/proxy/lambda', (request) => this.render(request));
		this.on('URL https://files.test/', () => pieces([VIDEO]));
	}

	private newSession(): ApiResponse {
		const id = String(9_000 + this.sessions.size);
		this.sessions.set(id, { draft: {}, files: [] });
		return ok({ session_id: id, task_id: `task${id}` });
	}

	private upload({ path, files, json }: ApiRequest): ApiResponse {
		return this.inSession(path, (held) => {
			const added = files?.map(({ filename }) => filename) ?? namesIn(json);
			held.files.push(...added);
			return ok({ files: filesOf(added) });
		});
	}

	private inSession(path: string, act: (held: FakeSession) => ApiResponse): ApiResponse {
		const [, id = ''] = /\/me\/([^/]+)/u.exec(path) ?? [];
		const held = this.sessions.get(id);
		return held ? act(held) : answer({ code: 1002, message: 'session not found' });
	}

	private turn({ json }: ApiRequest): ByteStream {
		const body = JSON.parse(json ?? '{}');
		const held = this.sessions.get(body.session_id);
		this.prompts.push(body.new_message.parts[0].text);
		if (this.stream) return this.stream.opened();
		const { says = [], draft, tool, breaks = false } = this.turns.shift() ?? {};
		const stream = new FakeStream();
		if (tool) {
			stream.say({ type: 'tool_call', name: tool, args: {} });
			stream.say({ type: 'tool_result', name: tool, result: {} });
		}
		for (const content of says) stream.say({ type: 'text', content });
		if (held && draft !== undefined) held.draft = draft;
		if (breaks) stream.break();
		else stream.end();
		return stream.opened();
	}

	private render({ method, path, json: body }: ApiRequest): ApiResponse {
		const id = method === 'GET' ? (path.split('/').pop() ?? '') : JSON.parse(body ?? '{}').id;
		if (method === 'GET' && !this.rendered.has(id)) return answer({ code: 0 }, 404);
		this.rendered.add(id);
		const progress = method === 'GET' ? this.percents.shift() : undefined;
		if (progress !== undefined) return ok({ id, status: 'processing', progress });
		const status = method === 'GET' ? this.renderStatus : 'pending';
		const video = { url: `https://files.test/${id}.mp4`, size: this.renderBytes };
		const output = status === 'completed' ? video : undefined;
		return ok({ id, status, ...(output ? { output } : {}) });
	}
}

/** Names of the files that an upload of addresses brings. */
function namesIn(body = '{}'): string[] {
	const { urls = [] }: { urls?: string[] } = JSON.parse(body);
	return urls.map((url) => url.split('/').pop() ?? '');
}

function filesOf(filenames: readonly string[]): object[] {
	return filenames.map((filename) => ({
		filename,
		file_type: 'image',
		cdn_url: `https://cdn.test/${filename}`,
	}));
}

/** Everything that was told, in order; notices as `(working)`. */
export class Heard implements Progress {
	readonly listens = true;
	readonly pieces: string[] = [];
	readonly hints: string[] = [];

	get words(): string {
		return this.pieces.join('');
	}

	stage(): void {}

	text(piece: string): void {
		if (piece !== '') this.pieces.push(piece);
	}

	waiting(): void {
		this.pieces.push('(working)');
	}

	hint(message: string): void {
		this.hints.push(message);
	}
}

/** A memory as long as the test. */
export function newCheckpoint<T>(): Checkpoint<T> {
	let record: T | undefined;
	return {
		read: () => record,
		write: (value) => (record = structuredClone(value)),
		clear: () => (record = undefined),
	};
}
