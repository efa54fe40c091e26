import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { create, failed, made, NODE, PHOTO } from './support/createVideo.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, PROMPT } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeAll(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const generate = (parameters: INodeParameters, more: Partial<NodeSpec> = {}): NodeSpec => ({
	type: 'nemoVideoGenerate',
	parameters,
	...more,
});
const CONTINUE = { onError: 'continueErrorOutput' } as const;
const prompts = (): string[] => emulator().ledger.prompts.map(({ text }) => text);

describe('items with the same session and the same prompt', () => {
	const rows = (sessionIds: string[]): RowSpec[] =>
		sessionIds.map((sessionId) => ({ json: { sessionId } }));

	it('are refused before anything is sent, with the way to one film', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const result = await engine.runNode(
			rows(Array.from({ length: 5 }, () => sessionId)),
			generate({ prompt: PROMPT }, CONTINUE),
		);
		const failures = failed(result);
		expect(failures).toHaveLength(5);
		for (const failure of failures) {
			expect(failure).toMatchObject({ kind: 'input', sessionId });
			expect(failure.message).toBe('5 items have the same session and the same prompt');
			expect(failure.description).toMatch(/Execute Once.*Aggregate.*'Send Equal Prompts'/);
		}
		expect(emulator().requests.all()).toEqual([]);
	});

	it('stop the node before the others are paid, where it is to stop', async () => {
		const [one, other] = [await prepareSession(emulator()), await prepareSession(emulator())];
		const before = prompts().length;
		const result = await engine.runNode(
			rows([other, one, one]),
			generate({ prompt: 'Make it shorter' }),
		);
		expect(result.error?.message).toMatch(/2 items have the same session/);
		expect(prompts()).toHaveLength(before);
	});

	it('do not keep the other items from being worked on', async () => {
		const [one, other] = [await prepareSession(emulator()), await prepareSession(emulator())];
		const result = await engine.runNode(
			rows([one, other, one]),
			generate({ prompt: 'Make it shorter' }, CONTINUE),
		);
		expect(failed(result)).toHaveLength(2);
		expect(made(result)).toMatchObject([{ sessionId: other }]);
	});

	it('are sent where that is wanted', async () => {
		const sessionId = await prepareSession(emulator());
		const prompt = 'Make it a little brighter';
		const result = await engine.runNode(
			rows([sessionId, sessionId]),
			generate({ prompt, options: { sendEqualPrompts: true } }),
		);
		expect(made(result)).toHaveLength(2);
		expect(prompts().filter((text) => text === prompt)).toHaveLength(2);
	});

	it('are none where Execute Once leaves one of them', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const photos: RowSpec[] = ['a', 'b', 'c'].map((name) => ({
			json: { sessionId },
			files: { data: { ...PHOTO, fileName: `${name}.png`, content: name } },
		}));
		const result = await engine.run(
			chain(
				photos,
				{ type: 'nemoVideoUpload' },
				generate({ prompt: PROMPT }, { executeOnce: true }),
			),
		);
		expect(result.items('Node 2')).toHaveLength(1);
		expect(emulator().ledger.summary()).toMatchObject({ uploads: 3, promptsAccepted: 1 });
	});

	it('are refused by Create Video as well, where the session is given', async () => {
		const sessionId = await prepareSession(emulator());
		const result = await engine.runNode(
			[{}, {}],
			create({ sessionId, prompt: 'Make it shorter', exportVideo: false }),
		);
		expect(failed(result).map(({ kind }) => kind)).toEqual(['input', 'input']);
		expect(emulator().requests.all()).toEqual([]);
	});
});

describe('Create Video with the same prompt for items of one file each', () => {
	const photos: RowSpec[] = ['a', 'b'].map((name) => ({
		files: { data: { ...PHOTO, fileName: `${name}.png`, content: name } },
	}));
	const hints = async (rows: RowSpec[], parameters: INodeParameters = {}): Promise<string[]> => {
		const result = await engine.runNode(rows, create({ exportVideo: false, ...parameters }));
		expect(made(result)).toHaveLength(rows.length);
		return result.hints(NODE).map(({ message }) => message);
	};

	it('makes a video of each and says how to make one of all', async () => {
		expect((await hints(photos)).join()).toMatch(/2 items became a video of its own.*Aggregate/);
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 2 });
	});

	it.each([
		['one item', photos.slice(0, 1), {}],
		['items without files', [{}, {}], {}],
		['items of several files', [0, 1].map(() => ({ files: { a: PHOTO, b: PHOTO } })), {}],
		[
			'prompts that differ',
			photos.map((row, index) => ({ ...row, json: { n: index } })),
			{ prompt: '={{ "Turn photo " + $json.n + " into a 10-second promo" }}' },
		],
	])('says nothing of it for %s', async (_what, rows, parameters) => {
		expect((await hints(rows, parameters)).join()).not.toMatch(/Aggregate/);
	});
});

describe('a prompt that an expression has spoilt', () => {
	const outcome = async (prompt: string, json: IDataObject) => {
		const sessionId = '5529798706024415232';
		const row = { json };
		const result = await engine.runNode([row], generate({ sessionId, prompt }, CONTINUE));
		const [failure] = failed(result);
		return failure;
	};

	it.each<[string, IDataObject, RegExp]>([
		[
			'=make a video of {{ $json.product }}',
			{},
			/gap where \{\{ \$json\.product \}\} gave nothing/,
		],
		['=make a video of {{ $json.product }}', { product: null }, /\$json\.product/],
		['=make a video of {{ $json.product }}', { product: '' }, /\$json\.product/],
		['=make a video of {{ $json.product }}.', {}, /\$json\.product/],
		['=make a video of {{ $json.product }} for Instagram', {}, /\$json\.product/],
		['=Make a video {{ $json.style }}', {}, /\$json\.style/],
		['=A film with the title "{{ $json.title }}"', {}, /\$json\.title/],
		['=Product:\n{{ $json.product }}', {}, /\$json\.product/],
		['=Film about {{ $json.a }} and {{ $json.b }}', { a: 'tea' }, /\$json\.b/],
		['=关于{{ $json.product }}的视频', {}, /\$json\.product/],
		['={{ "make a video of " + $json.product }}', {}, /\$json\.product/],
		['={{ `make a video of ${$json.product}` }}', {}, /\$json\.product/],
		[
			'=make a video of {{ $json.product }}',
			{ product: { name: 'Mug' } },
			/object.*\$json\.product/,
		],
		['={{ "Film of " + $json.product }}', { product: { name: 'Mug' } }, /object/],
		['Film of [object Object]', {}, /object/],
		['={{ String($json.prompt) }}', {}, /'undefined'.*\$json\.prompt/],
		['={{ "null" }}', {}, /'null'/],
		['={{ $json.a * 2 + "" }}', { a: 'x' }, /'NaN'/],
		['={{ $json.prompt }}', { prompt: 'undefined, undefined' }, /'undefined, undefined'/],
		['={{ $json.prompt }}', { prompt: 'N/A' }, /'N\/A'/],
		['={{ $json.prompt }}', { prompt: false }, /'false'/],
		['={{ $json.prompt }}', { prompt: '#N/A' }, /formula/],
		['={{ $json.prompt }}', { prompt: '#REF!' }, /formula/],
		['=Ad that costs {{ $json.price * 2 }} euros', { price: 'abc' }, /price \* 2 \}\} gave 'NaN'/],
		['=Ad that costs {{ $json.price }} euros', {}, /gap where \{\{ \$json\.price/],
		['=Ad, {{ $json.price / 0 }} euros', { price: 1 }, /gave 'NaN'/],
		['={{ 1 / 0 }}', {}, /'NaN'/],
		['=Ad, on {{ new Date($json.day) }}!', { day: 'x' }, /gave 'Invalid Date'/],
		['=Ad, on {{ DateTime.fromISO($json.day) }}!', { day: 'x' }, /gave 'Invalid DateTime'/],
		...['#N/A', '#REF!', '#WERT!', 'Loading...', 'Invalid Date', 'undefined', 'null', 'TBD'].map<
			[string, IDataObject, RegExp]
		>((cell) => [
			'=A promo, {{ $json.cell }}. Calm.',
			{ cell },
			/gap where \{\{ \$json\.cell \}\} gave '/,
		]),
		['=A promo, {{ $json.cell }}. Calm.', { cell: '[undefined]' }, /gave '\[undefined\]'/],
		["=A promo, {{ $json.cell ?? '' }}. Calm.", { cell: '#N/A' }, /gave '#N\/A'/],
		['={{ "A film of " + $json.cell }}', { cell: '#N/A' }, /A film of #N\/A.*\$json\.cell/],
		['={{ `Film of ${new Date($json.day)}` }}', { day: 'x' }, /'Film of Invalid Date'/],
		...['', null, undefined, [], '\u00a0', '\u200b'].flatMap(
			(t): Array<[string, IDataObject, RegExp]> => {
				const says = /gap where \{\{ \$json\.t \}\} gave nothing/;
				const json = (t === undefined ? {} : { t }) as IDataObject;
				return [
					['={{ $json.t }} promo video, 20 seconds', json, says],
					['={{ $json.t }}\n\nVertical, 20 seconds.', json, says],
					['=🎬 {{ $json.t }} promo video', json, says],
				];
			},
		),
		['={{ $json.name }} – {{ $json.price }}', { price: 5 }, /gap where \{\{ \$json\.name/],
		['={{ $json.a }}{{ $json.b }} film', {}, /gap where \{\{ \$json\.a \}\}/],
		["={{ $json.a ?? '' }}{{ $json.b }} film", {}, /gap where \{\{ \$json\.b \}\}/],
		['={{ "Promo for " + $json.t }}', { t: '' }, /gap where \{\{ \$json\.t \}\} gave nothing/],
		['={{ "Promo for " + $json["t"].trim() + "." }}', { t: ' ' }, /gap where/],
		["={{ $json.t + ' promo video' }}", { t: '' }, /gap where \{\{ \$json\.t \}\} gave nothing/],
		['={{ `${$json.t} promo video` }}', { t: '' }, /gap where \{\{ \$json\.t \}\} gave nothing/],
		['=A promo for {{ $json.t }}, calm', { t: '-' }, /gap where \{\{ \$json\.t \}\} gave '-'/],
		["={{ 'A promo, ' + $json.t }}", { t: '–' }, /gap where \{\{ \$json\.t \}\} gave '–'/],
		['={{ $json.prompt }}', { prompt: '...' }, /no words/],
		['={{ $json.prompt }}', { prompt: '—' }, /placeholder/],
	])('%s of %j is refused and the field is named', async (prompt, json, message) => {
		const failure = await outcome(prompt, json);
		expect(failure).toMatchObject({ kind: 'input', retryable: false });
		expect(failure?.message).toMatch(/^'Prompt'/);
		expect(failure?.message).toMatch(message);
		expect(failure?.description).not.toBe('');
		expect(emulator().requests.all()).toEqual([]);
	});

	it.each([
		['=A promo for our shop. {{ $json.note }}', {}],
		['=A promo for our shop\n{{ $json.note }}', {}],
		["=A promo of {{ $json.product ?? '' }}", {}],
		["=A promo {{ $json.style || '' }}", {}],
		["={{ $json.style ?? '' }} promo of a mug", {}],
		["={{ $json.style ? $json.style + ' ' : '' }}promo of a mug", {}],
		["={{ $if($json.isCalm, 'Calm', '') }} promo of a mug", {}],
		["={{ ($json.style ?? '') + ' promo of a mug' }}", { style: '' }],
		['={{ `${$json.style} promo of a ${$json.name}` }}', { style: 'Calm', name: 'mug' }],
		['={{ "A promo.\\n" + $json.note }}', { note: '' }],
		['={{ $json.prompt.replace("+", " + ") }}', { prompt: 'A promo of a mug' }],
		['=Promo of {{ $json.name }} {{ $json.color }}', { name: 'Mug' }],
		['=Promo of {{ $json.name }}{{ $json.color }}', { name: 'Mug' }],
		['={{ $json.prompt }}', { prompt: 'Explain what undefined means in JavaScript' }],
		['={{ $json.prompt }}', { prompt: 'A film about null and void contracts' }],
		['={{ $json.a + " " + $json.b }}', { a: 'A promo of', b: 'a mug' }],
		['={{ $json.prompt }}', { prompt: 'A video of nothing but rain' }],
		[
			'=A promo of {{ $json.brand }}. Captions: {{ $json.captions }}',
			{ brand: 'Infinity', captions: true },
		],
		[
			'=A promo with {{ $json.count }} photos. Music: {{ $json.music }}',
			{ count: 0, music: 'none' },
		],
		['={{ $json.prompt }}', { prompt: '🎉🎬' }],
		['={{ $json.prompt }}', { prompt: '2' }],
	])('%s of %j is sent', async (prompt, json) => {
		const failure = await outcome(prompt, json as IDataObject);
		expect(failure?.kind).not.toBe('input');
	});

	it.each([
		['={{ $json.t }} promo video', "To allow nothing there, write {{ $json.t ?? '' }}."],
		["={{ $json.t + ' promo video' }}", "To allow nothing there, write ($json.t ?? '')."],
	])('%s says how its beginning may be left out', async (prompt, advice) => {
		expect((await outcome(prompt, { t: '' }))?.description).toContain(advice);
	});

	it('is distinguished in what is added to a prompt, too', async () => {
		const run = async (options: INodeParameters) =>
			await engine.runNode([{ json: {} }], create({ exportVideo: false, options }));
		for (const spoilt of ['={{ String($json.music) }}', '={{ ({}) + "" }}']) {
			expect(failed(await run({ music: spoilt }))[0]?.message).toMatch(/^'Music'/);
		}
		expect(emulator().requests.all()).toEqual([]);
		expect(made(await run({ music: '={{ $json.music }}', voiceOver: 'none' }))).toHaveLength(1);
		expect(prompts()).toEqual([`${PROMPT}\n\nVoice-over: none.`]);
	});
});

describe('an empty prompt', () => {
	it('names the node that dropped the fields of the row, and the way out', async () => {
		const result = await engine.run(
			chain(
				[{ json: { prompt: PROMPT, row: 1 } }],
				{ type: 'nemoVideoCreateSession', name: 'Open' },
				generate({ prompt: '={{ $json.prompt }}' }),
			),
		);
		expect(result.error?.message).toBe("'Prompt' is empty");
		const { description } = Object(result.error) as { description: string };
		expect(description).toMatch(/\{\{ \$json\.prompt \}\} gave nothing/);
		expect(description).toMatch(/The item has 'sessionId', 'taskId'/);
		expect(description).toMatch(/'Open' gives its own fields alone.*'Include Input Fields'/);
	});

	it('is filled once the fields are kept', async () => {
		const result = await engine.run(
			chain(
				[{ json: { prompt: PROMPT, row: 1 } }],
				{ type: 'nemoVideoCreateSession', parameters: { options: { includeInputFields: true } } },
				generate({ prompt: '={{ $json.prompt }}' }),
			),
		);
		expect(result.items('Node 2')).toHaveLength(1);
	});

	it('of a row from elsewhere says which fields the row has', async () => {
		const result = await engine.runNode(
			[{ json: { Prompt: PROMPT } }],
			generate({ sessionId: '5529798706024415232', prompt: '={{ $json.prompt }}' }, CONTINUE),
		);
		expect(failed(result)[0]?.description).toMatch(/The item has 'Prompt'\. Describe what/);
	});
});
