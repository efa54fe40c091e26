import type { FastifyInstance, FastifyRequest } from 'fastify';
import { renderAnswer, submitAnswer } from './answers.cts';
import { invalid, param, record, text, type RequestContext, type Json } from './requestContext.cts';
import type { Draft } from './draft.cts';
import { ApiFailure } from './failure.cts';
import { serveBytes } from './files.cts';
import { entryOf } from './requestPipeline.cts';
import type { Render } from './renders.cts';
import type { Token } from './tokens.cts';

/** A submitted draft as far as the renderer looks at it; everything else is kept as it came. */
function asDraft(value: Json): Draft {
	const meta = record(value.m);
	const number = (field: unknown, fallback: number): number =>
		typeof field === 'number' ? field : fallback;
	return {
		...value,
		t: Array.isArray(value.t) ? value.t : [],
		d: number(value.d, 0),
		m: {
			...meta,
			title: text(meta.title),
			width: number(meta.width, 1920),
			height: number(meta.height, 1080),
		},
	};
}

/** Renders: submit, poll, cancel, download. */
export function registerExports(app: FastifyInstance, desk: RequestContext): void {
	const { backend } = desk;
	const lost = (id: string): ApiFailure => {
		const message = `Render job not found: ${id}`;
		const status = backend.options.unknownRenderAs === '404' ? 404 : 200;
		return new ApiFailure(404, message, status, {
			body: { success: false, error: message },
		});
	};
	const found = (request: FastifyRequest): Render => {
		desk.authorise(request, 'read');
		const id = param(request, 'id');
		const render = backend.renders.get(id);
		if (!render) throw lost(id);
		desk.note(request, render.session.id);
		return render;
	};
	/** Missing attribution is answered like a plan that does not allow exports. */
	const admit = (request: FastifyRequest, token: Token): void => {
		const attribution = entryOf(request.raw)?.attribution ?? {};
		const { exportPlan } = backend.options;
		const blocked =
			exportPlan === 'none' || (exportPlan === 'registered' && token.account.anonymous);
		if (!blocked && Object.values(attribution).every(Boolean)) return;
		throw new ApiFailure(402, 'Export is not part of this plan', 402);
	};
	app.post('/api/render/proxy/lambda', async (request, reply) => {
		const token = desk.authorise(request, 'render');
		admit(request, token);
		const { id, sessionId, draft, output } = record(request.body);
		if (text(id) === '') throw invalid('id');
		const session = desk.session(request, token, text(sessionId));
		if (!Array.isArray(record(draft).t)) throw invalid('draft');
		const job = { id: text(id), draft: asDraft(record(draft)), output };
		return desk.send(
			reply,
			submitAnswer(backend.shapes, backend.renders.submit(job, session, token)),
		);
	});
	app.get('/api/render/proxy/lambda/:id', async (request, reply) =>
		desk.send(reply, renderAnswer(backend, found(request))),
	);
	app.post('/api/render/proxy/lambda/:id/cancel', async (request, reply) => {
		const render = found(request);
		backend.renders.cancel(render);
		const { status } = render.entry;
		return desk.send(reply, { success: true, data: { id: render.id, status } });
	});
	app.get('/api/render/proxy/:id/download', async (request, reply) => {
		const render = found(request);
		const file = backend.renders.file(render.id);
		if (!file) throw lost(render.id);
		reply.hijack();
		serveBytes(request.raw, reply.raw, file, () => backend.options.downloadBytesPerSecond);
		return reply;
	});
}
