import { EMULATOR_TOKEN, type Emulator } from '../../../emulator/server.cts';

/** NemoVideo's own example of a good prompt. */
export const PROMPT = 'Turn these images into a 30-second promo video with background music';

/** Options of Export for tests that have no half minute. */
export const QUICK_EXPORT = { pollIntervalSeconds: 0.1 };

const HEADERS = {
	authorization: `Bearer ${EMULATOR_TOKEN}`,
	'content-type': 'application/json',
	'x-skill-source': 'tests',
	'x-skill-version': '1',
	'x-skill-platform': 'tests',
};

/**
 * A session that exists already, with a film in its timeline unless told otherwise; made by plain
 * requests and forgotten by the request log, so that a test sees only its own.
 */
export async function prepareSession(
	emulator: Emulator,
	{ generate = true } = {},
): Promise<string> {
	const post = async (path: string, body: object): Promise<string> => {
		const response = await fetch(`${emulator.url}${path}`, {
			method: 'POST',
			headers: HEADERS,
			body: JSON.stringify(body),
		});
		return await response.text();
	};
	await post('/api/tasks/me/with-session/nemo_agent', { task_name: 'test', language: 'en' });
	const sessionId = emulator.ledger.sessions.at(-1)?.sessionId ?? '';
	if (generate) {
		await post('/run_sse', {
			app_name: 'nemo_agent',
			user_id: 'me',
			session_id: sessionId,
			new_message: { parts: [{ text: PROMPT }] },
		});
	}
	emulator.requests.clear();
	return sessionId;
}

/**
 * Makes videos large, so that one that is downloaded can be told from one that is looked at.
 *
 * @returns checks that one video was looked at, and no more of it read than a connection holds
 */
export function expectOnlyALook(emulator: Emulator): () => void {
	const bytes = 64 * 1024 * 1024;
	emulator.options.cannedBytes = bytes;
	return () => {
		const looks = emulator.requests.all({ endpoint: 'file' });
		expect(looks).toHaveLength(1);
		expect(looks[0]?.bytesOut).toBeLessThan(bytes / 4);
	};
}
