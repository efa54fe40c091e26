/** Files of n8n's store are open only while they are read. */
import { readdir, readlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hurry } from '../situations/support/clocks.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';
import { chain } from './support/workflow.cts';

const emulator = withEmulator();
const MEGABYTE = 1024 * 1024;
/** More than lies between sender and reader. */
const FILM: RowSpec['files'] = {
	film: { fileName: 'film.mp4', mimeType: 'video/mp4', content: 'film', paddedTo: 32 * MEGABYTE },
	again: { fileName: 'again.mp4', mimeType: 'video/mp4', content: 'film', paddedTo: MEGABYTE },
};
const UPLOAD = {
	type: 'nemoVideoUpload',
	parameters: { binaryPropertyName: '*' },
	onError: 'continueErrorOutput' as const,
};

/** The files of n8n's store that this process has open; known on Linux only. */
async function openFiles(): Promise<string[]> {
	const links = await Promise.all(
		(await readdir('/proc/self/fd')).map(
			async (name) => await readlink(`/proc/self/fd/${name}`).catch(() => ''),
		),
	);
	return links.filter((link) => link.includes('binary_data') && !link.endsWith('.metadata'));
}

/** Opening and closing take some turns of the event loop; what never happens ends after a while. */
async function whenFilesAre(open: boolean): Promise<void> {
	const until = Date.now() + 10_000;
	while ((await openFiles()).length > 0 !== open && Date.now() < until) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}

async function expectAllClosed(): Promise<void> {
	await whenFilesAre(false);
	expect(await openFiles()).toEqual([]);
}

const connect = async (baseUrl = emulator().url): Promise<Engine> =>
	await createEngine({ credential: connectedCredential(emulator(), 'accessToken', { baseUrl }) });

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('the files of an upload are closed', () => {
	let sessionId: string;
	let rows: RowSpec[];

	beforeEach(async () => {
		// An upload that is cut off is looked for.
		hurry();
		sessionId = await prepareSession(emulator(), { generate: false });
		rows = [{ json: { sessionId }, files: FILM }];
		emulator().options.keepUploads = false;
	});

	it('are closed when it has arrived', async () => {
		const result = await (await connect()).runNode(rows, UPLOAD);
		expect(result.branch('Node 1', 0)).toHaveLength(1);
		await expectAllClosed();
	});

	it('when one of them is refused before anything is sent', async () => {
		const page = { fileName: 'page.mp4', mimeType: 'video/mp4', content: Buffer.from('<html>') };
		const result = await (
			await connect()
		).runNode([{ json: { sessionId }, files: { ...FILM, page } }], UPLOAD);
		expect(result.branch('Node 1', 1)).toHaveLength(1);
		await expectAllClosed();
	});

	it('when it is stopped in the middle', async () => {
		emulator().options.uploadBytesPerSecond = MEGABYTE;
		const running = (await connect()).start(chain(rows, UPLOAD));
		await emulator().waitFor({ type: 'request', endpoint: 'upload' });
		await whenFilesAre(true);
		expect(await openFiles()).not.toEqual([]);
		running.stop();
		await running.finished;
		await expectAllClosed();
	});

	it('when NemoVideo breaks the connection in the middle', async () => {
		emulator().faults.add({ kind: 'refuse', endpoint: 'upload', times: 0 });
		const result = await (await connect()).runNode(rows, UPLOAD);
		expect(result.branch('Node 1', 1)).toHaveLength(1);
		await expectAllClosed();
	});

	it('when NemoVideo answers before it has read them', async () => {
		const server = await refusingServer();
		try {
			const { port } = server.address() as AddressInfo;
			const result = await (await connect(`http://127.0.0.1:${port}`)).runNode(rows, UPLOAD);
			expect(result.branch('Node 1', 1)).toHaveLength(1);
			await expectAllClosed();
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});
});

/** Knows a session without files, and refuses every upload without reading it. */
async function refusingServer(): Promise<Server> {
	const server = createServer((request, response) => {
		const isUpload = request.method === 'POST';
		response.writeHead(isUpload ? 413 : 200, { 'content-type': 'application/json' });
		response.end(isUpload ? '{"code":4002}' : '{"code":0,"data":{"state":{},"available":1}}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}
