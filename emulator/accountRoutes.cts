import type { FastifyInstance } from 'fastify';
import { enveloped, mintAnswer } from './answers.cts';
import { invalid, record, text, type RequestContext } from './requestContext.cts';

/** Tokens and credits. */
export function registerAccount(app: FastifyInstance, desk: RequestContext): void {
	const { backend } = desk;
	app.post('/api/auth/anonymous-token', async (request, reply) => {
		await backend.timers.sleep(backend.options.mintMs);
		const clientId = text(request.headers['x-client-id']);
		const minted = backend.tokens.mint(clientId, request.ip);
		return desk.send(reply, mintAnswer(backend.shapes, minted));
	});
	app.post('/api/auth/claim-token', async (request, reply) => {
		const token = desk.authorise(request, 'read');
		const body = record(request.body);
		const session = desk.session(request, token, text(body.session_id));
		if (body.task_id !== session.taskId) throw invalid('task_id');
		const claim = { claim_token: backend.ids.claimToken(), expires_in: 604_800 };
		return desk.send(reply, enveloped(backend.shapes, claim));
	});
	app.get('/api/credits/balance/simple', async (request, reply) => {
		const { available, frozen } = desk.authorise(request, 'read').account;
		const total = available + frozen;
		return desk.send(reply, enveloped(backend.shapes, { available, frozen, total }));
	});
}
