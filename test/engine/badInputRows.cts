import type { FileSpec } from './support/testNodes.cts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One wrong value, and what its refusal must tell. */
export interface BadInput {
	/** Node of this package, without the package's name. */
	node: string;
	/** The parameter in question, `options.` before those of the collection. */
	field: string;
	what: string;
	/** Comes in through an expression, as values do that bypass the editor's own limits. */
	value?: Json;
	/** Is typed into the field as it stands. */
	typed?: string;
	/** Nothing at all: the expression finds no such key. */
	missing?: true;
	/** Besides those the node needs to be right. */
	parameters?: Record<string, Json>;
	files?: Record<string, FileSpec>;
	/** `input` unless given. */
	kind?: 'input' | 'fileType' | 'fileSize';
	/** What the refusal must say beside the field's name, in message or description. */
	says: RegExp;
}

const SESSION_NODES = [
	{ node: 'nemoVideoUpload' },
	{ node: 'nemoVideoGenerate' },
	{ node: 'nemoVideoState' },
	{ node: 'nemoVideoExport', parameters: { operation: 'exportAndWait' } },
	{ node: 'nemoVideoExport', parameters: { operation: 'submit' } },
] as const;

type BadValue = Pick<BadInput, 'what' | 'value' | 'typed' | 'missing' | 'says'>;

const BAD_IDS: readonly BadValue[] = [
	{ what: 'empty', value: '', says: /Create Session/ },
	{ what: 'only spaces', value: '   ', says: /Create Session/ },
	{ what: 'absent from the input', missing: true, says: /Create Session/ },
	{ what: 'null', value: null, says: /Create Session/ },
	{ what: 'a number that lost digits', value: 5529798706024415232, says: /digits|text|string/i },
	{ what: 'a number in exponent form', value: 1e21, says: /digits|text|string/i },
	{ what: 'a list', value: ['5529798706024415232'], says: /text|string|list/i },
	{ what: 'an object', value: { id: '1' }, says: /text|string|object/i },
	{ what: 'true', value: true, says: /text|string|true/i },
	{ what: 'with a space inside', value: '5529 798', says: /space/ },
	{ what: 'with a line break', value: '5529\n798', says: /space|line/ },
	{ what: 'a path', value: '../../api/credits', says: /slash/ },
	{ what: 'with a backslash', value: 'a\\b', says: /slash/ },
	{ what: 'longer than 128 characters', value: 'a'.repeat(129), says: /128/ },
	{ what: 'an expression left as text', typed: '{{ $json.sessionId }}', says: /expression/i },
];

const sessions: BadInput[] = SESSION_NODES.flatMap((target) =>
	BAD_IDS.map((bad) => ({ ...target, ...bad, field: 'sessionId' })),
);

const GENERATE = 'nemoVideoGenerate';

const BAD_PROMPTS: readonly BadValue[] = [
	{ what: 'empty', value: '', says: /promo|concrete|what/i },
	{ what: 'only spaces', value: '   ', says: /promo|concrete|what/i },
	{ what: 'only line breaks and tabs', value: '\n\t \r\n', says: /promo|concrete|what/i },
	{ what: 'only a no-break space', value: '\u00a0\u3000', says: /promo|concrete|what/i },
	{ what: 'absent from the input', missing: true, says: /promo|concrete|what/i },
	{ what: 'null', value: null, says: /promo|concrete|what/i },
	{ what: 'an object', value: { text: 'a promo' }, says: /text/i },
	{ what: 'a list', value: ['a promo'], says: /text/i },
	{ what: 'an expression left as text', typed: '{{ $json.prompt }}', says: /expression/i },
	{
		what: 'an expression in the middle left as text',
		typed: 'Make a promo of {{ $json.title }} now',
		says: /expression/i,
	},
	{
		what: 'an expression that came with the data',
		value: 'Make a promo of {{$json["title"]}}',
		says: /expression/i,
	},
	{
		what: 'another node named in an expression left as text',
		typed: "{{ $('Form').item.json.caption }}",
		says: /expression/i,
	},
	{ what: '$input left as text', typed: '{{ $input.first().json.a }}', says: /expression/i },
];

const prompts: BadInput[] = BAD_PROMPTS.map((bad) => ({ node: GENERATE, field: 'prompt', ...bad }));

interface Range {
	node: string;
	field: string;
	low: number;
	high: number;
	/** Values outside, next to those any number has. */
	outside: number[];
	parameters?: Record<string, Json>;
}

const RANGES: Range[] = [
	{ node: GENERATE, field: 'options.timeoutMinutes', low: 0.02, high: 60, outside: [0, 0.01, 61] },
	{ node: GENERATE, field: 'options.idleMinutes', low: 0.02, high: 60, outside: [0, 0.01, 60.5] },
	{ node: GENERATE, field: 'options.recoveryWaitSeconds', low: 0, high: 600, outside: [-1, 601] },
	{
		node: GENERATE,
		field: 'options.recoveryIntervalSeconds',
		low: 0.1,
		high: 600,
		outside: [0, 0.05, 601],
	},
	{ node: GENERATE, field: 'options.recoveryChecks', low: 1, high: 50, outside: [0, 51] },
	{ node: GENERATE, field: 'options.parallel', low: 1, high: 50, outside: [0, 51] },
	{
		node: 'nemoVideoExport',
		field: 'options.pollIntervalSeconds',
		low: 0.1,
		high: 600,
		outside: [0, 0.05, 601],
	},
	{
		node: 'nemoVideoExport',
		field: 'options.timeoutMinutes',
		low: 0.02,
		high: 60,
		outside: [0, 0.01, 61],
	},
	{ node: 'nemoVideoExport', field: 'options.parallel', low: 1, high: 50, outside: [0, 51] },
	{ node: 'nemoVideoUpload', field: 'options.parallel', low: 1, high: 50, outside: [0, 51] },
];

const ranges: BadInput[] = RANGES.flatMap(({ low, high, outside, ...target }) => {
	const says = new RegExp(
		`\\b${low}\\b.*\\b${high}\\b`.replaceAll('.', '\\.').replace('\\.*', '.*'),
	);
	return [
		...outside.map((value) => ({ ...target, what: `${value}`, value, says })),
		{ ...target, what: 'a word', value: 'many', says: /number/i },
		{
			...target,
			what: 'an expression left as text',
			typed: '{{ $json.n }}',
			says: /number|expression/i,
		},
		{ ...target, what: 'a list', value: [1], says: /number/i },
	];
});

const numbers: BadInput[] = [
	{ node: GENERATE, field: 'options.minimumCredits', what: '-1', value: -1, says: /\b0\b/ },
	{
		node: GENERATE,
		field: 'options.minimumCredits',
		what: 'a word',
		value: 'ten',
		says: /number/i,
	},
	{
		node: 'nemoVideoCredits',
		field: 'options.minimumCredits',
		what: '-5',
		value: -5,
		says: /\b0\b/,
	},
	{
		node: 'nemoVideoCredits',
		field: 'options.minimumCredits',
		what: 'a word',
		value: 'ten',
		says: /number/i,
	},
	{ node: GENERATE, field: 'options.recoveryChecks', what: '2.5', value: 2.5, says: /whole/i },
	{ node: GENERATE, field: 'options.parallel', what: '1.5', value: 1.5, says: /whole/i },
];

const UPLOAD = 'nemoVideoUpload';
const file = (fileName: string, mimeType: string, more: Partial<FileSpec> = {}): FileSpec => ({
	fileName,
	mimeType,
	content: 'bytes',
	...more,
});
const good = file('photo.png', 'image/png');
const upload = (
	what: string,
	files: Record<string, FileSpec>,
	says: RegExp,
	more: Partial<BadInput> = {},
): BadInput => ({
	node: UPLOAD,
	field: 'binaryPropertyName',
	what,
	files,
	says,
	...('value' in more ? {} : { typed: 'data' }),
	...more,
});

const files: BadInput[] = [
	upload('no file at all', {}, /data/, { typed: 'data' }),
	upload('a field that is not there', { photo: good }, /photo/, { typed: 'data' }),
	upload('a field in the wrong case', { data: good }, /data/, { typed: 'Data' }),
	upload('one of two fields that is not there', { a: good }, /\bb\b/, { typed: 'a,b' }),
	upload('every file of an item without one', {}, /file/, { typed: '*' }),
	upload('no field name', { data: good }, /data/, { value: '' }),
	upload('only spaces', { data: good }, /data/, { value: '  ' }),
	upload('an expression left as text', { data: good }, /expression/i, {
		typed: '{{ $json.field }}',
	}),
	upload('an empty file', { data: file('a.png', 'image/png', { content: '' }) }, /empty/i),
	upload(
		'one empty file of two',
		{ data: good, more: file('b.png', 'image/png', { content: '' }) },
		/empty/i,
		{ typed: '*' },
	),
	...(
		[
			['a document', 'a.pdf', 'application/pdf'],
			['a photo of an iPhone', 'a.heic', 'image/heic'],
			['a vector picture', 'a.svg', 'image/svg+xml'],
			['a TIFF picture', 'scan.tiff', 'image/tiff'],
			['plain text', 'notes.txt', 'text/plain'],
			['a web page', 'index.html', 'text/html'],
			['an archive', 'all.zip', 'application/zip'],
			['a program', 'setup.exe', 'application/x-msdownload'],
			['a video of another kind', 'film.wmv', 'video/x-ms-wmv'],
			['a video disc', 'film.vob', 'video/mpeg'],
			['lossless audio', 'song.flac', 'audio/flac'],
			['Ogg audio', 'song.ogg', 'audio/ogg'],
			['subtitles', 'film.srt', 'application/x-subrip'],
			['no ending and no type', 'download', 'application/octet-stream'],
		] as const
	).map(([what, name, type]) =>
		upload(what, { data: file(name, type) }, /MP4.*JPG.*MP3/s, { kind: 'fileType' }),
	),
	...(
		[
			['a web page', '<!doctype html><title>Log in</title>', /web page.*direct link/s],
			['a page of an older kind', '\n<!-- x --><HTML><BODY>gr\xFC\xDFe', /web page.*direct link/s],
			[
				"a storage's refusal",
				'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
				/XML/,
			],
			["an API's answer", '{"error":"not found"}', /JSON/],
			['words', 'Access denied', /plain text/],
			['a document', '%PDF-1.7\n%\xE2\xE3', /PDF/],
			['an archive', 'PK\x03\x04\x14\x00', /ZIP/],
			['a photo of an iPhone', '\0\0\0\x24ftypheic\0\0\0\0mif1heic', /HEIC/],
			['lossless audio', 'fLaC\0\0\0\x22', /FLAC/],
		] as const
	).map(([what, content, says]) =>
		upload(
			`${what} that is called clip.mp4`,
			{ data: file('clip.mp4', 'video/mp4', { content: Buffer.from(content, 'latin1') }) },
			says,
			{ kind: 'fileType' },
		),
	),
	upload(
		'one unsupported file of two',
		{ data: good, more: file('a.pdf', 'application/pdf') },
		/MP4/,
		{
			typed: '*',
			kind: 'fileType',
		},
	),
	upload(
		'one byte over 500 MB',
		{ data: file('a.mp4', 'video/mp4', { paddedTo: 524_288_001 }) },
		/524,288,001.*500 MB.*524,288,000/,
		{ kind: 'fileSize' },
	),
	upload(
		'two gigabytes',
		{ data: file('a.mov', 'video/quicktime', { paddedTo: 2_147_483_648 }) },
		/compress|trim/i,
		{ kind: 'fileSize' },
	),
];

const url = (what: string, value: Json, says: RegExp, more: Partial<BadInput> = {}): BadInput => ({
	node: UPLOAD,
	field: 'urls',
	what,
	value,
	says,
	...more,
	parameters: { source: 'url', ...more.parameters },
});

const urls: BadInput[] = [
	url('nothing', '', /URL.*one a line/i),
	url('only spaces', '  \n ', /URL.*one a line/i),
	url('null', null, /URL.*one a line/i),
	url('an empty list', [], /URL.*one a line/i),
	{ ...url('absent from the input', '', /URL.*one a line/i), value: undefined, missing: true },
	{
		...url('an expression left as text', '', /expression/i),
		value: undefined,
		typed: '{{ $json.url }}',
	},
	url('a word', 'photo.jpg', /http/),
	url('a path of this machine', '/home/me/photo.jpg', /http/),
	url('a Windows path', 'C:\\photos\\a.jpg', /http/),
	url('no host', 'https://', /http/),
	url('another protocol', 'ftp://files.example.com/a.jpg', /http/),
	url('a local file', 'file:///etc/passwd', /http/),
	url('a script', 'javascript:alert(1)', /http/),
	url('data in the address', 'data:image/png;base64,iVBORw0KGgo=', /http/),
	url('a number in a list', [42], /http|text/i),
	url('an object without a link in a list', [{ id: 1, name: 'a.jpg' }], /object.*'id', 'name'/s),
	url(
		'a bot token in the address',
		'https://api.telegram.org/file/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/a.jpg',
		/token.*download the file/is,
	),
	url('one wrong address of three', 'https://e.com/a.jpg\nb.jpg\nhttps://e.com/c.jpg', /b\.jpg/),
	url('a name and a password in the address', 'https://me:pw@example.com/a.jpg', /password/i),
	url('an unsupported type', 'https://example.com/brochure.pdf', /MP4/, { kind: 'fileType' }),
	url('an unsupported picture', 'https://example.com/a/photo.HEIC?x=1', /JPG/, {
		kind: 'fileType',
	}),
	...(
		[
			[
				'a Google Drive share page',
				'https://drive.google.com/file/d/1AbC_d/view?usp=sharing',
				/uc\?export=download/,
			],
			['a Google Drive folder', 'https://drive.google.com/drive/folders/1AbC', /folder|file/i],
			[
				'a Google Drive open link',
				'https://drive.google.com/open?id=1AbC_d',
				/uc\?export=download/,
			],
			['a Dropbox share page', 'https://www.dropbox.com/s/abc/photo.jpg?dl=0', /dl=1/],
			[
				'a Dropbox share page without dl',
				'https://www.dropbox.com/scl/fi/abc/v.mp4?rlkey=1',
				/dl=1/,
			],
			['a OneDrive share page', 'https://1drv.ms/v/s!Abc', /download/i],
			['a OneDrive page', 'https://onedrive.live.com/?id=1&cid=2', /download/i],
			['an iCloud share page', 'https://www.icloud.com/iclouddrive/0abc#photo', /download|direct/i],
			['a WeTransfer page', 'https://wetransfer.com/downloads/abc', /direct/i],
			['a SharePoint share page', 'https://acme.sharepoint.com/:v:/s/team/Abc?e=1', /download/i],
		] as const
	).map(([what, address, says]) => url(what, address, says)),
];

const EXPORT = 'nemoVideoExport';

const BAD_RENDER_IDS: readonly BadValue[] = [
	{ what: 'empty', value: '', says: /render/i },
	{ what: 'only spaces', value: '  ', says: /render/i },
	{ what: 'absent from the input', missing: true, says: /render/i },
	{ what: 'a path', value: '../x', says: /slash/ },
	{ what: 'with a space inside', value: 'render 1', says: /space/ },
	{ what: 'longer than 128 characters', value: 'r'.repeat(129), says: /128/ },
	{ what: 'an expression left as text', typed: '{{ $json.renderId }}', says: /expression/i },
	{ what: 'a list', value: ['render_1'], says: /text/i },
];

const renders: BadInput[] = ['getStatus', 'cancel'].flatMap((operation) =>
	BAD_RENDER_IDS.map((bad) => ({
		node: EXPORT,
		field: 'renderId',
		parameters: { operation },
		...bad,
	})),
);

const others: BadInput[] = [
	{ node: EXPORT, field: 'operation', what: 'unknown', value: 'print', says: /submit/i },
	{ node: EXPORT, field: 'options.fps', what: '-1', value: -1, says: /number|fps/i },
	{ node: EXPORT, field: 'options.fps', what: 'a word', value: 'fast', says: /number/i },
	{
		node: EXPORT,
		field: 'options.onTimeout',
		what: 'unknown',
		value: 'explode',
		says: /continue/i,
	},
	{
		node: GENERATE,
		field: 'options.onTimeout',
		what: 'unknown',
		value: 'explode',
		says: /continue/i,
	},
	{ node: EXPORT, field: 'binaryPropertyName', what: 'empty', value: '', says: /data/ },
	{
		node: UPLOAD,
		field: 'source',
		what: 'unknown',
		value: 'ftp',
		parameters: { urls: 'https://example.com/a.jpg' },
		says: /url/i,
	},
	{
		node: 'nemoVideoCreateSession',
		field: 'language',
		what: 'no ISO code',
		value: 'Klingonese!',
		says: /ISO|code/i,
	},
	{
		node: 'nemoVideoCreateSession',
		field: 'language',
		what: 'an expression left as text',
		typed: '{{ $json.lang }}',
		says: /expression|ISO|code/i,
	},
	{
		node: 'nemoVideoCreateSession',
		field: 'taskName',
		what: 'an expression left as text',
		typed: '{{ $json.name }}',
		says: /expression/i,
	},
	{
		node: 'nemoVideoCreateSession',
		field: 'taskName',
		what: 'an object',
		value: { name: 'x' },
		says: /text/i,
	},
	{
		node: 'nemoVideoCreateSession',
		field: 'languageSample',
		what: 'an expression left as text',
		typed: '{{ $json.text }}',
		says: /expression/i,
	},
];

const CREATE = 'nemoVideoCreateVideo';
/** An empty session is a session of the row's own there. */
const MEANS_A_NEW_SESSION = new Set(['empty', 'only spaces', 'absent from the input', 'null']);

const inOneStep: BadInput[] = [
	...BAD_IDS.filter(({ what }) => !MEANS_A_NEW_SESSION.has(what)).map((bad) => ({
		node: CREATE,
		field: 'sessionId',
		...bad,
	})),
	...[...prompts, ...ranges, ...numbers]
		.filter(({ node, field }) => node === GENERATE && field !== 'options.timeoutMinutes')
		.map((bad) => ({ ...bad, node: CREATE })),
	...ranges
		.filter(
			({ field }) => field === 'options.timeoutMinutes' || field === 'options.pollIntervalSeconds',
		)
		.map((bad) => ({
			...bad,
			node: CREATE,
			field:
				bad.field === 'options.pollIntervalSeconds'
					? bad.field
					: bad.node === GENERATE
						? 'options.generateTimeoutMinutes'
						: 'options.exportTimeoutMinutes',
		})),
	...files.map((bad) => ({ ...bad, node: CREATE, parameters: { source: 'binary' } })),
	...urls.map((bad) => ({ ...bad, node: CREATE })),
	{ node: CREATE, field: 'aspectRatio', what: 'unknown', value: '4:3', says: /9:16/ },
	{
		node: CREATE,
		field: 'source',
		what: 'unknown',
		value: 'ftp',
		parameters: { urls: 'https://example.com/a.jpg' },
		says: /url/i,
	},
	{ node: CREATE, field: 'options.maximumCredits', what: '-1', value: -1, says: /\b0\b/ },
	{ node: CREATE, field: 'options.maximumCredits', what: 'a word', value: 'all', says: /number/i },
	{
		node: CREATE,
		field: 'options.instructions',
		what: 'an expression left as text',
		typed: '{{ $json.brand }}',
		says: /expression/i,
	},
	{ node: CREATE, field: 'language', what: 'no ISO code', value: 'Klingonese!', says: /ISO|code/i },
];

/** Every wrong value that the tests try. */
export const BAD_INPUTS: readonly BadInput[] = [
	...sessions,
	...prompts,
	...ranges,
	...numbers,
	...files,
	...urls,
	...renders,
	...others,
	...inOneStep,
];
