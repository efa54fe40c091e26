import { connectedCredential, withEmulator } from './support/emulator.cts';
import { create, failed, made, NODE, PHOTO, rowsOf, setCredits } from './support/createVideo.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT, prepareSession } from './support/sessions.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const FILES = { data: PHOTO };
const nothingSent = (): void => expect(emulator().requests.all()).toEqual([]);

describe('Parallel', () => {
	it.each([
		[0, /'Parallel' is 0, outside 1 to 50/],
		[99, /'Parallel' is 99, outside 1 to 50/],
		[2.5, /'Parallel' is 2\.5, not a whole number/],
		['many', /'Parallel' is 'many' instead of a number/],
	])('of %j is refused before anything is sent', async (parallel, message) => {
		const result = await engine.runNode([{}, {}], create({ options: { parallel } }));
		expect(failed(result)).toHaveLength(2);
		for (const failure of failed(result)) {
			expect(failure).toMatchObject({ kind: 'input', retryable: false });
			expect(failure.message).toMatch(message);
		}
		nothingSent();
	});
});

describe('among good rows', () => {
	it.each([
		['without a prompt', { prompt: '' }, /'Prompt' is empty/],
		[
			'with an object for a prompt',
			{ prompt: { text: 'x' } },
			/'Prompt' (?:is|contains) an object/,
		],
		['with a session ID that lost digits', { session: 5529798706024415000 }, /lost digits/],
		['with a session that does not exist', { session: '123456789' }, /no longer exists/],
		['with an unknown aspect ratio', { ratio: '4:3' }, /'Aspect Ratio' is '4:3'/],
		['with an unknown language', { language: 'Klingon!' }, /'Language' is 'Klingon!'/],
	])('a row %s fails alone', async (_what, bad: object, message) => {
		const good = { prompt: PROMPT };
		const rows = [good, { ...good, ...bad }, good].map((json) => ({ json: { ...json } }));
		const result = await engine.runNode(
			rows,
			create({
				prompt: '={{ $json.prompt }}',
				sessionId: '={{ $json.session }}',
				aspectRatio: '={{ $json.ratio }}',
				language: '={{ $json.language }}',
				exportVideo: false,
			}),
		);
		expect(rowsOf(result, 0)).toEqual([0, 2]);
		expect(rowsOf(result, 1)).toEqual([1]);
		expect(failed(result)[0]?.message).toMatch(message);
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 2, sessions: 2 });
	});

	it('a row whose photo is missing fails alone', async () => {
		const result = await engine.runNode(
			[{ files: FILES }, {}, { files: FILES }],
			create({ source: 'binary', binaryPropertyName: 'data', exportVideo: false }),
		);
		expect(rowsOf(result, 1)).toEqual([1]);
		expect(failed(result)[0]).toMatchObject({ kind: 'input' });
		expect(failed(result)[0]?.message).toMatch(/'Input Data Field Name' names 'data'/);
		expect(made(result)).toHaveLength(2);
	});

	it('a row that NemoVideo asks back about fails alone and keeps its session', async () => {
		const rows = [PROMPT, 'make it better', PROMPT].map((prompt) => ({ json: { prompt } }));
		const result = await engine.runNode(rows, create({ prompt: '={{ $json.prompt }}' }));
		expect(made(result)).toHaveLength(2);
		const [question] = failed(result);
		expect(question).toMatchObject({
			kind: 'input',
			retryable: false,
			stage: 'generate',
			sessionId: emulator().ledger.prompts.find(({ kind }) => kind === 'question')?.sessionId,
		});
		expect(question?.message).toMatch(/^NemoVideo asked: .+\?/);

		const session = String(question?.sessionId);
		const again = await engine.runNode(
			[{ json: { prompt: 'Add a title "Hello"', session } }],
			create({ prompt: '={{ $json.prompt }}', sessionId: '={{ $json.session }}' }),
		);
		expect(made(again)).toMatchObject([{ sessionId: session, status: 'completed' }]);
	});

	it('a row that failed in a node before stays the failure it was', async () => {
		const error = { message: 'earlier', kind: 'fileType', description: '' };
		const result = await engine.runNode([{ json: { error } }, {}], create());
		expect(failed(result)).toEqual([error]);
		expect(made(result)).toHaveLength(1);
	});
});

describe('a cell with links to photos', () => {
	const run = async (...cells: Array<string | string[]>) =>
		await engine.runNode(
			cells.map((photos) => ({ json: { photos } })),
			create({ source: 'url', urls: '={{ $json.photos }}', exportVideo: false }),
		);
	const link = (name: string): string => `${emulator().cdnUrl}/clips/${name}`;

	it.each([
		['with commas', (one: string, two: string) => `${one}, ${two}`],
		['with line breaks', (one: string, two: string) => `${one}\n${two}\n`],
		['as a list', (one: string, two: string) => [one, two]],
	])('%s gives each of them in order', async (_how, join) => {
		const result = await run(join(link('a,b.jpg'), link('c.jpg')));
		expect(failed(result)).toEqual([]);
		expect(emulator().ledger.uploads.map(({ filename }) => filename)).toEqual(['a,b.jpg', 'c.jpg']);
	});

	it.each([
		['https://drive.google.com/file/d/1aBcD/view?usp=sharing', /share page/],
		['https://www.dropbox.com/s/abc/photo.jpg?dl=0', /share page/],
		['photo.jpg', /not a web address/],
		['', /'URLs' is empty/],
	])('that holds %j fails alone and says why', async (cell, message) => {
		const result = await run(link('good.jpg'), cell);
		expect(rowsOf(result, 1)).toEqual([1]);
		expect(failed(result)[0]?.message).toMatch(message);
		expect(made(result)).toHaveLength(1);
	});
});

describe('a node that stops on errors', () => {
	it('spends nothing on any row when one of them cannot be used', async () => {
		const rows = [PROMPT, '', PROMPT].map((prompt) => ({ json: { prompt } }));
		const result = await engine.runNode(
			rows,
			create({ prompt: '={{ $json.prompt }}' }, { onError: 'stopWorkflow' }),
		);
		expect(result.error).toMatchObject({ context: { itemIndex: 1, kind: 'input' } });
		nothingSent();
	});

	it('says how many rows were finished and keeps the ids of the one that failed', async () => {
		emulator().faults.add({ kind: 'status', status: 402, endpoint: 'submit', nth: 2 });
		const result = await engine.runNode(
			[{}, {}, {}],
			create({ options: { parallel: 1 } }, { onError: 'stopWorkflow' }),
		);
		const [, session] = emulator().ledger.sessions;
		expect(result.error?.description).toMatch(/1 of 3 items was finished/);
		expect(result.error?.description).toContain(session?.sessionId);
		expect(result.error).toMatchObject({
			context: { kind: 'plan', stage: 'export', sessionId: session?.sessionId, itemIndex: 1 },
		});
		expect(emulator().ledger.sessions).toHaveLength(2);
	});
});

describe('500 rows', () => {
	it('that can all not be used cost no request', async () => {
		const rows = Array.from({ length: 500 }, (_row, n) => ({ json: { n } }));
		const result = await engine.runNode(rows, create({ prompt: '={{ $json.prompt }}' }));
		expect(failed(result)).toHaveLength(500);
		expect(rowsOf(result, 1)).toEqual(rows.map(({ json }) => json.n));
		nothingSent();
	});

	it('that the credits do not pay for send no more than they do', async () => {
		Object.assign(emulator().options, { turnMs: 0, stageGapMs: 0 });
		setCredits(emulator(), 200);
		const rows = Array.from({ length: 500 }, () => ({}));
		const result = await engine.runNode(rows, create({ exportVideo: false }));
		expect(made(result)).toHaveLength(2);
		expect(failed(result)).toHaveLength(498);
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 2, sessions: 2 });
		expect(result.hints(NODE)[0]?.message).toMatch(
			/^2 of 500 rows finished, 498 failed \(kind credits\)/,
		);
	});

	it('of one session come out in order', async () => {
		Object.assign(emulator().options, { editMs: 0, questionMs: 0, heartbeatMs: 1000 });
		setCredits(emulator(), 1_000_000);
		const session = await prepareSession(emulator());
		const count = 60;
		const rows = Array.from({ length: count }, (_row, n) => ({
			json: { n, session, prompt: `Add a title "number ${n}"` },
		}));
		const result = await engine.runNode(
			rows,
			create({
				prompt: '={{ $json.prompt }}',
				sessionId: '={{ $json.session }}',
				exportVideo: false,
				options: { includeInputFields: true },
			}),
		);
		expect(made(result).map(({ n }) => n)).toEqual(rows.map(({ json }) => json.n));
		expect(
			emulator()
				.ledger.prompts.slice(-count)
				.map(({ text }) => text),
		).toEqual(rows.map(({ json }) => json.prompt));
	});
});
