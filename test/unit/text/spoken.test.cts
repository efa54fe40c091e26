import { saysSomething } from '../../../src/text/spoken';

describe('a text', () => {
	it.each([
		'Done.',
		'好',
		'تم',
		'7',
		'**OK**',
		'👍',
		'🇩🇪',
		'<b>Done</b>',
		'- a',
		'é',
		'&amp; more',
	])('says something: %j', (text) => expect(saysSomething(text)).toBe(true));

	it.each([
		'',
		' \n',
		'\u200B',
		'\uFEFF\u200D',
		'\u00A0',
		'\u3164',
		'**\n**',
		'...',
		'…',
		'???',
		'---',
		'```\n```',
		'<br>',
		'<p class="x"></p>',
		'&nbsp;',
	])('says nothing: %j', (text) => expect(saysSomething(text)).toBe(false));

	it('is read in linear time', () => {
		const started = performance.now();
		saysSomething('<a'.repeat(200_000));
		saysSomething('&'.repeat(400_000));
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});
