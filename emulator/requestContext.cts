import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Backend } from './backend.cts';
import { toWire } from './canonical.cts';
import { ApiFailure, errorBody } from './failure.cts';
import { CONTROL_PREFIX, entryOf } from './requestPipeline.cts';
import type { Session } from './sessions.cts';
import type { Token } from './tokens.cts';

export type Json = Record<string, unknown>;

export function record(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

export function param(request: FastifyRequest, name: string): string {
	return text(record(request.params)[name]);
}

/** A request body that NemoVideo's gateway would refuse; its words are a guess (invention). */
export function invalid(field: string): ApiFailure {
	const body = { detail: [{ loc: ['body', field], msg: 'Field required', type: 'missing' }] };
	return new ApiFailure(422, `${field} is missing`, 422, { body });
}

/** What every endpoint does first and last: who asks, about which session, in which form. */
export class RequestContext {
	constructor(readonly backend: Backend) {}

	send(reply: FastifyReply, body: unknown): FastifyReply {
		let wire = toWire(body);
		if (this.backend.shapes.sessionId === 'number') {
			wire = wire.replace(/("session_id":)"(\d{19})"/g, '$1$2');
		}
		return reply.type('application/json; charset=utf-8').send(wire);
	}

	/** @throws ApiFailure 1001, 402 or 403 */
	authorise(request: FastifyRequest, scope: 'read' | 'write' | 'upload' | 'render'): Token {
		return this.backend.tokens.authorise(entryOf(request.raw)?.token, scope);
	}

	/** Notes the session in the request log, too. @throws ApiFailure 1002 */
	session(request: FastifyRequest, token: Token, id: string): Session {
		this.note(request, id);
		return this.backend.sessions.get(id, token);
	}

	note(request: FastifyRequest, sessionId: string): void {
		const entry = entryOf(request.raw);
		if (entry) entry.sessionId = sessionId;
	}

	/** @throws ApiFailure 403 when the path names another user than the token's */
	user(request: FastifyRequest, token: Token): void {
		const user = param(request, 'user');
		if (user === 'me' || user === token.account.userId) return;
		throw new ApiFailure(403, 'Not your session', 403);
	}

	refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
		request.raw.resume();
		if (!(error instanceof ApiFailure)) {
			return reply
				.code(request.url.startsWith(CONTROL_PREFIX) ? 400 : 500)
				.send({ detail: error instanceof Error ? error.message : String(error) });
		}
		const { shapes, options } = this.backend;
		const stream = request.url.startsWith('/run_sse');
		if (error.code === 1002 && stream && options.sessionLostAs !== 'code') {
			const id = text(record(request.body).session_id);
			const body =
				options.sessionLostAs === 'adkJs'
					? { error: `Session not found: ${id}` }
					: { detail: 'Session not found' };
			return reply.code(404).send(body);
		}
		reply.code(error.httpStatus).headers(error.headers);
		return this.send(reply, error.body ?? errorBody(shapes, error.code, error.message));
	}
}
