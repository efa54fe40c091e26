import type { Backend } from './backend.cts';
import { toWire } from './canonical.cts';
import type { Render } from './renders.cts';
import type { Session } from './sessions.cts';
import type { Shapes } from './shapes.cts';
import type { MintAnswer } from './tokens.cts';

type Json = Record<string, unknown>;

/** Puts data into the envelope the shapes ask for. */
export function enveloped(shapes: Shapes, data: Json): Json {
	const extra = shapes.extras ? { request_id: 'req_emulator' } : {};
	switch (shapes.envelope) {
		case 'success':
			return { success: true, data, ...extra };
		case 'bare':
			return { ...data, ...extra };
		default:
			return { code: 0, message: 'success', data, ...extra };
	}
}

export function mintAnswer(shapes: Shapes, minted: MintAnswer): Json {
	const { token, account } = minted.token;
	if (shapes.mint === 'lean') return enveloped(shapes, { token });
	return enveloped(shapes, {
		token,
		user_id: account.userId,
		expires_at: new Date(minted.expiresAt).toISOString(),
		credits: account.available,
	});
}

export function sessionAnswer(shapes: Shapes, session: Session): Json {
	const ids = {
		task_id: session.taskId,
		session_id: session.id,
		...(shapes.userId ? { user_id: session.userId } : {}),
	};
	return shapes.session === 'top' ? { code: 0, ...ids } : enveloped(shapes, ids);
}

function generatedMedia(shapes: Shapes, session: Session): unknown {
	if (shapes.generatedMedia === 'null') return null;
	if (shapes.generatedMedia === 'array') return session.generated;
	return Object.fromEntries(session.generated.map((clip) => [clip.id, clip]));
}

/** The state; the inner shapes of all but the draft are invention. */
export function stateAnswer(shapes: Shapes, session: Session): Json {
	const { draft } = session;
	const empty =
		shapes.emptyDraft === 'absent' ? {} : { draft: shapes.emptyDraft === 'null' ? null : {} };
	const state = {
		video_infos: session.videoInfos,
		...(draft ? { draft: shapes.draft === 'string' ? toWire(draft) : draft } : empty),
		...(shapes.state === 'full'
			? {
					canvas_config: {
						width: draft?.m.width ?? 1920,
						height: draft?.m.height ?? 1080,
						aspect_ratio: '16:9',
					},
					video_analyses: {},
				}
			: {}),
		generated_media: generatedMedia(shapes, session),
		...(shapes.extras ? { agent_memory: { turns: session.turns }, schema: 7 } : {}),
	};
	return enveloped(shapes, {
		session_id: session.id,
		task_id: session.taskId,
		task_name: session.taskName,
		...(shapes.userId ? { user_id: session.userId } : {}),
		state,
	});
}

function renderStatus(shapes: Shapes, render: Render): string {
	return render.entry.status === 'pending' ? shapes.pendingWord : render.entry.status;
}

export function submitAnswer(shapes: Shapes, render: Render): Json {
	const status = renderStatus(shapes, render);
	const { id, progress } = render;
	switch (shapes.render) {
		case 'flat':
			return { taskId: id, status, progress };
		case 'snake':
			return { render_id: id, status };
		case 'outputUrl':
		case 'dataOutput':
			return { code: 0, data: { id, status, progress } };
		default:
			return { success: true, data: { id, status, progress } };
	}
}

/** A render's status in one of the published or observed forms; failed ones are invention. */
export function renderAnswer(backend: Backend, render: Render): Json {
	const { shapes } = backend;
	const url = backend.renders.url(render);
	const status = renderStatus(shapes, render);
	const { id, progress } = render;
	const error = render.error === undefined ? {} : { error: render.error };
	const times = {
		createdAt: render.createdAt,
		...(render.completedAt === undefined ? {} : { completedAt: render.completedAt }),
	};
	const extra = shapes.extras ? { worker: 'gpu-7' } : {};
	const output =
		url === undefined
			? {}
			: { output: { url, duration: render.durationSeconds, size: render.file?.size ?? 0 } };
	switch (shapes.render) {
		case 'flat':
			return { taskId: id, status, progress, ...output, ...error, ...extra };
		case 'snake':
			return {
				render_id: id,
				status,
				progress,
				...(url ? { output_url: url } : {}),
				...error,
				...extra,
			};
		case 'outputUrl':
			return {
				code: 0,
				data: { id, status, progress, ...(url ? { outputUrl: url } : {}), ...error, ...extra },
			};
		case 'url':
			return {
				success: true,
				data: { id, status, progress, ...(url ? { url } : {}), ...error, ...extra },
			};
		case 'dataOutput':
			return { code: 0, data: { taskId: id, status, progress, ...output, ...error, ...extra } };
		default: {
			const outputUrl = url === undefined ? {} : { outputUrl: url };
			return {
				success: true,
				data: { id, status, progress, ...outputUrl, ...times, ...error, ...extra },
			};
		}
	}
}
