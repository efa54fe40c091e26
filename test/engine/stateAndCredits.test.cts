import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { EMULATOR_TOKEN } from '../../emulator/server.cts';
import { PACKAGE_VERSION } from '../../src/n8n/version';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession } from './support/sessions.cts';

const NODE = 'Node 1';
const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

async function outputOf(
	type: string,
	parameters: INodeParameters,
	json: IDataObject = {},
	using = engine,
) {
	const result = await using.runNode([{ json }], { type, parameters });
	expect(result.error?.message).toBeUndefined();
	const [item] = result.items(NODE);
	if (item === undefined) throw new Error('No item came out');
	return item;
}

describe('Get Subtitles', () => {
	const subtitles = async (json: IDataObject, more: INodeParameters = {}) =>
		await outputOf('nemoVideoState', { operation: 'getSubtitles', ...more }, json);

	it("gives the timeline's words as text, as cues and as a file", async () => {
		const sessionId = await prepareSession(emulator());
		const { json, binary } = await subtitles({ sessionId });
		expect(json).toMatchObject({ sessionId, cues: [{ startMs: 0 }] });
		expect(json.subtitles).toMatch(/^1\n00:00:00,000 --> 00:00:\d\d,\d{3}\n\S/);
		expect(binary?.data).toMatchObject({
			fileName: 'subtitles.srt',
			mimeType: 'application/x-subrip',
		});
		if (binary?.data === undefined) throw new Error('No file came out');
		expect((await engine.readBinary(binary.data)).toString()).toBe(json.subtitles);
	});

	it('gives WebVTT in a field of its own name', async () => {
		const sessionId = await prepareSession(emulator());
		const more = { format: 'vtt', binaryPropertyName: 'captions' };
		const { json, binary } = await subtitles({ sessionId }, more);
		expect(json.subtitles).toMatch(/^WEBVTT\n\n1\n00:00:00\.000 --> /);
		expect(binary?.captions).toMatchObject({ fileName: 'subtitles.vtt', mimeType: 'text/vtt' });
	});

	it('gives no file where the timeline has no words', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const { json, binary } = await subtitles({ sessionId });
		expect(json).toEqual({ sessionId, subtitles: '', cues: [] });
		expect(binary).toBeUndefined();
	});
});

describe('Get State', () => {
	it("gives keys as n8n's own nodes do, and NemoVideo's where the raw data is asked for", async () => {
		const sessionId = await prepareSession(emulator());
		const simple = await outputOf('nemoVideoState', {}, { sessionId });
		const raw = await outputOf('nemoVideoState', { simplify: false }, { sessionId });
		expect(JSON.stringify(simple.json)).not.toMatch(/"[a-z]+_[a-z]+":/);
		expect(simple.json).not.toHaveProperty('rawVideoInfos');
		expect(Object.keys(raw.json)).toEqual(
			expect.arrayContaining(['draft', 'canvasConfig', 'rawVideoInfos', 'rawGeneratedMedia']),
		);
		expect(raw.json.videoInfos).toEqual(simple.json.videoInfos);
	});
});

describe('Check Connection', () => {
	const check = async (using = engine) =>
		(await outputOf('nemoVideoCredits', { operation: 'checkConnection' }, {}, using)).json;

	it('tells how NemoVideo is reached, and nothing that is secret', async () => {
		const report = await check();
		expect(report).toMatchObject({
			ok: true,
			account: 'token',
			packageVersion: PACKAGE_VERSION,
			apiOrigin: emulator().url,
			attribution: { source: 'ai-create-video-free', version: '1.0.0', platform: 'unknown' },
		});
		expect(report.latencyMs).toBeGreaterThanOrEqual(0);
		expect(Math.abs(Number(report.clockSkewSeconds))).toBeLessThan(60);
		expect(report).not.toHaveProperty('lastCode');
		expect(JSON.stringify(report)).not.toContain(EMULATOR_TOKEN);
	});

	it('tells of a free trial', async () => {
		const credential = connectedCredential(emulator(), 'freeTrial');
		expect(await check(await createEngine({ credential }))).toMatchObject({
			ok: true,
			account: 'trial',
		});
	});

	it('is an ordinary item where NemoVideo refuses the token, with its number', async () => {
		const credential = connectedCredential(emulator(), 'accessToken', { token: 'nmv_usr_old' });
		const report = await check(await createEngine({ credential }));
		expect(report).toMatchObject({ ok: false, reason: 'NemoVideo refused the token' });
		expect([1001, 401]).toContain(report.lastCode);
		expect(JSON.stringify(report)).not.toContain('nmv_usr_old');
	});

	it('says so where nobody answers', async () => {
		const credential = connectedCredential(emulator(), 'accessToken', {
			baseUrl: 'http://127.0.0.1:9',
		});
		const report = await check(await createEngine({ credential }));
		expect(report).toMatchObject({ ok: false, apiOrigin: 'http://127.0.0.1:9' });
		expect(report.reason).toMatch(/connection/);
	});
});
