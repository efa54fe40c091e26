import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';

import { routeMessage, type MessageAction } from '../../../../src/text/intent/intent';
import utterances from '../../../fixtures/utterances.json';
import { report } from '../../../report.cts';

interface Utterance {
	say: string;
	action: string;
	/** Whether files come with it. */
	files?: boolean;
	/** What the agent is told, where that is not the whole message. */
	text?: string;
	then?: string;
	subtitles?: string;
	urls?: string[];
	/** What an order to export wants changed first. */
	wish?: { text: string; isClear: boolean };
	renderWords?: string[];
	smallTalk?: string;
	language?: string;
}

const TABLE: Utterance[] = utterances;

const route = ({ say, files }: Utterance): unknown =>
	routeMessage(say, { hasFiles: files === true });

/** What the router is to make of it. */
function meantBy({ action, files, text, then, subtitles, urls, say, ...others }: Utterance) {
	return {
		action,
		text: text ?? say.trim(),
		uploadFirst: files === true || urls !== undefined,
		urls: urls ?? [],
		...(then === undefined ? {} : { then }),
		...(subtitles === undefined ? {} : { subtitles }),
		...others,
	};
}

describe('routing what a user says', () => {
	it.each(TABLE.map((utterance) => [utterance.say, utterance] as const))(
		'routes %j',
		(_say, utterance) => {
			expect(route(utterance)).toEqual(meantBy(utterance));
		},
	);

	it('knows at least a thousand ways to say it, in many languages', () => {
		const chinese = TABLE.filter(({ say }) => /\p{Script=Han}/u.test(say)).length;
		expect(TABLE.length).toBeGreaterThanOrEqual(1000);
		expect(chinese).toBeGreaterThanOrEqual(150);
		const wrong = TABLE.filter((one) => !isDeepStrictEqual(route(one), meantBy(one))).length;
		report('utterances', `${TABLE.length} routed, ${wrong} wrong (${chinese} are Chinese)`);
	});

	it('sends a script whole, whatever its lines say', () => {
		const script = `${'Scene: a phone on a table, soft light. '.repeat(20)}Download now. Check balance. The end, slowly fading.`;
		expect(routeMessage(script, { hasFiles: false })).toMatchObject({
			action: 'message',
			text: script,
		});
	});

	it.each([
		'a',
		' ',
		'\n',
		'.',
		'“',
		'"a',
		'export, ',
		' and export',
		'导出，',
		'http://a ',
		'credits ',
	])('works through two million characters of %j', (unit) => {
		const text = unit.repeat(Math.floor(2_000_000 / unit.length));
		expect(routeMessage(text, { hasFiles: false }).text.length).toBeLessThanOrEqual(text.length);
	});
});

describe('properties of routing', () => {
	const commands = (action: MessageAction) =>
		TABLE.filter(
			({ say, action: wanted, files, urls }) =>
				wanted === action && !files && !urls && !/^[/<@`]|^link please$/.test(say),
		).map(({ say }) => say);

	it('never tells the agent to export or asks it for credits', () => {
		const courtesy = fc.constantFrom('', 'Thanks! ', 'Great, ', 'please ', 'OK. ', '好的，');
		const closing = fc.constantFrom('', '!', '?', ' please', ' 🙏', '。', '...');
		const command = fc.constantFrom(...commands('export'), ...commands('credits'));
		fc.assert(
			fc.property(courtesy, command, closing, fc.boolean(), (before, say, after, hasFiles) => {
				const routed = routeMessage(before + say.replace(/^["]|["!?。？！.]+$/gu, '') + after, {
					hasFiles,
				});
				expect(routed.action).not.toBe('message');
			}),
			{ numRuns: 500 },
		);
	});

	it('takes any text, and a message keeps its words', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (say, hasFiles) => {
				const routed = routeMessage(say, { hasFiles });
				expect(routed.uploadFirst).toBe(hasFiles || routed.urls.length > 0);
				expect(say).toContain(routed.then === undefined ? routed.text : '');
			}),
			{ numRuns: 500 },
		);
	});
});
