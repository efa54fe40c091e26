import { createVideo, generate, hints, inSession, success, withWorld } from './support/nodes.cts';
import { situations } from './support/rows.cts';

const { world, engine } = withWorld();
const situation = situations('B22');
const A = 'https://ex.example/a.jpg';
const NOT_UPLOADED = /links in a prompt aren't uploaded/;

for (const [what, prompt] of [
	['links to photos', `Make a video of these photos: ${A} https://ex.example/b.jpg?sig=s3cret`],
	['a share page', 'Make a video of https://drive.google.com/file/d/1AbC/view'],
	['a document', 'Make a video of https://ex.example/brochure.pdf'],
	['a link without its beginning', 'Make a video of ex.example/a.jpg'],
] as const) {
	for (const [node, run, how] of [
		[
			'Create Video',
			async () => await engine().runNode([{}], createVideo({ prompt, exportVideo: false })),
			/'URLs'/,
		],
		[
			'Generate',
			async () => await engine().runNode(inSession(world().session()), generate({ prompt })),
			/Upload node/,
		],
		[
			'Submit',
			async () =>
				await engine().runNode(
					inSession(world().session()),
					generate({ prompt, operation: 'submit' }),
				),
			/Upload node/,
		],
	] as const) {
		situation(`[B22] ${node} hints at ${what} in its prompt`, async () => {
			const ran = await run();
			success(ran);
			for (const part of [NOT_UPLOADED, how]) expect(hints(ran)).toMatch(part);
			expect(hints(ran)).not.toContain('s3cret');
		});
	}
}

for (const [what, parameters] of [
	['a link that is uploaded beside it', { prompt: `Begin with ${A}`, source: 'url', urls: A }],
	['a page that people look at', { prompt: 'Make an ad for https://shop.example/shoes' }],
	['no link', { prompt: 'Make a film of a harbor, 16:9' }],
] as const) {
	situation(`[B22] a prompt with ${what} gets no hint`, async () => {
		const run = await engine().runNode([{}], createVideo({ ...parameters, exportVideo: false }));
		success(run);
		expect(hints(run)).not.toMatch(NOT_UPLOADED);
	});
}
