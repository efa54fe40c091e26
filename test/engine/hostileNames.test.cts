/** File names by strangers: on their way to NemoVideo, and into n8n's store. */
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import type { NodeSpec } from './support/workflow.cts';
import { tapWire, type Wiretap } from './support/wiretap.cts';

const emulator = withEmulator();
let wire: Wiretap;
let engine: Engine;

beforeEach(async () => {
	wire = await tapWire(emulator().url);
	engine = await createEngine({
		credential: connectedCredential(emulator(), 'accessToken', { baseUrl: wire.url }),
	});
});
afterEach(async () => await wire.close());

const NAMES: Array<[string, string]> = [
	['a header in it', 'a.png"\r\nX-Evil: 1\r\n\r\nbody\r\n.png'],
	['line feeds alone', 'a\nContent-Type: text/html\n\n<h1>.png'],
	['the end of the part', 'a.png"\r\n\r\n--boundary--\r\n.png'],
	['quotes', 'a";filename="b.exe";x=".png'],
	['a backslash before the closing quote', 'a.png\\'],
	['a way out', '../../../../etc/cron.d/evil.png'],
	['a way out of Windows', '..\\..\\windows\\evil.png'],
	['an absolute path', '/etc/passwd.png'],
	['a drive', 'C:evil.png'],
	['a zero byte', 'a.exe\u0000.png'],
	['text that runs backwards', 'photo\u202Egnp.exe.png'],
	['separators of other alphabets', 'a\u2028b\u2029c\u0085.png'],
	['a slash that is none', 'a\uFF0Fb\u2215c.png'],
	['half a character', 'a\uD83D.png'],
	['dots', '..'],
	['nothing', ' '],
	['a device of Windows', 'CON.png'],
	['no end', `${'a'.repeat(100_000)}.png`],
	['no end of emoji', `${'🎬'.repeat(5_000)}.png`],
	['other alphabets, which are fine', 'Фото 写真 صورة é.png'],
];

const decode = (bytes: Buffer): string => bytes.toString('utf8');

/** The lines of headers between a form's boundary and the file's bytes. */
function partHeaders(sent: Buffer, content: string): string[] {
	const text = decode(sent);
	const boundary = /content-type: multipart\/form-data; ?boundary=(\S+)/i.exec(text)?.[1] ?? '?';
	const parts = text.split(`--${boundary}`).slice(1);
	expect(parts).toHaveLength(2);
	expect(parts[1]).toBe('--\r\n');
	const [head = '', body] = (parts[0] ?? '').split('\r\n\r\n', 2);
	expect(body).toBe(`${content}\r\n`);
	return head.split(/\r|\n/).filter((line) => line !== '');
}

function expectSafe(name: string): void {
	expect(name).not.toMatch(/[\p{Cc}\p{Cs}"/\\\u2028-\u202E]/u);
	expect(name).not.toMatch(/^\.{0,2}$/);
	expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
}

describe('a file name with', () => {
	const UPLOAD: NodeSpec = { type: 'nemoVideoUpload' };
	/** All of ASCII, so that requests can be read as text. */
	const CONTENT = 'GIF89a: these are the bytes';

	it.each(NAMES)('%s forges nothing in the request that uploads it', async (_what, fileName) => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		wire.clear();
		const file = { fileName, mimeType: 'image/gif', data: Buffer.from(CONTENT).toString('base64') };
		const result = await engine.runNode([{ json: { sessionId, file } }], {
			...UPLOAD,
			parameters: { binaryPropertyName: '={{ $json.file }}' },
		});
		expect(result.status).toBe('success');
		const [disposition, type, ...more] = partHeaders(wire.sent(), CONTENT);
		const name = /^Content-Disposition: form-data; name="files"; filename="([^"]+)"$/.exec(
			disposition ?? '',
		)?.[1];
		expectSafe(name ?? '');
		expect(type).toBe('Content-Type: image/gif');
		expect(more).toEqual([]);
		expect(emulator().ledger.uploads).toMatchObject([
			{ filename: name, sizeBytes: CONTENT.length, source: 'multipart' },
		]);
		expect(decode(wire.sent())).not.toMatch(/^x-evil/im);
	});

	it('a type of nobody knows what is refused, or sent as what its ending says', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const unknown = '\u0001 of no format';
		const data = Buffer.from(unknown).toString('base64');
		for (const mimeType of ['constructor', '__proto__', 'toString', 'image/png\r\nX-Evil: 1']) {
			wire.clear();
			const file = { fileName: 'a', mimeType, data, fileType: 'image' };
			const refused = await engine.runNode([{ json: { sessionId, file } }], {
				...UPLOAD,
				parameters: { binaryPropertyName: '={{ $json.file }}' },
				onError: 'continueErrorOutput',
			});
			expect(refused.branch('Node 1', 1)[0]?.json.error).toMatchObject({ kind: 'fileType' });
			expect(decode(wire.sent())).not.toContain('multipart');
			const named = { ...file, fileName: 'a.png' };
			const sent = await engine.runNode([{ json: { sessionId, file: named } }], {
				...UPLOAD,
				parameters: { binaryPropertyName: '={{ $json.file }}' },
			});
			expect(sent.status).toBe('success');
			expect(partHeaders(wire.sent(), unknown)[1]).toBe('Content-Type: image/png');
		}
	});

	it.each(NAMES)('%s cannot leave the store', async (_what, fileName) => {
		const sessionId = await prepareSession(emulator());
		const result = await engine.runNode([{ json: { sessionId } }], {
			type: 'nemoVideoExport',
			parameters: { options: { ...QUICK_EXPORT, fileName } },
		});
		const file = result.items('Node 1')[0]?.binary?.data;
		expect(file).toBeDefined();
		if (!file) return;
		expectSafe(file.fileName ?? '');
		expect(file).toMatchObject({ mimeType: 'video/mp4', bytes: emulator().options.cannedBytes });
		// The name is kept beside the bytes, and nowhere part of a path.
		expect(file.id).toMatch(
			/^filesystem-v2:workflows\/[\w-]+\/executions\/\d+\/binary_data\/[\w-]+$/,
		);
		expect(await engine.readBinary(file)).toHaveLength(emulator().options.cannedBytes);
	});
});

describe('the type of a downloaded video', () => {
	it.each(['text/html', 'video/mp4<script>', 'video/', 'image/svg+xml'])(
		'is a video’s, whatever the backend says: %s',
		async (contentType) => {
			const sessionId = await prepareSession(emulator());
			emulator().faults.add({
				kind: 'body',
				endpoint: 'file',
				times: 0,
				headers: { 'content-type': contentType },
				body: '<script>alert(1)</script>',
			});
			const result = await engine.runNode([{ json: { sessionId } }], {
				type: 'nemoVideoExport',
				parameters: { options: QUICK_EXPORT },
			});
			const file = result.items('Node 1')[0]?.binary?.data;
			expect(file).toMatchObject({ mimeType: 'video/mp4', fileExtension: 'mp4' });
		},
	);
});
