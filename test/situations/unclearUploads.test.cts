import { chain, type NodeSpec } from '../engine/support/workflow.cts';
import { recoveryWaits } from './support/clocks.cts';
import { film } from './support/drafts.cts';
import { gate } from './support/gate.cts';
import {
	assistant,
	createVideo,
	failure,
	failures,
	photo,
	results,
	RETRIED,
	success,
	uploading,
	withWorld,
	UNSURE,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import type { Session } from './support/session.cts';
import type { Answer } from './support/world.cts';

const { world, engine, asked } = withWorld();
const situation = situations('B1');
const PAGE = '<!DOCTYPE html><html><body>Gateway</body></html>';
const URLS = ['https://files.example/a.png', 'https://files.example/b.png'];

const names = ({ files }: Session): string[] => files.map(({ filename }) => filename);

/** The files that an upload request brings. */
const brought = (): string[] => world().uploads.at(-1) ?? [];

/**
 * NemoVideo takes an upload, but something else is answered.
 *
 * @param arriveAt the reading of the state that shows the files first; 0: at once
 */
function takes(session: Session, answered: Answer, arriveAt = 2): Answer {
	return async (exchange) => {
		const files = brought();
		const arrive = () => files.forEach((name) => session.addFile(name));
		if (arriveAt === 0) arrive();
		else session.atReading(arriveAt, arrive);
		await answered(exchange);
	};
}

const LOST: ReadonlyArray<[what: string, answered: Answer]> = [
	['a 504 page', (exchange) => exchange.answer(504, PAGE)],
	['a 502 page', (exchange) => exchange.answer(502, PAGE)],
	['a 524 page', (exchange) => exchange.answer(524, PAGE)],
	['a 403 page', (exchange) => exchange.answer(403, PAGE)],
	['a 200 page', (exchange) => exchange.answer(200, PAGE)],
	['a 503 in JSON', (exchange) => exchange.answer(503, { code: 1002, message: 'try later' })],
	['a 408', (exchange) => exchange.answer(408, { detail: 'timed out' })],
	['an answer that lists nothing', (exchange) => exchange.answer(200, { code: 0, data: {} })],
	['a reset', (exchange) => exchange.reset()],
	[
		'an answer that is cut',
		async (exchange) => {
			exchange.response.writeHead(200, { 'content-type': 'application/json' });
			await exchange.write('{"code":0,"data":{"files":[{"fi');
			exchange.cut();
		},
	],
];

interface Way {
	what: string;
	files: Record<string, ReturnType<typeof photo>>;
	parameters?: object;
}
const WAYS: readonly Way[] = [
	{ what: 'a file', files: { one: photo('a.png') } },
	{ what: 'two files', files: { one: photo('a.png'), two: photo('b.png') } },
	{ what: 'an address', files: {}, parameters: { source: 'url', urls: URLS[0] } },
	{ what: 'two addresses', files: {}, parameters: { source: 'url', urls: URLS } },
];
const row = (session: Session, { files }: Pick<Way, 'files'>) => [
	{ json: { sessionId: session.id }, files },
];
const nodeOf = ({ parameters = {} }: Way, more?: Partial<NodeSpec>) =>
	uploading(parameters as never, more);

LOST.forEach(([what, answered], index) => {
	// Each answer to one file; the first ones to each way of uploading.
	for (const way of WAYS.slice(0, index < 2 ? WAYS.length : 1)) {
		situation(`[B1] finds ${way.what} that arrived behind ${what}, and sends it once`, async () => {
			const session = world().session();
			world().every('upload', takes(session, answered));
			const { files } = success(await engine().runNode(row(session, way), nodeOf(way)));
			expect(files).toMatchObject(names(session).map((filename) => ({ filename })));
			expect(world().spent().uploads).toBe(1);
		});
	}
});

situation(
	'[B1] looks with the patience of a lost prompt, and sends a lost file once more',
	async () => {
		const session = world().session();
		world().next('upload', (exchange) => exchange.answer(504, PAGE));
		success(await engine().runNode(row(session, WAYS[0] as Way), uploading()));
		expect(recoveryWaits(asked())).toEqual([30_000, 60_000, 60_000, 60_000, 60_000]);
		expect(names(session)).toEqual(['a.png']);
		expect(world().uploads).toEqual([['a.png'], ['a.png']]);
	},
);

situation('[B1] sends only the file again that did not arrive', async () => {
	const session = world().session();
	world().next('upload', (exchange) => {
		session.addFile('b.png');
		exchange.reset();
	});
	const { files } = success(await engine().runNode(row(session, WAYS[1] as Way), uploading()));
	expect(files).toMatchObject([{ filename: 'a.png' }, { filename: 'b.png' }]);
	expect(world().uploads.map((sent) => sent.length)).toEqual([2, 1]);
	expect(names(session).sort()).toEqual(['a.png', 'b.png']);
});

situation('[B1] takes no file of the same name that was there before for the new one', async () => {
	const session = world().session();
	session.addFile('a.png');
	world().next('upload', (exchange) => exchange.answer(504, PAGE));
	success(await engine().runNode(row(session, WAYS[0] as Way), uploading()));
	expect(names(session)).toEqual(['a.png', 'a.png']);
	expect(world().spent().uploads).toBe(2);
});

for (const way of WAYS) {
	situation(`[B1] fails for good where ${way.what} stays lost, and says what to do`, async () => {
		const session = world().session();
		world().every('upload', (exchange) => exchange.answer(504, PAGE));
		const run = await engine().runNode(row(session, way), nodeOf(way, RETRIED));
		const told = failure(run);
		expect(told).toMatchObject({ ...UNSURE, kind: 'server', stage: 'upload' });
		expect(told.sessionId).toBe(session.id);
		expect(told.message).toContain("unknown whether NemoVideo received 'a.png'");
		expect(told.description).toContain('State node');
		// Retry On Fail looks once for each try; an address is never sent again.
		expect(world().spent().uploads).toBe(way.parameters ? 1 : 2);
		const [upload, ...others] = world().arrivals.filter(({ endpoint }) => endpoint === 'upload');
		expect(upload).toBeDefined();
		expect(others).toHaveLength(way.parameters ? 0 : 1);
	});
}

for (const status of [403, 404, 413, 522]) {
	situation(`[B1] never sends a file again after a page with status ${status}`, async () => {
		const session = world().session();
		world().every('upload', (exchange) => exchange.answer(status, PAGE));
		const run = await engine().runNode(row(session, WAYS[0] as Way), uploading({}, RETRIED));
		expect(failure(run)).toMatchObject({ ...UNSURE, httpStatus: status });
		expect(world().spent().uploads).toBe(1);
	});
}

for (const [what, refuse] of [
	['429', (exchange) => exchange.answer(429, { code: 429, message: 'slow down' })],
	['401', (exchange) => exchange.answer(401, { code: 1001, message: 'expired' })],
] as ReadonlyArray<[string, Answer]>) {
	situation(`[B1] takes a ${what} of NemoVideo for the refusal that it is`, async () => {
		const session = world().session();
		world().every('upload', refuse);
		const run = await engine().runNode(row(session, WAYS[0] as Way), uploading());
		expect(failure(run)).toMatchObject({ safeToRepeat: true });
		expect(recoveryWaits(asked()).filter((ms) => ms === 60_000)).toEqual([]);
	});
}

situation("[B1] looks first when n8n's Retry runs a stopped upload again", async () => {
	const session = world().session();
	const workflow = chain(row(session, WAYS[0] as Way), uploading({}, { onError: 'stopWorkflow' }));
	const taken = gate();
	const hold: Answer = async (exchange) => {
		taken.open();
		await exchange.closed();
	};
	world().next('upload', takes(session, hold, 0));
	const running = engine().start(workflow);
	await taken.opened;
	running.stop();
	const stopped = await running.finished;
	expect(stopped.error).toMatchObject({ context: { kind: 'cancelled', safeToRepeat: false } });
	const second = await engine().retry(workflow, stopped);
	expect(success(second).files).toMatchObject([{ filename: 'a.png' }]);
	expect(names(session)).toEqual(['a.png']);
	expect(world().spent().uploads).toBe(1);
});

situation("[B1] looks first when n8n's Retry runs a failed execution again", async () => {
	const session = world().session();
	const workflow = chain(row(session, WAYS[0] as Way), uploading({}, { onError: 'stopWorkflow' }));
	world().every('upload', (exchange) => exchange.answer(504, PAGE));
	const first = await engine().run(workflow);
	expect(first.error).toMatchObject({ context: UNSURE });
	session.addFile('a.png');
	expect(success(await engine().retry(workflow, first)).sessionId).toBe(session.id);
	expect(world().spent().uploads).toBe(2);
	expect(names(session)).toEqual(['a.png']);
});

situation('[B1] finds the file of the row before, where that has no known end', async () => {
	const session = world().session();
	world().every('upload', (exchange) => exchange.answer(504, PAGE));
	// Twelve readings of the first row, one before the second's only look.
	session.atReading(13, () => void session.addFile('a.png'));
	const one = { json: { sessionId: session.id }, files: { data: photo('a.png') } };
	const run = await engine().runNode([one, one], uploading());
	expect(failures(run)).toMatchObject([UNSURE]);
	expect(results(run)).toMatchObject([{ files: [{ filename: 'a.png' }] }]);
	expect(world().spent().uploads).toBe(2);
	expect(names(session)).toEqual(['a.png']);
});

situation('[B1] finds the file of another execution, where that has no known end', async () => {
	const session = world().session();
	world().every('upload', (exchange) => exchange.answer(504, PAGE));
	const way = WAYS[0] as Way;
	expect(failure(await engine().runNode(row(session, way), uploading()))).toMatchObject(UNSURE);
	session.addFile('a.png');
	success(await engine().runNode(row(session, way), uploading()));
	expect(world().spent().uploads).toBe(2);
	expect(names(session)).toEqual(['a.png']);
});

const PROMPT = { prompt: 'Make a film of this photo', exportVideo: false };
const VIDEO: ReadonlyArray<[what: string, node: () => NodeSpec, files: Way['files']]> = [
	['Create Video, by file', () => createVideo(PROMPT), { one: photo('a.png') }],
	[
		'Create Video, by address',
		() => createVideo({ ...PROMPT, source: 'url', urls: URLS[0] as string }),
		{},
	],
	[
		'the Assistant, by file',
		() => assistant({ message: 'make a film of this photo', language: 'en' }),
		{ one: photo('a.png') },
	],
	['the Assistant, by address', () => assistant({ message: `make a film of ${URLS[0]}` }), {}],
];
for (const [what, node, files] of VIDEO) {
	situation(`[B1] in ${what}, an upload behind a 504 is there once and paid with it`, async () => {
		const session = world().session();
		world().every('session', (exchange) =>
			exchange.answer(200, { code: 0, data: { session_id: session.id, task_id: 'task' } }),
		);
		world().every(
			'upload',
			takes(session, (exchange) => exchange.answer(504, PAGE)),
		);
		world().every('run', async (exchange) => {
			session.draft = film();
			await world().byItself(exchange, { endpoint: 'run' });
		});
		success(await engine().runNode([{ json: {}, files }], node()));
		expect(names(session)).toEqual(['a.png']);
		expect(world().spent()).toMatchObject({ uploads: 1, prompts: 1 });
	});

	situation(`[B1] in ${what}, nothing is paid where the upload stays lost`, async () => {
		world().every('upload', (exchange) => exchange.answer(504, PAGE));
		const told = failure(await engine().runNode([{ json: {}, files }], node()));
		expect(told).toMatchObject({ ...UNSURE, stage: 'upload' });
		expect(world().spent()).toMatchObject({ credits: 0, prompts: 0 });
		expect(world().spent().uploads).toBe(files.one ? 2 : 1);
	});
}

for (const [which, arrived] of [
	['last', 2],
	['middle', 1],
] as const) {
	situation(
		`[B1] of three photos with one name the ${which} arrived: the others are sent, and that one is not`,
		async () => {
			const session = world().session();
			world().next('upload', (exchange) => {
				session.addFile(brought()[arrived] ?? '');
				exchange.answer(504, PAGE);
			});
			world().every('upload', (exchange) => {
				const files = brought().map((name) => session.addFile(name));
				exchange.answer(200, { code: 0, data: { files } });
			});
			const image = (name: string) => ({ ...photo(name), fileName: 'image.png' });
			const files = { one: image('a.jpg'), two: image('b.jpg'), three: image('c.jpg') };
			const item = { json: { sessionId: session.id }, files };
			success(await engine().runNode([item], uploading()));
			expect(names(session).sort()).toEqual(['image-2.png', 'image-3.png', 'image.png']);
			expect(world().spent().uploads).toBe(2);
		},
	);
}
