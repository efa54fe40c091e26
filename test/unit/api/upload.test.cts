import type { UploadPart } from '../../../src/api/transport';
import { DEFAULT_RECOVERY } from '../../../src/flows/generate/recoverTurn';
import { workInSession } from '../../../src/flows/workInSession';
import { filesInState } from '../../../src/api/sessionFiles';
import { namesOf, uploadMedia } from '../../../src/api/upload';
import { answer, failureOf, lost, ok, Scripted } from '../support/scripted.cts';

const UPLOAD = 'POST /api/upload-video/nemo_agent/me/';
const SESSION = '5529798706024415232';
const part = (filename: string): UploadPart => ({
	filename,
	mimeType: 'image/png',
	sizeBytes: 3,
	contentId: filename,
	async *open() {
		yield new Uint8Array(3);
	},
});

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));
const send = async (media: Parameters<typeof uploadMedia>[3]) => {
	const work = { sessionId: SESSION, recovery: DEFAULT_RECOVERY, onWait: () => undefined };
	const sent = workInSession(nemo.client, work, async (lease) => {
		await lease.clear();
		return await uploadMedia(nemo.client, lease, 'ticket', media);
	});
	return await nemo.run(sent);
};

describe('an upload', () => {
	it('sends files as they are, with time for large ones', async () => {
		nemo.on(UPLOAD, ok({ files: [{ filename: 'a.png' }] }));
		const files = [part('a.png')];
		await send({ files });
		expect(nemo.requests[0]).toMatchObject({ path: expect.stringContaining(SESSION) as string });
		expect(nemo.requests[0]?.files).toBe(files);
		expect(nemo.requests[0]?.timeoutMs).toBeGreaterThanOrEqual(3_600_000);
	});

	it('names URLs for NemoVideo to fetch', async () => {
		nemo.on(UPLOAD, ok({ files: [] }));
		await send({ urls: ['https://files.test/a.png'] });
		expect(nemo.requests[0]?.json).toBe(
			'{"urls":["https://files.test/a.png"],"source_type":"url"}',
		);
	});

	it('gives what NemoVideo says of the files, in seconds and pixels', async () => {
		const told = {
			file_type: 'video',
			cdn_url: 'https://cdn.test/a',
			duration: '30.5',
			width: 1920,
		};
		nemo.on(UPLOAD, ok({ files: [{ ...told, filename: 'a.mp4', height: null, hash: 7 }, {}] }));
		const { files } = await send({ files: [part('a.mp4'), part('b.png')] });
		expect(files).toEqual([
			{
				filename: 'a.mp4',
				fileType: 'video',
				cdnUrl: 'https://cdn.test/a',
				durationSeconds: 30.5,
				width: 1920,
				hash: '7',
			},
			{ filename: 'b.png', fileType: 'unknown', cdnUrl: '' },
		]);
	});

	it('leaves out what NemoVideo says of a file in another form', async () => {
		const odd = { width: '', height: true, fps: null, duration: [3], hash: {}, file_type: 7 };
		nemo.on(UPLOAD, ok({ files: [{ ...odd, filename: {}, cdn_url: false }] }));
		const { files } = await send({ files: [part('a.png')] });
		expect(files).toEqual([{ filename: 'a.png', fileType: '7', cdnUrl: '' }]);
	});

	it('is sent again after a connection that was never made, and only then', async () => {
		nemo.on(UPLOAD, lost('refused'), ok({ files: [] }));
		await send({ files: [part('a.png')] });
		expect(nemo.requests).toHaveLength(2);
		nemo.on(UPLOAD, lost('unknown'));
		expect(await failureOf(send({ files: [part('a.png')] }))).toMatchObject({ outcome: 'unknown' });
		expect(nemo.requests).toHaveLength(3);
	});

	it.each([
		[4001, 'fileType'],
		[4002, 'fileSize'],
		[1002, 'session'],
	] as const)('refused with %i is of kind %s', async (code, kind) => {
		nemo.on(UPLOAD, answer({ code }));
		expect(await failureOf(send({ files: [part('a.png')] }))).toMatchObject({
			kind,
			outcome: 'refused',
		});
	});

	it('whose answer lacks the files leaves open whether they have arrived', async () => {
		nemo.on(UPLOAD, ok({}));
		expect(await failureOf(send({ files: [part('a.png')] }))).toMatchObject({
			kind: 'protocol',
			outcome: 'unknown',
		});
	});
});

it('the names of files are their own, those of URLs the last of their path', () => {
	expect(namesOf({ files: [part('a.png')] })).toEqual(['a.png']);
	const urls = ['https://x.test/a%20b.png?c=/d', 'https://x.test/', 'https://x.test/%E0%A4%A.png'];
	expect(namesOf({ urls })).toEqual(['a b.png', '', '%E0%A4%A.png']);
});

describe('the files in a state', () => {
	it.each([
		['a list', [{ filename: 'a.png' }, { filename: 'b.png' }]],
		['an object', { one: { filename: 'a.png' }, two: { filename: 'b.png' } }],
	])('are read from %s', (_form, infos) => {
		expect(filesInState(infos).map(({ filename }) => filename)).toEqual(['a.png', 'b.png']);
	});

	it('count also where they say nothing of themselves', () => {
		expect(filesInState([null, 'a.png', { name: 'c' }])).toHaveLength(3);
		expect(filesInState(undefined)).toEqual([]);
		expect(filesInState('text')).toEqual([]);
	});
});
