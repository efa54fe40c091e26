import { requestJson } from './requestJson';
import type { NemoVideoClient } from './client';
import { filledText, idSchema } from './response';
import { resultOf } from './result';
import { looseObject, nullish } from '../vendor';

/** A conversation with NemoVideo's agent and the timeline it keeps. */
export interface Session {
	sessionId: string;
	taskId?: string;
	userId?: string;
}

const sessionSchema = looseObject({
	session_id: idSchema,
	task_id: nullish(idSchema),
	user_id: nullish(idSchema),
});

/**
 * Creates a session (seed: create session).
 *
 * @param settings.taskName name of the project
 * @param settings.language ISO code of the language the agent answers in
 */
export async function createSession(
	client: NemoVideoClient,
	settings: { taskName: string; language: string },
): Promise<Session> {
	const answer = await requestJson(client, {
		endpoint: { method: 'POST', path: '/api/tasks/me/with-session/nemo_agent' },
		body: { task_name: settings.taskName, language: settings.language },
		schema: sessionSchema,
		// One client in the wild reads the ids beside `data`.
		pick: (data, body) => ({ ...body, ...data }),
	});
	return {
		sessionId: answer.session_id,
		...(answer.task_id ? { taskId: answer.task_id } : {}),
		...(answer.user_id ? { userId: answer.user_id } : {}),
	};
}

const claimSchema = looseObject({ claim_token: filledText });

/**
 * A link that opens the project in a browser. It carries a claim token, which calls no API and
 * lasts seven days; without a task or when the backend has no such endpoint, no link.
 */
export async function projectLink(
	client: NemoVideoClient,
	ids: { sessionId: string; taskId?: string },
): Promise<string | undefined> {
	if (ids.taskId === undefined) return undefined;
	const { taskId } = ids;
	const { webUrl } = await client.account();
	const claim = await resultOf(
		async () =>
			await requestJson(client, {
				endpoint: { method: 'POST', path: '/api/auth/claim-token' },
				body: { task_id: taskId, session_id: ids.sessionId },
				schema: claimSchema,
				maxTries: 1,
			}),
	);
	if (claim.ok)
		return `${webUrl}/workspace/claim?ct=${encodeURIComponent(claim.value.claim_token)}`;
	if (client.transport.signal?.aborted) throw claim.error;
	return `${webUrl}/workspace/task/${encodeURIComponent(taskId)}?session=${encodeURIComponent(ids.sessionId)}`;
}
