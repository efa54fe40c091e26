import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Backend } from './backend.cts';
import type { ByteSource } from './bytes.cts';
import { SyntheticVideo } from './syntheticVideo.cts';
import { param } from './requestContext.cts';
import { serveBytes } from './files.cts';

function problem(reply: FastifyReply, status: number, code: string): FastifyReply {
	return reply.code(status).type('text/xml').send(`<Error><Code>${code}</Code></Error>`);
}

/** What a CDN serves, on both origins: no token is asked for. */
export function registerFiles(app: FastifyInstance, backend: Backend): void {
	const serve = (
		request: FastifyRequest,
		reply: FastifyReply,
		file: ByteSource | undefined,
	): FastifyReply => {
		if (!file) return problem(reply, 404, 'NoSuchKey');
		reply.hijack();
		serveBytes(request.raw, reply.raw, file, () => backend.options.downloadBytesPerSecond);
		return reply;
	};
	app.get('/uploads/:id/:name', async (request, reply) =>
		serve(request, reply, backend.uploads.source(param(request, 'id'))),
	);
	app.get('/clips/:name', async (request, reply) =>
		serve(request, reply, new SyntheticVideo(param(request, 'name'), backend.options.cannedBytes)),
	);
	app.get('/render-result/:name', async (request, reply) => {
		if (backend.options.cdnForbidden) return problem(reply, 403, 'AccessDenied');
		return serve(
			request,
			reply,
			backend.renders.file(param(request, 'name').replace(/\.mp4$/, '')),
		);
	});
}
