import { createHash } from 'node:crypto';
import { requestJson } from './requestJson';
import type { NemoVideoClient } from './client';
import type { Deadline } from './deadline';
import { idSchema, type Endpoint } from './response';
import { comparableJson, isRecord, parseJson } from './json';
import { finishedMedia, namesOfMedia } from './stateMedia';
import { isUnfilled } from './timeline/draft';
import { check, looseObject, nullish, optional, pipe, unknown } from '../vendor';

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
	/**
	 * Equal for equal results, whatever the order of keys. What holds nothing yet counts as absent: a
	 * timeline without a segment, empty lists, and media that are still being made. So does what signs a
	 * link, and what NemoVideo finds out about a file that is there.
	 */
	fingerprint: string;
	/** The same of the draft alone. */
	timelineFingerprint: string;
}

const ENDPOINT: Endpoint = {
	method: 'GET',
	path: '/api/state/nemo_agent/me/{session}/latest',
	notFound: 'session',
};

/** By these a state without its wrapper is known, as it was seen from the sibling gateway. */
const CONTENTS = ['draft', 'video_infos', 'generated_media', 'canvas_config'];

const draftSchema = pipe(
	unknown(),
	check(isDraft, "Neither nothing, nor an object, nor such an object's JSON text"),
);

/** An answer without a state says nothing of the session, least of all that it's empty. */
const stateSchema = looseObject({
	task_id: nullish(idSchema),
	user_id: nullish(idSchema),
	state: looseObject({ draft: optional(draftSchema) }),
});

function unwrapped(data: Record<string, unknown>): Record<string, unknown> {
	const isState = !('state' in data) && CONTENTS.some((name) => name in data);
	return isState ? { ...data, state: data } : data;
}

/** Path segments of NemoVideo's session resources; ids were checked, encoding is the second lock. */
export function sessionPath(prefix: string, sessionId: string, suffix = ''): string {
	return `${prefix}/nemo_agent/me/${encodeURIComponent(sessionId)}${suffix}`;
}

/**
 * Reads a session's state (seed: session state).
 *
 * @throws NemoVideoError of kind `session` when NemoVideo does not know the session; kind `protocol`
 * for an answer without a state that can be read
 */
export async function readState(
	client: NemoVideoClient,
	sessionId: string,
	options: { deadline?: Deadline; maxTries?: number; goesFirst?: true } = {},
): Promise<SessionState> {
	const answer = await requestJson(client, {
		endpoint: ENDPOINT,
		request: { path: sessionPath('/api/state', sessionId, '/latest') },
		schema: stateSchema,
		pick: unwrapped,
		...options,
	});
	const inner: Record<string, unknown> = answer.state;
	const userId = answer.user_id ?? (typeof inner.user_id === 'string' ? inner.user_id : undefined);
	const draft = readDraft(inner.draft);
	const videoInfos = inner.video_infos ?? undefined;
	const generatedMedia = inner.generated_media ?? undefined;
	const timelineFingerprint = fingerprintOf(isUnfilled(draft) ? undefined : draft);
	const media = {
		videoInfos: namesOfMedia(finishedMedia(videoInfos)),
		generatedMedia: finishedMedia(generatedMedia),
	};
	return {
		sessionId,
		...(answer.task_id ? { taskId: answer.task_id } : {}),
		...(userId ? { userId } : {}),
		draft,
		videoInfos,
		generatedMedia,
		canvasConfig: inner.canvas_config ?? undefined,
		fingerprint: fingerprintOf({ timelineFingerprint, ...media }),
		timelineFingerprint,
	};
}

/** What signs a link, which may be new in each answer. */
const QUERY = /(https?:\/\/[^"?#\\\s]+)\?[^"#\\\s]*/g;

function fingerprintOf(content: unknown): string {
	const text = comparableJson(content).replace(QUERY, '$1');
	return createHash('sha256').update(text).digest('hex');
}

/** Absent, null, {} and '' all mean that there is no timeline yet; a JSON text is read. */
function readDraft(value: unknown): unknown {
	if (value === undefined || value === null || value === '') return undefined;
	if (isRecord(value)) return Object.keys(value).length === 0 ? undefined : value;
	return typeof value === 'string' ? readDraft(parseJson(value)) : value;
}

function isDraft(value: unknown): boolean {
	try {
		return typeof readDraft(value) !== 'string';
	} catch {
		return false;
	}
}
