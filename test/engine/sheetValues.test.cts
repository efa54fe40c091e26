import type { GenericValue, IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { readNodes } from '../../tools/descriptions.cts';
import { report } from '../report.cts';
import { create, NODE } from './support/createVideo.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, PROMPT } from './support/sessions.cts';

const emulator = withEmulator();
let engine: Engine;

beforeAll(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

interface Cell {
	node: string;
	/** `options.` before those of the collection. */
	path: string;
	value: GenericValue;
}

const ID = '5529798706024415232';
const IDS = [`'${ID}`, `"${ID}"`, ` ${ID}\n`];
const FIELDS = [' data ', 'data,', '*'];
const LINK = 'https://example.com/a.jpg';

/** Of fields of text that do not take just any. */
const TEXTS: Record<string, GenericValue[]> = {
	sessionId: IDS,
	renderId: ["'render_1", ' render_1 ', 'render_1\t'],
	turnId: IDS,
	urls: [[LINK], ` ${LINK} `, `${LINK};${LINK}`, `["${LINK}"]`, `"${LINK}"`],
	binaryPropertyName: FIELDS,
	language: ['EN', ' de ', 'German', 'zh-CN'],
	fps: [30, ' 29,97 ', '25 fps', ''],
	resolution: ['1080p', ' 1080P '],
	quality: ['HIGH', ' high '],
};

/** How a sheet may write what the field takes. */
function writtenAs(property: INodeProperties): GenericValue[] {
	const { type, options = [], default: fallback, noDataExpression } = property;
	if (noDataExpression) return [];
	if (type === 'boolean') return ['TRUE', ' false ', 1, 0, 'Yes', 'WAHR', ['no']];
	if (type === 'number') {
		return [
			` ${String(fallback)} `,
			`'${String(fallback)}`,
			String(fallback).replace('.', ','),
			'10.0',
			'10,00',
			'',
		];
	}
	if (type === 'string') return TEXTS[property.name] ?? [2026, ' 1.10 ', "'Summer"];
	if (type !== 'options') return [];
	return options.flatMap((option) =>
		'value' in option
			? [
					` ${option.name} `,
					`'${option.name}`,
					option.name.toUpperCase(),
					` ${String(option.value)}`,
				]
			: [],
	);
}

function cellsOf(node: string, properties: readonly INodeProperties[], prefix = ''): Cell[] {
	return properties.flatMap((property) => {
		if (property.type === 'collection') {
			const inner = (property.options ?? []).filter(
				(option): option is INodeProperties => 'type' in option,
			);
			return cellsOf(node, inner, 'options.');
		}
		const path = `${prefix}${property.name}`;
		return writtenAs(property).map((value) => ({ node, path, value }));
	});
}

const CELLS = readNodes().flatMap(({ description: { name, properties } }) =>
	cellsOf(name, properties),
);

/** Enough for each node to be right in everything else. */
const GOOD: INodeParameters = {
	sessionId: ID,
	renderId: 'render_1',
	prompt: PROMPT,
	message: PROMPT,
	urls: 'https://example.com/a.jpg',
};

describe('every parameter takes values as spreadsheets write them', () => {
	let wrong = 0;
	afterAll(() => report('sheet values', `${CELLS.length} tried in n8n's engine, ${wrong} refused`));

	it('is tried with every parameter that takes an expression', () => {
		const tried = new Set(CELLS.map(({ node, path }) => `${node} ${path.replace('options.', '')}`));
		const takesOne = readNodes().flatMap(({ description: { name, properties } }) =>
			properties
				.flatMap((one) => (one.type === 'collection' ? (one.options ?? []) : [one]))
				.filter((one) => 'type' in one && one.type !== 'notice' && !one.noDataExpression)
				.map((one) => `${name} ${one.name}`),
		);
		expect(takesOne.filter((parameter) => !tried.has(parameter))).toEqual([]);
		expect(CELLS.length).toBeGreaterThan(600);
	});

	it.each(readNodes().map(({ description: { name } }) => name))('%s', async (type) => {
		// NemoVideo refuses the token, so whatever gets that far was taken.
		const token = 'nmv_usr_unknown';
		const credential = connectedCredential(emulator(), 'accessToken', { token });
		const refusedEngine = await createEngine({ credential });
		const refused: string[] = [];
		for (const { path, value } of CELLS.filter(({ node }) => node === type)) {
			const [outer = '', inner] = path.split('.');
			const given = '={{ $json.value }}';
			const changed = { [outer]: inner === undefined ? given : { [inner]: given } };
			const parameters: INodeParameters = { ...GOOD, ...changed };
			const file = { fileName: 'a.png', mimeType: 'image/png', content: 'bytes' };
			const result = await refusedEngine.runNode([{ json: { value }, files: { data: file } }], {
				type,
				parameters,
				onError: 'continueErrorOutput',
			});
			const error = Object(result.branch(NODE, 1)[0]?.json.error) as IDataObject;
			if (error.kind === 'input')
				refused.push(`${path} ${JSON.stringify(value)}: ${error.message}`);
			expect(result.error?.message).toBeUndefined();
		}
		wrong += refused.length;
		expect(refused).toEqual([]);
	});
});

/** A row's columns, as a sheet of videos has them. */
const ROW: INodeParameters = {
	sessionId: '={{ $json.session }}',
	aspectRatio: '={{ $json.ratio }}',
	options: {
		durationSeconds: '={{ $json.seconds }}',
		...Object.fromEntries(
			'captions music voiceOver instructions taskName fileName resolution quality'
				.split(' ')
				.map((name) => [name, `={{ $json.${name} }}`]),
		),
	},
};

describe('what a spreadsheet writes is what the video becomes', () => {
	const promptsOf = async (parameters: INodeParameters, json: IDataObject): Promise<string[]> => {
		const result = await engine.runNode([{ json }], create({ exportVideo: false, ...parameters }));
		expect(result.branch(NODE, 1)).toEqual([]);
		return emulator().ledger.prompts.map(({ text }) => text);
	};

	it.each([
		[0.386111, '9:16'],
		['09:16:00', '9:16'],
		['Vertical', '9:16'],
		['16:09:00', '16:9'],
		['0,672917', '16:9'],
		['1899-12-30T01:01:00.000Z', '1:1'],
	])('an aspect ratio of %j reaches the prompt as %s', async (value, ratio) => {
		const [prompt] = await promptsOf({ aspectRatio: '={{ $json.ratio }}' }, { ratio: value });
		expect(prompt).toMatch(new RegExp(`with the aspect ratio ${ratio}\\.$`));
	});

	it.each<[IDataObject, RegExp]>([
		[{ seconds: 0.000347222 }, /Make it 30 seconds long\.$/],
		[{ seconds: '0.00034722' }, /Make it 30 seconds long\.$/],
		[{ seconds: '1899-12-30T00:00:30.000Z' }, /Make it 30 seconds long\.$/],
		[{ seconds: '2 minutes' }, /Make it 120 seconds long\.$/],
		[{ seconds: 'PT30S' }, /Make it 30 seconds long\.$/],
		[{ captions: 'TRUE' }, /Add captions\.$/],
		[{ captions: false }, /Make it without captions\.$/],
		[{ captions: [] }, /Make it without captions\.$/],
		[{ seconds: "'30" }, /Make it 30 seconds long\.$/],
		[{ captions: 'none' }, /Make it without captions\.$/],
		[{ captions: "'Off" }, /Make it without captions\.$/],
		[{ ratio: '16:9 (YouTube)' }, /with the aspect ratio 16:9\.$/],
		[{ seconds: 0, music: '', captions: '' }, new RegExp(`^${PROMPT}$`)],
	])('%j is added to the prompt in words', async (json, words) => {
		const [prompt] = await promptsOf(ROW, json);
		expect(prompt).toMatch(words);
	});

	const OF_TEXT = 'music voiceOver instructions taskName fileName resolution quality'.split(' ');
	it.each<[IDataObject, RegExp]>([
		...OF_TEXT.flatMap((column) =>
			['TRUE', false, 0, '#N/A', 'undefined', 'null'].map((value): [IDataObject, RegExp] => [
				{ [column]: value },
				/^'[A-Z][-\w ]+' is '.+', which (?:is|stands|can't) .*To set nothing, leave '.+' empty\. \(NV-4003\)$/,
			]),
		),
		[{ seconds: 0.0003 }, /^'Duration \(Seconds\)' is 0\.0003, .*spreadsheet may have read it/],
		[{ seconds: '1.000' }, /^'Duration \(Seconds\)' is '1\.000', which can be read as two numbers/],
		[{ session: 'undefined' }, /^'Session ID' is 'undefined', .*\{\{ \$json\.session \}\} gave it/],
		[{ session: '5,529,798,706,024,415,000' }, /lost digits/],
	])('%j is refused before anything is sent', async (json, words) => {
		const result = await engine.runNode([{ json }], create({ exportVideo: true, ...ROW }));
		const { message, description } = Object(result.branch(NODE, 1)[0]?.json.error) as IDataObject;
		expect(`${String(message)}. ${String(description)}`).toMatch(words);
		expect(emulator().requests.all()).toEqual([]);
	});

	it.each([
		['nemoVideoExport', { operation: 'getStatus', renderId: '={{ $json.id }}' }, 'Render ID'],
		['nemoVideoGenerate', { operation: 'getStatus', turnId: '={{ $json.id }}' }, 'Turn ID'],
		['nemoVideoAssistant', { chatId: '={{ $json.id }}', message: 'help' }, 'Chat ID'],
	])(
		'%s refuses what is left of an ID before anything is sent',
		async (type, parameters, label) => {
			for (const id of ['undefined', 'null', '-', '#N/A', 'TRUE']) {
				const json = { id, sessionId: ID };
				const result = await engine.runNode([{ json }], { type, parameters });
				expect(result.error?.message).toMatch(
					new RegExp(`^'${label}' is '${id}', which (?:is|stands for|can't) `),
				);
			}
			expect(emulator().requests.all()).toEqual([]);
		},
	);

	it('an unchecked box of a form is off, and several fields may be separated by semicolons', async () => {
		const sessionId = await prepareSession(emulator());
		const photo = { fileName: 'a.png', mimeType: 'image/png' };
		const files = { data: { ...photo, content: 'a' }, data1: { ...photo, content: 'b' } };
		const result = await engine.runNode([{ json: { sessionId, kept: [], row: 1 }, files }], {
			type: 'nemoVideoUpload',
			parameters: {
				binaryPropertyName: 'data;data1',
				options: { includeInputFields: '={{ $json.kept }}' },
			},
		});
		expect(result.items(NODE)[0]?.json).not.toHaveProperty('row');
		expect(result.items(NODE)[0]?.json.files).toHaveLength(2);
	});

	it.each([
		['FALSE', 0],
		['0', 0],
		['no', 0],
		['TRUE ', 1],
		[1, 1],
	])('Export Video of %j makes %d renders', async (value, renders) => {
		const parameters = { exportVideo: '={{ $json.export }}', download: 'FALSE' };
		const result = await engine.runNode([{ json: { export: value } }], create(parameters));
		expect(result.items(NODE)).toHaveLength(1);
		expect(emulator().ledger.renders).toHaveLength(renders);
	});

	it('a subtitle format may be called by its name or by its ending', async () => {
		const sessionId = await prepareSession(emulator());
		const rows = ['WebVTT', 'vtt', 'SubRip', "'SRT"].map((format) => ({
			json: { sessionId, format },
		}));
		const result = await engine.runNode(rows, {
			type: 'nemoVideoState',
			parameters: { operation: 'getSubtitles', format: '={{ $json.format }}' },
		});
		expect(
			result.items(NODE).map(({ json }) => String(json.subtitles).startsWith('WEBVTT')),
		).toEqual([true, true, false, false]);
	});

	it('an ID keeps its digits with the apostrophe or the quotes of a sheet around it', async () => {
		const sessionId = await prepareSession(emulator());
		for (const written of [`'${sessionId}`, `"${sessionId}"`, ` ${sessionId}\n`]) {
			const result = await engine.runNode([{ json: { sessionId: written } }], {
				type: 'nemoVideoState',
			});
			expect(result.items(NODE)[0]?.json).toMatchObject({ sessionId });
		}
	});

	it('a language may be called by its name in any language', async () => {
		const languages = ['German', 'Deutsch', 'english (US)', '中文', 'zh-CN', 'EN'];
		const rows = languages.map((language) => ({ json: { language } }));
		const result = await engine.runNode(rows, {
			type: 'nemoVideoCreateSession',
			parameters: { language: '={{ $json.language }}' },
		});
		const chosen = result.items(NODE).map(({ json }) => json.language);
		expect(chosen).toEqual(['de', 'de', 'en', 'zh', 'zh-CN', 'en']);
	});
});
