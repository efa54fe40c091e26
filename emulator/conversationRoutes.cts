import type { FastifyInstance } from 'fastify';
import { enveloped, sessionAnswer, stateAnswer } from './answers.cts';
import { invalid, param, record, text, type RequestContext, type Json } from './requestContext.cts';
import { entryOf } from './requestPipeline.cts';

/** The prompt in a run_sse body; everything in it is checked, so that a client's slip shows. */
function promptIn(body: Json, userId: string): { sessionId: string; prompt: string } {
	if (body.app_name !== 'nemo_agent') throw invalid('app_name');
	const user = body.user_id;
	if (user !== undefined && user !== 'me' && user !== userId) throw invalid('user_id');
	if (typeof body.session_id !== 'string') throw invalid('session_id');
	const { parts } = record(body.new_message);
	const list = Array.isArray(parts) ? parts : [];
	const prompt = list.map((part) => text(record(part).text)).join('\n');
	if (prompt.trim() === '') throw invalid('new_message');
	return { sessionId: body.session_id, prompt };
}

/** Sessions, uploads, turns and the state. */
export function registerConversation(app: FastifyInstance, desk: RequestContext): void {
	const { backend } = desk;
	app.post('/api/tasks/me/with-session/nemo_agent', async (request, reply) => {
		const token = desk.authorise(request, 'write');
		const { task_name: name, language } = record(request.body);
		if (text(name) === '') throw invalid('task_name');
		const session = backend.sessions.create(token, text(name), text(language) || 'en');
		desk.note(request, session.id);
		return desk.send(reply, sessionAnswer(backend.shapes, session));
	});
	app.post('/run_sse', async (request, reply) => {
		const token = desk.authorise(request, 'write');
		const { sessionId, prompt } = promptIn(record(request.body), token.account.userId);
		const session = desk.session(request, token, sessionId);
		const asked = { token, prompt, request: entryOf(request.raw)?.seq ?? 0 };
		backend.turns.accept(session, asked, () => {
			reply.hijack();
			return reply.raw;
		});
		return reply;
	});
	app.post('/api/upload-video/nemo_agent/:user/:session', async (request, reply) => {
		const token = desk.authorise(request, 'upload');
		desk.user(request, token);
		const session = desk.session(request, token, param(request, 'session'));
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
		return desk.send(reply, enveloped(backend.shapes, { files, session_state_applied: true }));
	});
	app.get('/api/state/nemo_agent/:user/:session/latest', async (request, reply) => {
		const token = desk.authorise(request, 'read');
		desk.user(request, token);
		const session = desk.session(request, token, param(request, 'session'));
		return desk.send(reply, stateAnswer(backend.shapes, session));
	});
}
