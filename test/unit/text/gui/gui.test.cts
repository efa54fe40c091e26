import fc from 'fast-check';

import { stripGuiInstructions } from '../../../../src/text/gui/gui';
import { CONTENT, MIXED, ORDERS } from '../../../fixtures/guiTalk.cts';

describe('translating the talk of a graphical interface', () => {
	it.each(ORDERS)('takes out %j', (said, left, ...actions) => {
		expect(stripGuiInstructions(said)).toEqual({ text: left, suggestedActions: actions });
	});

	it.each(MIXED)('leaves of %j a whole sentence', (said, left, ...actions) => {
		expect(stripGuiInstructions(said)).toEqual({ text: left, suggestedActions: actions });
	});

	it.each(CONTENT)('keeps %j', (said) => {
		expect(stripGuiInstructions(said)).toEqual({ text: said, suggestedActions: [] });
	});

	it('names every action once, in order of first mention', () => {
		const said =
			'Preview it in the timeline. Click Export. Open the audio panel. Drag the clip. Check your billing. Click Export.';
		expect(stripGuiInstructions(said).suggestedActions).toEqual([
			'state',
			'export',
			'edit',
			'credits',
		]);
	});

	it('leaves text without orders as it is, to the last space', () => {
		const said = '  Two  spaces, a tab\t, \r\n\n\n\nand many lines.  \n';
		expect(stripGuiInstructions(said)).toEqual({ text: said, suggestedActions: [] });
	});

	it.each([
		['one word', 'click '],
		['no word', 'a'],
		['spaces', ' '],
		['empty lines', '\n'],
		['full stops', 'go.'],
		['opening quotation marks', 'click “'],
		['quotation marks', '"click'],
		['brackets', '(click'],
		['commas', 'click,'],
		['joints', ' and click'],
		['orders', 'Click Export. '],
		['Chinese orders', '点击导出。'],
		['one Chinese clause', '打开'],
		['long words', 'can be '],
		['marks', 'tap**'],
	])('works through two million characters of %s', (_what, unit) => {
		const text = unit.repeat(Math.floor(2_000_000 / unit.length));
		const { text: left } = stripGuiInstructions(text);
		expect(left.length).toBeLessThanOrEqual(text.length);
	});
});

const order = fc.constantFrom(...ORDERS);
const mixed = fc.constantFrom(...MIXED);
const content = fc.constantFrom(...CONTENT);
const noise = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc
		.array(
			fc.constantFrom(
				'click',
				'export',
				'the',
				'panel',
				'drag',
				', ',
				'. ',
				' and ',
				' ',
				'(',
				')',
				'"',
				'\n',
				'- ',
				': ',
				'点击',
				'导出',
				'您可以',
				'，',
				'。',
				'door',
			),
			{ maxLength: 14 },
		)
		.map((words) => words.join('')),
);

describe('properties of the translation', () => {
	it('has nothing left to do the second time', () => {
		const parts = fc.array(
			fc.oneof(
				order.map(([said]) => said),
				mixed.map(([said]) => said),
				content,
				noise,
			),
		);
		fc.assert(
			fc.property(parts, fc.constantFrom(' ', '\n', '\n\n', '\n- '), (said, glue) => {
				const once = stripGuiInstructions(said.join(glue));
				expect(stripGuiInstructions(once.text)).toEqual({ text: once.text, suggestedActions: [] });
			}),
			{ numRuns: 500 },
		);
	});

	it('loses no action, and no sentence about the video', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(order, mixed, content), { maxLength: 12 }), (said) => {
				const lines = said.map((line) => (typeof line === 'string' ? line : line[0]));
				const wanted = said.flatMap((line) => (typeof line === 'string' ? [] : line.slice(2)));
				const { text, suggestedActions } = stripGuiInstructions(lines.join('\n\n'));
				expect(suggestedActions).toEqual([...new Set(wanted)]);
				for (const line of said) {
					if (typeof line === 'string') expect(text).toContain(line);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('names an action exactly where it takes something out', () => {
		fc.assert(
			fc.property(noise, (said) => {
				const { text, suggestedActions } = stripGuiInstructions(said);
				expect(suggestedActions.length > 0).toBe(text !== said);
				expect(text.length).toBeLessThanOrEqual(said.length);
			}),
			{ numRuns: 1_000 },
		);
	});
});
