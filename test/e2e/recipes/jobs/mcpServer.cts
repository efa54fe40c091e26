import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { McpClient } from '../../mcp.cts';
import { readAnswer } from '../../tools.cts';
import type { Job } from '../job.cts';

/** Asks until a status is no longer one of these. */
async function untilNot(
	unfinished: readonly string[],
	ask: () => Promise<IDataObject>,
): Promise<IDataObject> {
	for (;;) {
		const answer = await ask();
		if (!unfinished.includes(String(answer.status))) return answer;
	}
}

/** A client that makes a film, as an assistant would. */
async function makeFilm(client: McpClient, request: string): Promise<IDataObject> {
	const session = await client.use('start_session', { title: 'Film', request });
	const { sessionId } = readAnswer(session.text);
	const submitted = await client.use('make_or_edit_video', { sessionId, instruction: request });
	const { turnId } = /"turnId"/.test(submitted.text) ? readAnswer(submitted.text) : {};
	if (turnId === undefined) return { failure: submitted.text };
	await untilNot(['running'], async () =>
		readAnswer((await client.use('video_status', { turnId })).text),
	);
	const { renderId } = readAnswer((await client.use('submit_export', { sessionId })).text);
	return await untilNot(['pending', 'processing'], async () =>
		readAnswer((await client.use('export_status', { sessionId, renderId })).text),
	);
}

/** Every row is a client of its own. The bad one gives no instruction. */
export const mcpServer: Job = {
	file: 'mcp-server',
	expires: 'film',
	async run(stage, rows) {
		const path = randomUUID();
		await stage.goLive(stage.workflow({ mcpTrigger: { path } }));
		const films = await Promise.all(
			rows.map(async ({ subject, kind }) => {
				const client = await McpClient.connect(`${stage.world.api.url}/mcp/${path}`);
				const wish = kind === 'bad' ? ' ' : `Create a 15-second video of the ${subject}`;
				return await makeFilm(client, wish);
			}),
		);
		return {
			films: films.flatMap(({ url }) => (url ? [String(url)] : [])),
			failures: films.flatMap(({ failure }) => (failure ? [String(failure)] : [])),
		};
	},
};
