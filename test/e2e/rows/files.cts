import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mediaFile } from '../../mediaFile.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import { allJson, assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';
import { rows as table, workflow, type Step } from '../workflows.cts';

const PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>';
const FILM = 'Create a video of a quiet lake';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A host of files that is gone with the row. */
async function fileHost(world: TestContext, listener: RequestListener): Promise<string> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	world.atEnd(async () => {
		server.closeAllConnections();
		server.close();
		await Promise.resolve();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Fetches an address with n8n's own node, as a file. */
const fetchFile = (url: string): Step => ({
	type: 'n8n-nodes-base.httpRequest',
	name: 'File',
	typeVersion: 4.2,
	parameters: { url, options: { response: { response: { responseFormat: 'file' } } } },
});

const pageAsFilm: Scenario = {
	name: 'The host of a video gives a page in its place: the film of the download endpoint is stored, and a page there too is a failure',
	tags: ['files', 'page', 'download', 'film'],
	issue: 15,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator);
		const answers = (endpoint: 'file' | 'download', type: string): void =>
			void emulator.faults.add({
				kind: 'status',
				endpoint,
				status: 200,
				headers: { 'content-type': type },
				body: PAGE,
				times: 0,
			});
		const run = async () =>
			await world.run(
				workflow('Page as film', [
					{
						type: 'nemoVideoExport',
						parameters: { sessionId, options: { pollIntervalSeconds: 0.1 } },
						onError: 'continueRegularOutput',
					},
				]),
				credentialId,
			);
		answers('file', 'video/mp4');
		const good = await run();
		assertSuccess(good);
		const [video] = itemsOf(good, 'nemoVideoExport');
		assert.ok(video?.binary?.data, JSON.stringify(video?.json));
		const bytes = await world.api.binary(video.binary.data);
		assert.equal(sha256(bytes), await emulator.renders.sha256(String(video.json.renderId)));
		assert.match(String(video.json.url), /\/download$/);
		answers('download', 'text/html');
		const [failed] = allJson(await run(), 'nemoVideoExport');
		assert.equal(at(failed, 'error.kind'), 'render', JSON.stringify(failed));
		assert.match(String(at(failed, 'error.message')), /a web page/);
		const { renders } = emulator.ledger.summary();
		assert.equal(renders, 1);
		return { renders, 'bytes of film': bytes.length };
	},
};

const pageAsPhoto: Scenario = {
	name: 'A page that HTTP Request stored as clip.mp4 is refused before anything is sent or paid',
	tags: ['files', 'page', 'upload', 'film'],
	issue: 15,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator, { generate: false });
		const host = await fileHost(world, (_request, response) => {
			response.writeHead(200, { 'content-type': 'video/mp4' }).end(PAGE);
		});
		const before = emulator.requests.all().length;
		const words: string[] = [];
		for (const [type, parameters] of [
			['nemoVideoUpload', { sessionId }],
			['nemoVideoCreateVideo', { prompt: FILM }],
		] as const) {
			const step: Step = { type, parameters, onError: 'continueRegularOutput' };
			const run = await world.run(
				workflow('Page as photo', [fetchFile(`${host}/clip.mp4`), step]),
				credentialId,
			);
			const [json] = allJson(run, type);
			assert.equal(at(json, 'error.kind'), 'fileType', JSON.stringify(json));
			assert.equal(at(json, 'error.safeToRepeat'), true);
			words.push(String(at(json, 'error.message')));
			assert.match(words.at(-1) ?? '', /'clip\.mp4'.*a web page/);
		}
		assert.equal(emulator.requests.all().length, before);
		return { said: words[0] ?? '' };
	},
};

const driveLink: Scenario = {
	name: 'A OneDrive download link, with a script in its path, arrives as the file behind it',
	tags: ['files', 'link', 'onedrive', 'upload'],
	issue: 15,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator, { generate: false });
		const clip = mediaFile('mp4', 'clip'.repeat(1_000));
		const path =
			'/personal/me_acme_example/_layouts/15/download.aspx?UniqueId=4f1c&tempauth=v1.eyJ4';
		const host = await fileHost(world, (request, response) => {
			if (request.url !== path) return void response.writeHead(404).end();
			const disposition = 'attachment; filename="Summer clip.mp4"';
			response.writeHead(200, {
				'content-type': 'application/octet-stream',
				'content-disposition': disposition,
			});
			response.end(clip);
		});
		const link = `${host}${path}`;
		const execution = await world.run(
			workflow('OneDrive', [
				// As a list of Microsoft's own node gives it.
				...table([{ '@microsoft.graph.downloadUrl': link, name: 'Summer clip.mp4' }]),
				{
					type: 'nemoVideoUpload',
					parameters: { sessionId, source: 'url', urls: '={{ [$json] }}' },
				},
			]),
			credentialId,
		);
		assertSuccess(execution);
		const { uploads } = emulator.ledger;
		assert.deepEqual(
			uploads.map(({ source, sha256: hash }) => [source, hash]),
			[['url', sha256(clip)]],
		);
		const [json] = allJson(execution, 'nemoVideoUpload');
		assert.equal(at(json, 'files.0.filename'), 'Summer clip.mp4');
		return { file: String(at(json, 'files.0.filename')), copies: uploads.length };
	},
};

const bareBuffer: Scenario = {
	name: 'An AVI that a Code node gives as a buffer, without a name, is uploaded as what it is',
	tags: ['files', 'buffer', 'avi', 'upload'],
	issue: 15,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator, { generate: false });
		const avi = mediaFile('avi', 'frames'.repeat(100));
		const jsCode = `
			const bytes = Buffer.from('${avi.toString('base64')}', 'base64');
			return [{ json: {}, binary: { data: await this.helpers.prepareBinaryData(bytes) } }];`;
		const execution = await world.run(
			workflow('AVI', [
				{ type: 'n8n-nodes-base.code', name: 'Buffer', typeVersion: 2, parameters: { jsCode } },
				{ type: 'nemoVideoUpload', parameters: { sessionId } },
			]),
			credentialId,
		);
		assertSuccess(execution);
		const given = itemsOf(execution, 'Buffer')[0]?.binary?.data;
		assert.equal(given?.fileName, undefined);
		const { uploads } = emulator.ledger;
		assert.deepEqual(
			uploads.map(({ filename, sha256: hash }) => [filename, hash]),
			[['data.avi', sha256(avi)]],
		);
		return { 'type by n8n': given?.mimeType ?? '', file: uploads[0]?.filename ?? '' };
	},
};

export const area = 'Files and links';

export const rows: readonly Scenario[] = [pageAsFilm, pageAsPhoto, driveLink, bareBuffer];
