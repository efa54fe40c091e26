import { assistant, failure, photo, success, withWorld } from './support/nodes.cts';
import { situations } from './support/rows.cts';

const { world, engine } = withWorld();
const situation = situations('B21');
const LANGUAGES = [
	['Make a film of these photos', /^NemoVideo didn't accept/],
	['Mach bitte ein Video aus diesen Fotos', /^NemoVideo hat .* nicht angenommen/],
] as const;

const twoPhotos = [{ files: { one: photo('a.jpg'), two: photo('c.jpg') } }];
const say = async (message: string, rows: object[] = twoPhotos) =>
	await engine().runNode(rows, assistant({ message }));

for (const [message, beginning] of LANGUAGES) {
	for (const [what, answered, quoted] of [
		['its own limit', { code: 4002, message: 'file too large: limit 200MB' }, 'limit 200MB'],
		['a type', { code: 4001, message: 'progressive JPEG' }, 'progressive JPEG'],
		['nothing but a number', { code: 4002 }, ''],
		[
			'a file as failed',
			{
				code: 0,
				data: { failed: ['a.jpg', 'c.jpg'].map((filename) => ({ filename, error: 'too long' })) },
			},
			'too long',
		],
		['a failure as a whole', { success: false, error: 'cannot decode' }, 'cannot decode'],
	] as const) {
		situation(`[B21] "${message}" is answered where NemoVideo names ${what}`, async () => {
			world().every('upload', (exchange) => exchange.answer(200, answered));
			const reply = success(await say(message));
			expect(reply).toMatchObject({ action: 'upload', refused: true });
			expect(reply.text).toMatch(beginning);
			expect(reply.text).toContain('a.png, c.png');
			expect(reply.text).toContain(quoted);
			expect(reply.text).not.toMatch(/500 MB|MP4/);
			expect(world().spent()).toMatchObject({ credits: 0, prompts: 0, uploads: 1 });
		});
	}
}

situation(
	'[B21] a chat reads which of its files are in the session, and which one is not',
	async () => {
		world().every('upload', (exchange) =>
			exchange.answer(200, {
				code: 0,
				data: {
					files: [{ filename: 'a.png' }],
					failed: [{ filename: 'c.png', error: 'too long' }],
				},
			}),
		);
		const { text } = success(await say('Make a film of these photos'));
		expect(text).toMatch(
			/^Uploaded 1 file: a\.png\.\nNemoVideo didn't accept 'c\.png'\..*\nNemoVideo: "too long"\nThe rest .* either: "Make a film of these photos"\..*$/,
		);
		expect(world().spent().prompts).toBe(0);
	},
);

situation('[B21] a chat whose files got lost on the way still fails', async () => {
	world().every('upload', (exchange) => exchange.answer(200, { code: 0, data: { files: [] } }));
	expect(failure(await say('Make a film of these photos')).message).toContain('unknown whether');
});

situation('[B21] a chat reads that a HEIC photo called IMG_1.jpg is one, at no cost', async () => {
	const content = Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', 'latin1');
	const rows = [{ files: { data: { fileName: 'IMG_1.jpg', mimeType: 'image/jpeg', content } } }];
	const { text } = success(await say('Make a film of this photo', rows));
	expect(text).toMatch(/'IMG_1\.jpg' \(HEIC photo\)/);
	expect(world().spent()).toMatchObject({ prompts: 0, uploads: 0 });
});
