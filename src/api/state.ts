import { createHash } from 'node:crypto';
import { call } from './call';
import type { NemoVideoClient } from './client';
import type { Deadline } from './deadline';
import { idSchema } from './envelope';
import { canonicalJson, isRecord, parseJson } from './json';
import { z } from '../vendor';

/** What a session holds. The inner shapes are NemoVideo's own and pass through untouched. */
export interface SessionState {
	sessionId: string;
	taskId?: string;
	/** The anonymous user's id, where the answer has it. */
	userId?: string;
	/** Undefined until something was generated. */
	draft: unknown;
	videoInfos: unknown;
	generatedMedia: unknown;
	canvasConfig: unknown;
	/** Equal for equal content, whatever the order of keys. */
	fingerprint: string;
}

const stateSchema = z
	.object({
		task_id: idSchema.nullish(),
		user_id: idSchema.nullish(),
		state: z.record(z.unknown()).nullish(),
	})
	.passthrough();

/** Path segments of NemoVideo's session resources; ids were checked, encoding is the second lock. */
export function sessionPath(prefix: string, sessionId: string, suffix = ''): string {
	return `${prefix}/nemo_agent/me/${encodeURIComponent(sessionId)}${suffix}`;
}

/**
 * Reads a session's state (seed: session state).
 *
 * @throws NemoVideoError of kind `session` when NemoVideo does not know the session
 */
export async function readState(
	client: NemoVideoClient,
	sessionId: string,
	options: { deadline?: Deadline; repeat?: boolean } = {},
): Promise<SessionState> {
	const answer = await call(client, {
		endpoint: { name: 'GET /api/state/nemo_agent/me/{session}/latest', notFound: 'session' },
		request: { path: sessionPath('/api/state', sessionId, '/latest') },
		schema: stateSchema,
		...options,
	});
	// A state without its wrapper was seen from the sibling gateway.
	const inner: Record<string, unknown> = answer.state ?? answer;
	const userId = answer.user_id ?? (typeof inner.user_id === 'string' ? inner.user_id : undefined);
	const draft = readDraft(inner.draft);
	const videoInfos = inner.video_infos ?? undefined;
	const generatedMedia = inner.generated_media ?? undefined;
	return {
		sessionId,
		...(answer.task_id ? { taskId: answer.task_id } : {}),
		...(userId ? { userId } : {}),
		draft,
		videoInfos,
		generatedMedia,
		canvasConfig: inner.canvas_config ?? undefined,
		fingerprint: createHash('sha256')
			.update(canonicalJson({ draft, videoInfos, generatedMedia }))
			.digest('hex'),
	};
}

/** Absent, null, {} and '' all mean that there is no timeline yet; a JSON text is read. */
function readDraft(value: unknown): unknown {
	if (value === undefined || value === null || value === '') return undefined;
	if (isRecord(value)) return Object.keys(value).length === 0 ? undefined : value;
	if (typeof value !== 'string') return value;
	try {
		return readDraft(parseJson(value));
	} catch {
		return undefined;
	}
}
