import fc from 'fast-check';
import { cellAspectRatio } from '../../../../src/n8n/values/aspectRatio';
import {
	cellBoolean,
	cellChoice,
	cellNumber,
	cellText,
	isBlank,
} from '../../../../src/n8n/values/cells';
import { withCamelKeys } from '../../../../src/n8n/output';

describe('a boolean of a spreadsheet', () => {
	it.each([
		...['TRUE', 'True', ' true ', '1', 1, '1.0', 'yes', 'Yes', 'Y', 'on', 'x', '✓', ['Yes']],
		...['WAHR', 'VRAI', 'VERDADERO', 'VERO', 'ja', 'Sí', 'oui', '是', 'ＴＲＵＥ', '\u200bTRUE'],
	])('is true where it says %j', (value) => expect(cellBoolean(value)).toBe(true));

	it.each([
		...['FALSE', 'False', ' false ', '0', 0, '0.0', 'no', 'No', 'N', 'off', '☐', ['No']],
		...['FALSCH', 'FAUX', 'FALSO', 'nein', 'non', 'não', '否', "'FALSE", '"no"'],
		[],
	])('is false where it says %j', (value) => expect(cellBoolean(value)).toBe(false));

	it.each(['perhaps', '2', 2, {}, null, [[]], ['yes', 'no'], '-', 'none'])(
		'is not guessed from %j',
		(value) => expect(cellBoolean(value)).toBeUndefined(),
	);
});

describe('a number of a spreadsheet', () => {
	it.each([
		[7.5, 7.5],
		['7.5', 7.5],
		[' 7,5 ', 7.5],
		['0,500', 0.5],
		['.5', 0.5],
		['1 500', 1_500],
		['1\u00a0500,5', 1_500.5],
		["1'500", 1_500],
		['1,500.50', 1_500.5],
		['1.500,50', 1_500.5],
		['1,500,000', 1_500_000],
		['15.0', 15],
		['１５', 15],
		["'30", 30],
		[" '7,5 ", 7.5],
		['"30"', 30],
		['-3', -3],
		['1e3', 1_000],
	])('%j is %d', (value, number) => expect(cellNumber(value)).toBe(number));

	it.each([
		['timeoutMinutes', '15 min', 15],
		['timeoutMinutes', '15 Minutes', 15],
		['durationSeconds', '30s', 30],
		['durationSeconds', '30 seconds', 30],
		['durationSeconds', '1:30', 90],
		['durationSeconds', "'1:30", 90],
		['durationSeconds', "'PT30S", 30],
		['durationSeconds', '00:00:30', 30],
		['minimumCredits', '100 credits', 100],
		['fps', '30 fps', 30],
	])('%s takes its own unit: %j is %d', (name, value, number) =>
		expect(cellNumber(value, name)).toBe(number),
	);

	it.each([
		['', '2 min'],
		['durationSeconds', '2 miles'],
		['durationSeconds', '1 min 30'],
		['durationSeconds', 'PT'],
		['durationSeconds', '30 seconds of rain'],
		['durationSeconds', NaN],
		['durationSeconds', Infinity],
		['', '5 km'],
		['', 'seven'],
		['', '1,2,3'],
		['', true],
		['', [7]],
	])('%s does not take %j', (name, value) => expect(cellNumber(value, name)).toBeUndefined());

	it.each([
		['durationSeconds', 0.000347222, 30],
		['durationSeconds', '0.00034722', 30],
		['durationSeconds', '0,000347222', 30],
		['durationSeconds', 0.00694444, 600],
		['recoveryWaitSeconds', 0.00034722, 30],
		['durationSeconds', '1899-12-30T00:00:30.000Z', 30],
		['durationSeconds', '1899-12-30T00:01:30.000Z', 90],
		['durationSeconds', '12:00:30 AM', 30],
		['timeoutMinutes', '1899-12-30T00:15:00.000Z', 15],
	])('%s that a sheet took for a time of day is read as one: %j is %d', (name, value, number) =>
		expect(cellNumber(value, name)).toBe(number),
	);

	it.each([
		['durationSeconds', 0.0003],
		['durationSeconds', 0.5],
		['durationSeconds', 0.006956],
		['', 0.000347222],
		['timeoutMinutes', 0.02],
	])('%s stays the fraction that it is: %j', (name, value) =>
		expect(cellNumber(value, name)).toBe(value),
	);

	it.each([
		['durationSeconds', '2 minutes', 120],
		['durationSeconds', '1 min', 60],
		['durationSeconds', '90 Sekunden', 90],
		['durationSeconds', '1 min 30 s', 90],
		['durationSeconds', '1m30s', 90],
		['durationSeconds', '2 Minuten und 5 Sekunden', 125],
		['durationSeconds', 'PT30S', 30],
		['durationSeconds', 'PT1M30S', 90],
		['durationSeconds', '1,5 minutos', 90],
		['durationSeconds', '1分30秒', 90],
		['timeoutMinutes', '30 s', 0.5],
		['timeoutMinutes', '1 hour', 60],
		['timeoutMinutes', '15 Minuten', 15],
	])('%s goes by the unit that is written: %j is %d', (name, value, number) =>
		expect(cellNumber(value, name)).toBe(number),
	);

	it.each([
		['', '1,500'],
		['', '12,000'],
		['', '1.000'],
		['durationSeconds', '1.000'],
		['durationSeconds', '1.000 s'],
		['maximumCredits', '2.500 credits'],
	])('%s is unclear with a mark before three digits: %j', (name, value) =>
		expect(cellNumber(value, name)).toBe('unclear'),
	);

	it('has three decimals where frames are counted', () => {
		for (const fps of ['23.976', '23,976 fps', 23.976])
			expect(cellNumber(fps, 'options.fps')).toBe(23.976);
	});

	it('of JavaScript is the same number however it is written down', () => {
		const written = fc.double({ noNaN: true, noDefaultInfinity: true });
		const isUnclear = (number: number): boolean => /^-?\d{1,3}\.\d{3}$/.test(String(number));
		fc.assert(
			fc.property(written, (number) => isUnclear(number) || cellNumber(String(number)) === number),
		);
	});
});

describe('a choice of a spreadsheet', () => {
	const offered = [
		{ name: 'Export and Wait', value: 'exportAndWait' },
		{ name: 'Vertical (9:16)', value: '9:16' },
		{ name: 'Get Status', value: 'getStatus' },
	] as const;

	it.each([
		['exportAndWait', 'exportAndWait'],
		[' Export and wait ', 'exportAndWait'],
		['export_and_wait', 'exportAndWait'],
		['VERTICAL', '9:16'],
		['vertical (9:16)', '9:16'],
		['9：16', '9:16'],
		[['Get Status'], 'getStatus'],
		['get-status', 'getStatus'],
	])('%j means %s', (value, choice) => expect(cellChoice(value, offered)).toBe(choice));

	it.each(['', '()', 'export', 'constructor', 7, {}, null, true, []])('%j means none', (value) =>
		expect(cellChoice(value, offered)).toBeUndefined(),
	);

	const captions = ['auto', 'on', 'off'].map((value) => ({ name: value, value }));
	const meaning = (choice: string | undefined, values: unknown[]) =>
		values.map((value): [unknown, string | undefined] => [value, choice]);
	it.each([
		...meaning('on', [true, 'TRUE', 'yes', 1, '1', 'ON', 'WAHR', ['Yes']]),
		...meaning('off', [false, 'FALSE', 'no', 0, '0', 'off', [], 'none', 'None', 'keine', 'なし']),
		...meaning('auto', ['Auto', ' auto ']),
		...meaning(undefined, ['', 'maybe', 2, null]),
	])('between on and off takes what a boolean takes: %j is %s', (value, choice) =>
		expect(cellChoice(value, captions)).toBe(choice),
	);
});

describe('an aspect ratio of a spreadsheet', () => {
	it.each([
		...['9:16', '9:16 ', '09:16', '9 : 16', '9：16', '9/16', '9x16', '9.16', '9-16', 9.16],
		...['Vertical', 'portrait', '竖屏', '1080x1920', '1080 × 1920', 0.5625],
		...['09:16:00', '9:16:00', '9:16 AM', '9:16:00 AM', 0.386111, '0.3861111111', '0,386111'],
		...['1899-12-30T09:16:00.000Z', '1899-12-30T09:15:36.000Z', '1900-01-01T09:16:00'],
		...['9:16 (vertical)', '9:16 vertical', 'Vertical video', 'Reels 9:16', '9:16 - TikTok'],
		...['1080x1920 (9:16)', 'Instagram Story, 1080 x 1920', '9:16竖屏', '9:16, 1080p'],
	])('%j is vertical', (value) => expect(cellAspectRatio(value)).toBe('9:16'));

	it.each([
		...['16:9 (YouTube)', 'YouTube 16:9', 'Landscape, 16:9', '1.778', '1,778'],
		...['16:9', '16:09', '16:09:00', '4:09 PM', '4:09:00 PM', 0.672917, '0.6729', 1.7778],
		...['Landscape', 'horizontal', 'widescreen', '1920x1080', '3840x2160'],
		'1899-12-30T16:09:00.000Z',
	])('%j is landscape', (value) => expect(cellAspectRatio(value)).toBe('16:9'));

	it.each(['1:1', '01:01:00', '1:01 AM', 0.0423611, 1, '1', 'Square', '1080x1080', '方形'])(
		'%j is square',
		(value) => expect(cellAspectRatio(value)).toBe('1:1'),
	);

	it.each([
		...['4:3', '', null, 0, '0:0', '9:16 PM', '2026-09-16', '9/16/2026', '16-Sep'],
		...[
			'9:16 landscape',
			'9:16 or 16:9',
			'not 9:16',
			'auto, 9:16',
			'4:3 vertical',
			'9:16 AM today',
		],
		...['2026-09-16 9:16:30', '21:9:16', '9:16/16:9', '不要9:16', 'YouTube', 'about 9/16'],
		...[46281, 0.5, {}, true, 'auto', '21:9', '916'],
	])('is not guessed from %j', (value) => expect(cellAspectRatio(value)).toBeUndefined());
});

it('a cell of nothing visible is blank', () => {
	for (const value of [undefined, null, '', '  ', '\u00a0', '\u200b', '\n']) {
		expect(isBlank(value)).toBe(true);
	}
	for (const value of [0, false, 'x', {}, []]) expect(isBlank(value)).toBe(false);
	expect(cellText('\uFEFF a\r\n b ')).toBe('a b');
});

it("what NemoVideo lists gets keys as n8n's other fields have them", () => {
	const info = { file_type: 'video', fps: 30, inner: [{ cdn_url: 'x', _private: 1, fileType: 2 }] };
	expect(withCamelKeys([info])).toEqual([
		{ fileType: 'video', fps: 30, inner: [{ cdnUrl: 'x', _private: 1, fileType: 2 }] },
	]);
	expect(withCamelKeys({ a_b: 1, aB: 2 })).toEqual({ aB: 1 });
	expect(withCamelKeys('a_b')).toBe('a_b');
});
