import type { FastifyInstance } from 'fastify';
import { registerAccount } from './accountRoutes.cts';
import type { Backend } from './backend.cts';
import { fromWire } from './canonical.cts';
import { registerConversation } from './conversationRoutes.cts';
import { RequestContext } from './requestContext.cts';
import { registerExports } from './exportRoutes.cts';
import { ApiFailure } from './failure.cts';
import { registerFiles } from './fileRoutes.cts';

const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** NemoVideo's endpoints, and how bodies are read. */
export function registerRoutes(app: FastifyInstance, backend: Backend): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/json',
		{ parseAs: 'string', bodyLimit: MAX_JSON_BYTES },
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
	const desk = new RequestContext(backend);
	app.setErrorHandler((error, request, reply) => desk.refuse(error, request, reply));
	app.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not Found' }));
	registerAccount(app, desk);
	registerConversation(app, desk);
	registerExports(app, desk);
	registerFiles(app, backend);
}
