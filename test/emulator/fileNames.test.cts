import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../emulator/server.cts';
import { Client } from './support/client.cts';

it('names a file that a script gives as its host does, else after the script', async () => {
	const host = createServer((_request, response) => {
		response.writeHead(200, { 'content-disposition': 'attachment; filename="My clip.mov"' });
		response.end('here');
	});
	host.listen(0, '127.0.0.1');
	await once(host, 'listening');
	const { port } = host.address() as AddressInfo;
	const emulator = await startEmulator();
	const client = new Client(emulator);
	try {
		const session = await client.session();
		const answer = await client.call('POST', `/api/upload-video/nemo_agent/me/${session}`, {
			urls: [`http://127.0.0.1:${port}/download.aspx?id=1`, 'https://example.com/get.php?id=2'],
			source_type: 'url',
		});
		expect(answer.json.data.files).toMatchObject([
			{ filename: 'My clip.mov', hash: createHash('sha256').update('here').digest('hex') },
			{ filename: 'get.php.mp4', file_type: 'video' },
		]);
	} finally {
		await client.close();
		await emulator.close();
		host.close();
	}
});
