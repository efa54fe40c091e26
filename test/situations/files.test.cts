import { mediaFile } from '../mediaFile.cts';
import { report } from '../report.cts';
import { keepUploads, type Brought } from './support/brought.cts';
import { film } from './support/drafts.cts';
import { FILE_ROWS } from './support/fileRows.cts';
import {
	assistant,
	createVideo,
	exporting,
	failure,
	inSession,
	NODE,
	photo,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';

const { world, engine } = withWorld();
const situation = situations('B11', 'B12', 'B13', 'B14', 'B18', 'B20');
const VIDEO = { prompt: 'Make a film of this file', exportVideo: false };

let brought: Brought[];
beforeEach(() => (brought = keepUploads(world())));
const arrived = () => brought.flatMap(({ files }) => files);

afterAll(() => report('files', `${FILE_ROWS.length} sent or refused as meant`));

for (const { row, what, file, sent, refused } of FILE_ROWS) {
	if (sent !== undefined) {
		situation(`[${row}] ${what} is sent as what it is`, async () => {
			const rows = [{ json: { sessionId: world().session().id }, files: { file } }];
			success(await engine().runNode(rows, uploading()));
			const type = expect.stringMatching(/^(?:video|image|audio)\//) as string;
			expect(arrived()).toEqual([{ filename: sent, type, bytes: file.content }]);
		});
	}
	if (refused !== undefined) {
		situation(`[${row}] ${what} is refused before anything is sent`, async () => {
			const rows = [{ json: { sessionId: '1' }, files: { file } }];
			const told = failure(await engine().runNode(rows, uploading()));
			expect(told).toMatchObject({ kind: 'fileType', safeToRepeat: true });
			expect(`${String(told.message)} ${String(told.description)}`).toMatch(refused);
			expect(told.message).toContain("'clip.mp4'");
			expect(world().count()).toBe(0);
		});
	}
}

const page = FILE_ROWS.find(({ what }) => what.startsWith('a web page called'));
situation('[B12] Create Video refuses a page called clip.mp4 and pays nothing', async () => {
	const rows = [{ files: { data: page?.file as never } }];
	const told = failure(await engine().runNode(rows, createVideo(VIDEO)));
	expect(told).toMatchObject({ kind: 'fileType', safeToRepeat: true });
	expect(world().count()).toBe(0);
});

situation('[B12] a chat reads that a page called clip.mp4 is no video, at no cost', async () => {
	const rows = [{ files: { data: page?.file as never } }];
	const node = assistant({ message: 'Make a film of this file', language: 'en' });
	expect(success(await engine().runNode(rows, node)).text).toMatch(
		/'clip\.mp4' \(web page\).*isn't supported/,
	);
	expect(world().spent()).toMatchObject({ prompts: 0, uploads: 0 });
});

const PIXELS = mediaFile('png', 'pixels'.repeat(200));
const base64 = PIXELS.toString('base64');
for (const [what, data] of [
	['a plain prefix', `data:image/png;base64,${base64}`],
	['a prefix with parameters', `data:image/png;name=a.png;charset=utf-8;base64,${base64}`],
	['a prefix and lines', `data:image/png;base64,${base64.replace(/(.{76})/g, '$1\r\n')}`],
	['no prefix', base64],
] as const) {
	const rows = (json: object) => [
		{ json: { ...json, photo: { mimeType: 'image/png', fileName: 'a.png', data } } },
	];
	situation(`[B13] a file in memory with ${what} arrives as its bytes`, async () => {
		const { id } = world().session();
		success(await engine().runNode(rows({ sessionId: id }) as never, uploading()));
		expect(arrived()).toEqual([{ filename: 'a.png', type: 'image/png', bytes: PIXELS }]);
	});

	situation(`[B13] Create Video makes the film of a file with ${what}`, async () => {
		success(await engine().runNode(rows({}) as never, createVideo(VIDEO)));
		expect(arrived().map(({ bytes }) => bytes)).toEqual([PIXELS]);
	});
}

const spelled = (mimeType: string, text = base64): Buffer =>
	Buffer.from(`data:${mimeType};base64,${text}`);
for (const [what, file, name] of [
	['called by its type', { fileName: 'a.png', mimeType: 'image/png' }, 'a.png'],
	['called a text', { fileName: 'a.txt', mimeType: 'text/plain' }, 'a.txt.png'],
	[
		'that n8n keeps in memory',
		{ fileName: 'a.png', mimeType: 'image/png', inMemory: true },
		'a.png',
	],
] as const) {
	situation(`[B13] a file ${what} whose content is a data URL arrives as its bytes`, async () => {
		const { id } = world().session();
		const content = spelled('image/png', base64.replace(/(.{76})/g, '$1\r\n'));
		const inJson = { mimeType: 'image/png', fileName: 'a.png', data: content.toString('base64') };
		const row =
			'inMemory' in file
				? { json: { sessionId: id, photo: inJson } }
				: { json: { sessionId: id }, files: { photo: { ...file, content } } };
		success(await engine().runNode([row] as never, uploading()));
		expect(arrived()).toEqual([{ filename: name, type: 'image/png', bytes: PIXELS }]);
	});
}

situation('[B13] a data URL of something that NemoVideo does not take is refused', async () => {
	const content = spelled('application/pdf', Buffer.from('%PDF-1.7').toString('base64'));
	const rows = [
		{
			json: { sessionId: '1' },
			files: { data: { fileName: 'a.png', mimeType: 'image/png', content } },
		},
	];
	const told = failure(await engine().runNode(rows, uploading()));
	expect(told.message).toContain('is a PDF document');
	expect(world().count()).toBe(0);
});

for (const beginning of [
	'<svg xmlns="http://www.w3.org/2000/svg">',
	'<?xml version="1.0"?><svg ',
]) {
	situation(`[B12] a drawing that begins ${beginning.slice(0, 5)} is to be converted`, async () => {
		const file = { fileName: 'logo.svg', mimeType: 'image/svg+xml' };
		const rows = [
			{ json: { sessionId: '1' }, files: { data: { ...file, content: Buffer.from(beginning) } } },
		];
		const { description } = failure(await engine().runNode(rows, uploading()));
		expect(description).toMatch(/^Convert it to PNG first/);
		expect(description).not.toContain('share link');
	});
}

for (const [given, name] of [
	['Promo 26.11.2026', 'Promo 26.11.2026.mp4'],
	['Release v1.25', 'Release v1.25.mp4'],
	['50% off / Herbst', '50% off _ Herbst.mp4'],
	['Final.MOV', 'Final.mp4'],
	['clip.mp4', 'clip.mp4'],
	['../../etc/passwd', 'etc_passwd.mp4'],
	['a\u0000b\nc', 'a_b_c.mp4'],
	['产'.repeat(200), `${'产'.repeat(83)}.mp4`],
] as const) {
	situation(`[B14] a video called ${JSON.stringify(given.slice(0, 20))} is ${name}`, async () => {
		const options = { fileName: given };
		const run = await engine().runNode(
			inSession(world().session(film())),
			exporting({ options } as never),
		);
		success(run);
		expect(run.items(NODE)[0]?.binary?.data).toMatchObject({
			fileName: name,
			fileExtension: 'mp4',
		});
	});
}

situation('[B14] Create Video gives the name that was asked for', async () => {
	const options = { fileName: 'Promo 26.11.2026' };
	const run = await engine().runNode([{}], createVideo({ options } as never));
	success(run);
	expect(run.items(NODE)[0]?.binary?.data?.fileName).toBe('Promo 26.11.2026.mp4');
});

for (const [what, parameters] of [
	['every file', {}],
	['a field', { binaryPropertyName: 'data' }],
] as const) {
	situation(`[B18] Upload of ${what} says that pinned data holds no files`, async () => {
		const run = await engine().runNode(inSession({ id: '1' }), uploading(parameters));
		const told = failure(run);
		expect(told).toMatchObject({ kind: 'input', safeToRepeat: true });
		expect(told.description).toContain('Pinned data contains no files');
		expect(told.description).not.toContain('one of these names');
	});
}

situation('[B18] Create Video says so where its files are asked for', async () => {
	const run = await engine().runNode([{}], createVideo({ ...VIDEO, source: 'binary' }));
	expect(failure(run).description).toContain('Pinned data contains no files');
	expect(world().count()).toBe(0);
});

situation('[B18] an execution that nobody watches speaks of no pinned data', async () => {
	const mode = { mode: 'trigger' as const };
	const told = failure(await engine().runNode(inSession({ id: '1' }), uploading(), mode));
	expect(told.description).toContain('Connect a node that outputs files');
	expect(told.description).not.toMatch(/pinned/i);
});

const LIMIT = 524_288_000;
for (const [over, size] of [
	[1, '500 MB (524,288,001 bytes)'],
	[60_000, '500.1 MB (524,348,000 bytes)'],
	[LIMIT, '1000 MB (1,048,576,000 bytes)'],
] as const) {
	situation(`[B20] a file ${over} bytes over the limit is reported beside it`, async () => {
		const files = { data: { ...photo('a.png'), paddedTo: LIMIT + over } };
		const run = await engine().runNode([{ json: { sessionId: '1' }, files }], uploading());
		const told = failure(run);
		expect(told).toMatchObject({ kind: 'fileSize', safeToRepeat: true });
		expect(told.message).toContain(`${size} of at most 500 MB (524,288,000 bytes)`);
		expect(world().count()).toBe(0);
	});
}

situation('[B20] Create Video pays nothing for a file one byte over the limit', async () => {
	const files = { data: { ...photo('a.png'), paddedTo: LIMIT + 1 } };
	const told = failure(await engine().runNode([{ files }], createVideo(VIDEO)));
	expect(told.message).toContain('524,288,001 bytes');
	expect(world().count()).toBe(0);
});
