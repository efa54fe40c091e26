import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { mediaFile } from '../mediaFile.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import {
	createEngine,
	type Engine,
	type EngineOptions,
	type RunOptions,
} from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import { bytesOf, type FileSpec, type RowSpec } from './support/testNodes.cts';

const emulator = withEmulator();
let sessionId: string;

beforeEach(async () => {
	sessionId = await prepareSession(emulator(), { generate: false });
});

const connect = async (more: EngineOptions = {}): Promise<Engine> =>
	await createEngine({ credential: connectedCredential(emulator()), ...more });

const sha256 = (content: string | Buffer): string =>
	createHash('sha256').update(content).digest('hex');

const file = (fileName: string, mimeType: string, content: FileSpec['content']): FileSpec => ({
	fileName,
	mimeType,
	content,
});

const PHOTOS = {
	front: file('front.png', 'image/png', 'front'),
	back: file('back.jpg', 'image/jpeg', 'the back of it'),
	song: file('song.mp3', 'audio/mpeg', mediaFile('mp3', 'la'.repeat(150_000))),
};

async function upload(
	row: RowSpec,
	parameters: Record<string, string | string[]> = {},
	options: RunOptions = {},
	more: EngineOptions = {},
): Promise<RunResult> {
	const engine = await connect(more);
	return await engine.runNode(
		[{ ...row, json: { sessionId, ...row.json } }],
		{ type: 'nemoVideoUpload', parameters },
		options,
	);
}

const arrived = (): Array<[string, string]> =>
	emulator().ledger.uploads.map(({ filename, sha256: hash }) => [filename, hash]);

const hashOf = (spec: FileSpec): string => sha256(bytesOf(spec));

const PHOTO_HASHES = [
	['front.png', hashOf(PHOTOS.front)],
	['back.jpg', hashOf(PHOTOS.back)],
	['song.mp3', hashOf(PHOTOS.song)],
];

describe('files on their way to NemoVideo', () => {
	it('arrive byte for byte from one field', async () => {
		const result = await upload({ files: { data: PHOTOS.front } });
		expect(result.error?.message).toBeUndefined();
		expect(arrived()).toEqual([PHOTO_HASHES[0]]);
		expect(result.items('Node 1')[0]?.json).toMatchObject({
			sessionId,
			files: [{ filename: 'front.png', fileType: 'image', cdnUrl: expect.any(String) as string }],
		});
	});

	it('arrive all, in order, in one request, when the field is *', async () => {
		await upload({ files: PHOTOS }, { binaryPropertyName: '*' });
		expect(arrived()).toEqual(PHOTO_HASHES);
		const sent = emulator().requests.all({ endpoint: 'upload' });
		expect(sent).toHaveLength(1);
		expect(Number(sent[0]?.headers['content-length'])).toBeGreaterThan(300_000);
		expect(sent[0]?.headers).not.toHaveProperty('transfer-encoding');
	});

	it('arrive in the order in which their fields are named', async () => {
		await upload({ files: PHOTOS }, { binaryPropertyName: 'song, front' });
		expect(arrived()).toEqual([PHOTO_HASHES[2], PHOTO_HASHES[0]]);
	});

	it.each([
		['kept in memory', {}, { binaryMode: 'default' as const }],
		['kept inside json', { binaryMode: 'combined' as const }, {}],
	])('arrive from items with files %s', async (_name, options, more) => {
		const one = await upload({ files: { data: PHOTOS.front } }, {}, options, more);
		expect(one.error?.message).toBeUndefined();
		expect(arrived()).toEqual([PHOTO_HASHES[0]]);
		const all = await upload({ files: PHOTOS }, { binaryPropertyName: '*' }, options, more);
		expect(all.error?.message).toBeUndefined();
		expect(arrived().slice(1)).toEqual(PHOTO_HASHES);
	});

	it.each([
		['a name in Chinese', '产品照片.png'],
		['quotes and a line break in the name', 'a"b\r\nContent-Type: text/html.png'],
		['a path as the name', '../../etc/passwd.png'],
		['a very long name', `${'n'.repeat(300)}.png`],
	])('keep their bytes with %s', async (_name, fileName) => {
		const content = mediaFile('png', 'bytes');
		const result = await upload({ files: { data: file(fileName, 'image/png', content) } });
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.uploads).toMatchObject([
			{ sha256: sha256(content), sizeBytes: content.length },
		]);
		const name = emulator().ledger.uploads[0]?.filename ?? '';
		expect(name).toMatch(/\.png$/);
		expect(name).not.toMatch(/[\r\n"/]/);
	});

	it.each([
		['a name without an ending', ['clip', 'clip.mp4'], 'video/mp4', 'mp4'],
		['a type that says nothing', ['clip', 'clip.mp4'], 'application/octet-stream', 'mp4'],
		['a type of another name', ['clip', 'clip.avi'], 'video/vnd.avi', 'avi'],
		['a wrong type', ['clip', 'clip.webm'], 'text/plain', 'webm'],
		['a wrong ending', ['IMG_1.heic', 'IMG_1.jpg'], 'image/heic', 'jpg'],
		['an ending in capitals', ['IMG_1.JPEG', 'IMG_1.JPEG'], 'image/jpeg', 'jpg'],
		['an ending of a format that begins alike', ['song.m4a', 'song.m4a'], 'audio/mp4', 'mp4'],
	] as const)('are known by their bytes with %s', async (_what, [name, sent], type, format) => {
		const content = mediaFile(format, 'film');
		const result = await upload({ files: { data: file(name, type, content) } });
		expect(result.error?.message).toBeUndefined();
		expect(arrived()).toEqual([[sent, sha256(content)]]);
	});

	it('are known by their bytes where n8n was given nothing but them', async () => {
		const content = mediaFile('avi', 'film');
		const { mimeType, fileExtension } = { mimeType: 'video/vnd.avi', fileExtension: 'avi' };
		const binary = { mimeType, fileExtension, data: content.toString('base64') };
		const result = await upload(
			{ json: { file: binary } },
			{ binaryPropertyName: '={{ $json.file }}' },
		);
		expect(result.error?.message).toBeUndefined();
		expect(arrived()).toEqual([['file 1.avi', sha256(content)]]);
	});

	it.each(['a.MP4', 'b.Jpeg', 'c.WEBP', 'd.mkv', 'e.m4a'])(
		'are known by their ending (%s) when bytes and type say nothing',
		async (name) => {
			const content = Buffer.from([0, 1, 2, 3]);
			const result = await upload({
				files: { data: file(name, 'application/octet-stream', content) },
			});
			expect(result.error?.message).toBeUndefined();
			expect(arrived()).toHaveLength(1);
		},
	);

	it.each([
		['data:image/png;base64,', ''],
		['data:image/png;name=a.png;base64,', '\n'],
	])('arrive without the prefix %j that a data URL has', async (prefix, lineEnd) => {
		const content = mediaFile('png', 'front'.repeat(100));
		const base64 = content.toString('base64').replace(/(.{76})/g, `$1${lineEnd}`);
		const data = { mimeType: 'image/png', fileName: 'a.png', data: prefix + base64 };
		const result = await upload({ json: { data } }, { binaryPropertyName: '={{ $json.data }}' });
		expect(result.error?.message).toBeUndefined();
		expect(arrived()).toEqual([['a.png', sha256(content)]]);
	});

	it('say why there are none where the node before is pinned', async () => {
		const result = await upload({}, {}, { mode: 'manual' });
		expect(result.error?.description).toMatch(/Pinned data contains no files/);
		const automatic = await upload({}, {}, { mode: 'trigger' });
		expect(automatic.error?.description).not.toMatch(/pinned/);
	});

	it('of ten megabytes arrive as a stream', async () => {
		const piece = mediaFile('mp4', 'film'.repeat(16_384)).subarray(0, 65_536);
		const content = (): Readable => Readable.from(Array.from({ length: 160 }, () => piece));
		const result = await upload({ files: { data: file('film.mp4', 'video/mp4', content) } });
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.uploads).toMatchObject([
			{ sizeBytes: 10_485_760, sha256: sha256(Buffer.concat(Array(160).fill(piece) as Buffer[])) },
		]);
	});
});

describe('addresses of files', () => {
	const FIRST = 'https://example.com/a,b.jpg?x=1,2';
	const SECOND = 'https://example.com/film.mp4';

	it.each([
		['one a line', `${FIRST}\r\n${SECOND}\n`],
		['split at spaces', ` ${FIRST}   ${SECOND}`],
		['split at commas', `${FIRST},${SECOND}`],
		['split at commas and spaces', `${FIRST}, ${SECOND}`],
		['split at semicolons and bars', `${FIRST};${SECOND}|`],
		['as a list', [FIRST, SECOND]],
		['as a list in JSON text', JSON.stringify([FIRST, SECOND])],
		[
			'as attachments of Airtable',
			[
				{ id: 'a', url: FIRST },
				{ id: 'b', url: SECOND },
			],
		],
		['as files of Notion', [{ file: { url: FIRST } }, { external: { url: SECOND } }]],
	])('may come %s, with commas of their own', async (_name, urls) => {
		const result = await upload({ json: { urls } }, { source: 'url', urls: '={{ $json.urls }}' });
		expect(result.error?.message).toBeUndefined();
		expect(emulator().requests.all({ endpoint: 'upload' })).toHaveLength(1);
		// The emulator keeps the hash of an address that it does not fetch.
		expect(arrived()).toEqual([
			['a,b.jpg', sha256(FIRST)],
			['film.mp4', sha256(SECOND)],
		]);
	});

	it('go to NemoVideo, which fetches the files itself', async () => {
		const uploaded = await upload({ files: { data: PHOTOS.front } });
		const [first] = uploaded.items('Node 1')[0]?.json.files as Array<{ cdnUrl: string }>;
		const result = await upload({}, { source: 'url', urls: first?.cdnUrl ?? '' });
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.uploads.at(-1)).toMatchObject({
			source: 'url',
			sha256: hashOf(PHOTOS.front),
		});
	});
});

describe('the film on its way back', () => {
	const download = async (
		parameters: Record<string, string | object> = {},
		more: EngineOptions = {},
		options: RunOptions = {},
	): Promise<{ result: RunResult; engine: Engine; hash: string | undefined }> => {
		const session = await prepareSession(emulator());
		const engine = await connect(more);
		const result = await engine.runNode(
			[{ json: { sessionId: session } }],
			{
				type: 'nemoVideoExport',
				parameters: {
					...parameters,
					options: { ...QUICK_EXPORT, ...Object(parameters.options) },
				} as never,
			},
			options,
		);
		const [render] = emulator().ledger.renders;
		return { result, engine, hash: await emulator().renders.sha256(render?.id ?? '') };
	};

	it.each([
		['on disk', {}],
		['in memory', { binaryMode: 'default' as const }],
	])('is kept whole %s', async (_name, more) => {
		emulator().options.cannedBytes = 3_000_000;
		const { result, engine, hash } = await download({}, more);
		const stored = result.items('Node 1')[0]?.binary?.data;
		expect(stored).toMatchObject({ mimeType: 'video/mp4', fileType: 'video', bytes: 3_000_000 });
		expect(stored && sha256(await engine.readBinary(stored))).toBe(hash);
	});

	it('sits inside json where the workflow keeps files there', async () => {
		const { result } = await download({}, {}, { binaryMode: 'combined' });
		const [item] = result.items('Node 1');
		expect(item?.json).toMatchObject({ _files: { data: { mimeType: 'video/mp4' } } });
	});

	it('goes into the field and under the name that were asked for', async () => {
		const { result } = await download({
			binaryPropertyName: 'film',
			options: { fileName: 'Summer Sale' },
		});
		expect(result.items('Node 1')[0]?.binary).toMatchObject({
			film: { fileName: 'Summer Sale.mp4' },
		});
	});

	it('cannot leave its folder by its name', async () => {
		const { result } = await download({ options: { fileName: '../../../evil' } });
		const name = result.items('Node 1')[0]?.binary?.data?.fileName ?? '';
		expect(name).toMatch(/evil\.mp4$/);
		expect(name).not.toMatch(/[/\\]/);
	});

	it('is whole or not at all when the connection breaks in the middle', async () => {
		emulator().options.cannedBytes = 1_000_000;
		emulator().faults.add({ kind: 'truncate', endpoint: 'file', bytes: 400_000 });
		const { result, engine, hash } = await download();
		expect(result.error?.message).toBeUndefined();
		const stored = result.items('Node 1')[0]?.binary?.data;
		expect(stored && sha256(await engine.readBinary(stored))).toBe(hash);
	});

	it('takes no token to another origin', async () => {
		emulator().options.cdn = 'other';
		const { result } = await download();
		expect(result.error?.message).toBeUndefined();
		const [fetched] = emulator().requests.all({ origin: 'cdn' });
		expect(fetched).toBeDefined();
		expect(Object.keys(fetched?.headers ?? {}).join()).not.toMatch(/authorization|x-skill/);
	});
});
