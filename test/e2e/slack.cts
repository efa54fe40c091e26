import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { N8nApi, SavedWorkflow } from './api.cts';
import { webhookIdOf } from './examples.cts';

export const SLACK_TOKEN = 'xoxb-1111111111-2222222222-AAAAbbbbCCCCdddd';
export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

/** As Slack's event names a file that was shared. */
export interface SlackFile {
	id: string;
	name: string;
	mimetype: string;
	url_private: string;
	url_private_download: string;
	permalink: string;
}

/** Slack as far as n8n's Slack Trigger goes: signs events, and hands out files to who has the token. */
export class Slack {
	private readonly files = new Map<string, Uint8Array>();
	private events = 0;

	private constructor(private readonly server: Server) {}

	static async start(): Promise<Slack> {
		const server = createServer();
		const slack = new Slack(server);
		server.on('request', ({ headers, url = '' }, response) => {
			const isAllowed = headers.authorization === `Bearer ${SLACK_TOKEN}`;
			const bytes = slack.files.get(url);
			response.writeHead(isAllowed && bytes ? 200 : 404).end(isAllowed ? bytes : undefined);
		});
		await once(server.listen(0, '127.0.0.1'), 'listening');
		return slack;
	}

	addFile(name: string, mimetype: string, bytes: Uint8Array): SlackFile {
		const id = `F0${this.files.size + 1}`;
		const path = `/files-pri/T1-${id}/download/${name}`;
		this.files.set(path, bytes);
		const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
		return {
			id,
			name,
			mimetype,
			url_private: url,
			url_private_download: url,
			permalink: `https://acme.slack.com/files/U1/${id}/${name}`,
		};
	}

	/**
	 * Tells a workflow's Slack Trigger of an event.
	 *
	 * @param event as in Slack's callback, without its time
	 * @throws Error for any answer but a good one
	 */
	async tell(api: N8nApi, workflow: SavedWorkflow, event: Record<string, unknown>): Promise<void> {
		const ts = `${Math.floor(Date.now() / 1_000)}`;
		const body = JSON.stringify({
			type: 'event_callback',
			event_id: `Ev${++this.events}`,
			event: { ...event, ts: `${ts}.000${this.events}` },
		});
		const hmac = createHmac('sha256', SIGNING_SECRET).update(`v0:${ts}:${body}`);
		const response = await api.callWebhook(
			`webhook/${webhookIdOf(workflow, '.slackTrigger')}/webhook`,
			{
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-slack-request-timestamp': ts,
					'x-slack-signature': `v0=${hmac.digest('hex')}`,
				},
				body,
			},
		);
		const text = await response.text();
		if (!response.ok) throw new Error(`The trigger answered ${response.status}: ${text}`);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
