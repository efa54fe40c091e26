import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../emulator/server.cts';
import { Client, type Answer } from './support/client.cts';

/** The answer to an upload from these paths of a host on this machine, or from elsewhere. */
async function uploadFrom(answering: RequestListener, urls: string[]): Promise<Answer> {
	const host = createServer(answering);
	host.listen(0, '127.0.0.1');
	await once(host, 'listening');
	const { port } = host.address() as AddressInfo;
	const emulator = await startEmulator();
	const client = new Client(emulator);
	try {
		const session = await client.session();
		return await client.call('POST', `/api/upload-video/nemo_agent/me/${session}`, {
			urls: urls.map((url) => new URL(url, `http://127.0.0.1:${port}`).href),
			source_type: 'url',
		});
	} finally {
		await client.close();
		await emulator.close();
		host.close();
	}
}

it('names a file that a script gives as its host does, else after the script', async () => {
	const { json } = await uploadFrom(
		(_request, response) => {
			response.writeHead(200, { 'content-disposition': 'attachment; filename="My clip.mov"' });
			response.end('here');
		},
		['/download.aspx?id=1', 'https://example.com/get.php?id=2'],
	);
	expect(json.data.files).toMatchObject([
		{ filename: 'My clip.mov', hash: createHash('sha256').update('here').digest('hex') },
		{ filename: 'get.php.mp4', file_type: 'video' },
	]);
});

it.each([
	['has expired', 403, 'image/jpeg', 'HTTP 403'],
	['is gone', 410, 'image/jpeg', 'HTTP 410'],
	['leads to a page', 200, 'text/html; charset=utf-8', 'a web page'],
])('refuses a link that %s, and says which', async (_what, status, type, reason) => {
	const { json } = await uploadFrom(
		(_request, response) => void response.writeHead(status, { 'content-type': type }).end('x'),
		['/photo.jpg?key=1'],
	);
	expect(json.code).toBe(400);
	expect(json.message).toMatch(/^Could not fetch http:\S+\/photo\.jpg\?key=1: /);
	expect(json.message).toContain(reason);
});
