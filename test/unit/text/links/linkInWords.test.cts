import { linkInWords, withShortLinks } from '../../../../src/text/links/urlSecrets';

describe('a link in a message', () => {
	it.each([
		['https://shop.example/a.jpg', 'https://shop.example/a.jpg'],
		['https://shop.example/2026/11/a.jpg?sig=key#part', 'https://shop.example/…/a.jpg'],
		['https://user:word@shop.example:8443/x/a.jpg', 'https://shop.example:8443/…/a.jpg'],
		['https://dl.example/v3/u/33/LongKeyOfTheFileItself', 'https://dl.example/…/LongKeyO…'],
		[`https://dl.example/${'k'.repeat(80)}.jpg`, 'https://dl.example/kkkkkkkk…'],
		['https://dl.example', 'https://dl.example/'],
		['not a link', 'not a link'],
	])('%s is %s', (link, shown) => {
		expect(linkInWords(link)).toBe(shown);
		expect(withShortLinks(shown)).toBe(shown);
	});

	it('leaves the sentence around it as it is', () => {
		const said = 'No "https://a.example/b/c.jpg?key=1"; (https://a.example/d.jpg?key=2): HTTP 403.';
		expect(withShortLinks(said)).toBe(
			'No "https://a.example/…/c.jpg"; (https://a.example/d.jpg): HTTP 403.',
		);
	});
});
