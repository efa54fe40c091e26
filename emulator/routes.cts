import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
	enveloped,
	mintAnswer,
	renderAnswer,
	sessionAnswer,
	stateAnswer,
	submitAnswer,
} from './answers.cts';
import type { Backend } from './backend.cts';
import { fromWire, toWire } from './canonical.cts';
import { CannedVideo } from './canned.cts';
import type { Draft } from './draft.cts';
import { ApiFailure, errorBody } from './failure.cts';
import { serveBytes } from './files.cts';
import { entryOf } from './gate.cts';
import type { Session } from './sessions.cts';
import type { Token } from './tokens.cts';

type Json = Record<string, unknown>;

function record(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function param(request: FastifyRequest, name: string): string {
	return text(record(request.params)[name]);
}

/** A request body that NemoVideo's gateway would refuse; its words are a guess (invention). */
function invalid(field: string): ApiFailure {
	const body = { detail: [{ loc: ['body', field], msg: 'Field required', type: 'missing' }] };
	return new ApiFailure(422, `${field} is missing`, 422, {}, body);
}

/** NemoVideo's endpoints. */
export class Routes {
	constructor(private readonly backend: Backend) {}

	private send(reply: FastifyReply, body: unknown): FastifyReply {
		const { shapes } = this.backend;
		let wire = toWire(body);
		if (shapes.sessionId === 'number') wire = wire.replace(/("session_id":)"(\d{19})"/g, '$1$2');
		return reply.type('application/json; charset=utf-8').send(wire);
	}

	private authorise(request: FastifyRequest, scope: 'read' | 'write' | 'upload' | 'render'): Token {
		const entry = entryOf(request.raw);
		if (entry && !Object.values(entry.attribution).every(Boolean)) {
			this.backend.ledger.withoutAttribution.push({ request: entry.seq, path: entry.path });
		}
		return this.backend.tokens.authorise(entry?.token, scope);
	}

	private session(request: FastifyRequest, token: Token, id: string): Session {
		const entry = entryOf(request.raw);
		if (entry) entry.sessionId = id;
		return this.backend.sessions.get(id, token);
	}

	private user(request: FastifyRequest, token: Token): void {
		const user = param(request, 'user');
		if (user !== 'me' && user !== token.account.userId)
			throw new ApiFailure(403, 'Not your session', 403);
	}

	register(app: FastifyInstance): void {
		app.removeAllContentTypeParsers();
		app.addContentTypeParser(
			'application/json',
			{ parseAs: 'string', bodyLimit: 64 * 1024 * 1024 },
			(_request, body, done) => {
				try {
					done(null, body === '' ? undefined : fromWire(String(body)));
				} catch {
					done(new ApiFailure(400, 'Body is not JSON', 400), undefined);
				}
			},
		);
		// Multipart stays a stream: the upload reads it from the raw request.
		app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
		app.addContentTypeParser('*', (request, _payload, done) => {
			request.raw.resume();
			done(null, undefined);
		});
		app.setErrorHandler((error: unknown, request, reply) => this.failed(error, request, reply));
		app.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not Found' }));
		this.auth(app);
		this.conversation(app);
		this.exports(app);
		this.files(app);
	}

	private failed(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
		request.raw.resume();
		if (!(error instanceof ApiFailure)) {
			return reply
				.code(500)
				.send({ detail: error instanceof Error ? error.message : String(error) });
		}
		const { shapes, options } = this.backend;
		reply.code(error.httpStatus).headers(error.headers);
		if (
			error.code === 1002 &&
			request.url.startsWith('/run_sse') &&
			options.sessionLostAs !== 'code'
		) {
			const id = text(record(request.body).session_id);
			return reply
				.code(404)
				.send(
					options.sessionLostAs === 'adkJs'
						? { error: `Session not found: ${id}` }
						: { detail: 'Session not found' },
				);
		}
		return this.send(reply, error.body ?? errorBody(shapes, error.code, error.message));
	}

	private auth(app: FastifyInstance): void {
		const { backend } = this;
		app.post('/api/auth/anonymous-token', async (request, reply) => {
			await backend.timers.sleep(backend.options.mintMs);
			const clientId = text(request.headers['x-client-id']);
			return this.send(
				reply,
				mintAnswer(backend.shapes, backend.tokens.mint(clientId, request.ip)),
			);
		});
		app.post('/api/auth/claim-token', async (request, reply) => {
			const token = this.authorise(request, 'read');
			const body = record(request.body);
			const session = this.session(request, token, text(body.session_id));
			if (body.task_id !== session.taskId) throw invalid('task_id');
			const claim = { claim_token: backend.ids.claimToken(), expires_in: 604_800 };
			return this.send(reply, enveloped(backend.shapes, claim));
		});
		app.get('/api/credits/balance/simple', async (request, reply) => {
			const { account } = this.authorise(request, 'read');
			const { available, frozen } = account;
			return this.send(
				reply,
				enveloped(backend.shapes, { available, frozen, total: available + frozen }),
			);
		});
	}

	private conversation(app: FastifyInstance): void {
		const { backend } = this;
		app.post('/api/tasks/me/with-session/nemo_agent', async (request, reply) => {
			const token = this.authorise(request, 'write');
			const body = record(request.body);
			if (text(body.task_name) === '') throw invalid('task_name');
			const session = backend.sessions.create(
				token,
				text(body.task_name),
				text(body.language) || 'en',
			);
			const entry = entryOf(request.raw);
			if (entry) entry.sessionId = session.id;
			return this.send(reply, sessionAnswer(backend.shapes, session));
		});
		app.post('/run_sse', async (request, reply) => {
			const token = this.authorise(request, 'write');
			const body = record(request.body);
			if (body.app_name !== 'nemo_agent') throw invalid('app_name');
			const user = body.user_id;
			if (user !== undefined && user !== 'me' && user !== token.account.userId)
				throw invalid('user_id');
			if (typeof body.session_id !== 'string') throw invalid('session_id');
			const { parts } = record(body.new_message);
			const prompt = Array.isArray(parts)
				? parts.map((part) => text(record(part).text)).join('\n')
				: '';
			if (prompt.trim() === '') throw invalid('new_message');
			const session = this.session(request, token, body.session_id);
			const seq = entryOf(request.raw)?.seq ?? 0;
			backend.turns.accept(session, token, prompt, seq, () => {
				reply.hijack();
				return reply.raw;
			});
			return reply;
		});
		app.post('/api/upload-video/nemo_agent/:user/:session', async (request, reply) => {
			const token = this.authorise(request, 'upload');
			this.user(request, token);
			const session = this.session(request, token, param(request, 'session'));
			let files: unknown[];
			if (/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) {
				files = await backend.uploads.multipart(request.raw, session);
			} else {
				const { urls, source_type: source } = record(request.body);
				const list = Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : [];
				if (list.length === 0) throw invalid('urls');
				if (source !== 'url') throw invalid('source_type');
				files = await backend.uploads.byUrl(list, session);
			}
			return this.send(reply, enveloped(backend.shapes, { files, session_state_applied: true }));
		});
		app.get('/api/state/nemo_agent/:user/:session/latest', async (request, reply) => {
			const token = this.authorise(request, 'read');
			this.user(request, token);
			const session = this.session(request, token, param(request, 'session'));
			return this.send(reply, stateAnswer(backend.shapes, session));
		});
	}

	private exports(app: FastifyInstance): void {
		const { backend } = this;
		const lost = (id: string): ApiFailure => {
			const message = `Render job not found: ${id}`;
			const status = backend.options.unknownRenderAs === '404' ? 404 : 200;
			return new ApiFailure(404, message, status, {}, { success: false, error: message });
		};
		const found = (request: FastifyRequest) => {
			this.authorise(request, 'read');
			const id = param(request, 'id');
			const render = backend.renders.get(id);
			const entry = entryOf(request.raw);
			if (entry && render) entry.sessionId = render.session.id;
			if (!render) throw lost(id);
			return render;
		};
		app.post('/api/render/proxy/lambda', async (request, reply) => {
			const token = this.authorise(request, 'render');
			const attribution = entryOf(request.raw)?.attribution;
			const known = attribution ? Object.values(attribution).every(Boolean) : false;
			const { exportPlan } = backend.options;
			const blocked =
				exportPlan === 'none' || (exportPlan === 'registered' && token.account.anonymous);
			if (!known || blocked) throw new ApiFailure(402, 'Export is not part of this plan', 402);
			const body = record(request.body);
			if (text(body.id) === '') throw invalid('id');
			const session = this.session(request, token, text(body.sessionId));
			const draft = record(body.draft);
			if (!Array.isArray(draft.t)) throw invalid('draft');
			const output = body.output;
			const render = backend.renders.submit(text(body.id), session, token, asDraft(draft), output);
			return this.send(reply, submitAnswer(backend.shapes, render));
		});
		app.get('/api/render/proxy/lambda/:id', async (request, reply) =>
			this.send(reply, renderAnswer(backend, found(request))),
		);
		app.post('/api/render/proxy/lambda/:id/cancel', async (request, reply) => {
			const render = found(request);
			backend.renders.cancel(render);
			const { status } = render.entry;
			return this.send(reply, { success: true, data: { id: render.id, status } });
		});
		app.get('/api/render/proxy/:id/download', async (request, reply) => {
			const render = found(request);
			const file = backend.renders.file(render.id);
			if (!file) throw lost(render.id);
			reply.hijack();
			const speed = (): number => backend.options.downloadBytesPerSecond;
			serveBytes(request.raw, reply.raw, file, speed);
			return reply;
		});
	}

	/** What a CDN serves: no token is asked for. */
	private files(app: FastifyInstance): void {
		const { backend } = this;
		const speed = (): number => backend.options.downloadBytesPerSecond;
		app.get('/uploads/:id/:name', async (request, reply) => {
			const file = backend.uploads.source(param(request, 'id'));
			if (!file)
				return await reply.code(404).type('text/xml').send('<Error><Code>NoSuchKey</Code></Error>');
			reply.hijack();
			serveBytes(request.raw, reply.raw, file, speed);
			return reply;
		});
		app.get('/clips/:name', async (request, reply) => {
			reply.hijack();
			const clip = new CannedVideo(param(request, 'name'), backend.options.cannedBytes);
			serveBytes(request.raw, reply.raw, clip, speed);
			return reply;
		});
		app.get('/render-result/:name', async (request, reply) => {
			if (backend.options.cdnForbidden) {
				return await reply
					.code(403)
					.type('text/xml')
					.send('<Error><Code>AccessDenied</Code></Error>');
			}
			const file = backend.renders.file(param(request, 'name').replace(/\.mp4$/, ''));
			if (!file)
				return await reply.code(404).type('text/xml').send('<Error><Code>NoSuchKey</Code></Error>');
			reply.hijack();
			serveBytes(request.raw, reply.raw, file, speed);
			return reply;
		});
	}
}

/** A submitted draft as far as the renderer looks at it; everything else is kept as it came. */
function asDraft(value: Json): Draft {
	const tracks = Array.isArray(value.t) ? value.t : [];
	const meta = record(value.m);
	const number = (field: unknown, fallback: number): number =>
		typeof field === 'number' ? field : fallback;
	return {
		...value,
		t: tracks,
		d: number(value.d, 0),
		m: {
			...meta,
			title: text(meta.title),
			width: number(meta.width, 1920),
			height: number(meta.height, 1080),
		},
	};
}
