import { holdsWords, withoutChatMarkup } from '../../../../src/text/intent/chatMarkup';
import { routeMessage } from '../../../../src/text/intent/intent';

const BLANK = [
	'@nemo_bot',
	'<@U02ABC123>',
	'<@U02ABC123|anna>',
	'<@U02ABC123> <@U03DEF456>',
	'<@U02ABC123>\u00A0',
	'<!channel>',
	'<!here>',
	'<!here|here>',
	'<!subteam^S012|@designers>',
	'<@U02ABC123>:',
	'@nemo_bot.',
	'<@U02ABC123> ?',
	'@nemo_bot @anna',
	'@anna',
	'@4915112345678',
	'<@!80351110224678912>',
	'<#C02ABC123|general>',
	'<at>Nemo</at>&nbsp;',
	'&nbsp;',
	'&#160;',
	'<p></p>',
	'<p>&nbsp;</p>',
	'<br/>',
	'<!--StartFragment--><p><br></p>',
	'\u200B',
	'...',
];

describe('a message of markup alone', () => {
	it.each(BLANK)('contains no words: %j', (message) => {
		expect(holdsWords(message)).toBe(false);
	});

	it.each(BLANK)('is an upload where files come with it: %j', (message) => {
		expect(routeMessage(message, { hasFiles: true }).action).toBe('upload');
	});

	it.each(['👍', 'ok', '1', '导出', '<https://a.example/x.jpg>', '<#C1|general> export', 'a <b'])(
		'is told from %j',
		(message) => expect(holdsWords(message)).toBe(true),
	);
});

it.each([
	['<#C123|general> export', 'export'],
	['<!here> export', 'export'],
	['<at>Nemo</at> export', 'export'],
	['<@!80351110224678912> export', 'export'],
	['Announce it in <#C1|general> with a banner', 'Announce it in general with a banner'],
	['Ready by <!date^1700000000^{date}|Nov 14>', 'Ready by Nov 14'],
	[
		'Make a promo for <https://shop.example/p?id=7|this product> in red',
		'Make a promo for this product (https://shop.example/p?id=7) in red',
	],
	['See <http://example.com|example.com> first', 'See http://example.com first'],
	['<https://a.example/x.jpg|the front>', 'https://a.example/x.jpg'],
	['<@U1ABC> <https://a.example/x.jpg|the front>', 'https://a.example/x.jpg'],
	[':thumbsup: :+1::skin-tone-2:', '👍'],
	['Say &quot;hi&quot;&nbsp;&amp; wave', 'Say "hi" & wave'],
	['export\n\nSent from my iPhone', 'export'],
	['exportieren\n\nVon meinem iPhone gesendet', 'exportieren'],
	['导出\n\n发自我的iPhone', '导出'],
	['export\n\nGet Outlook for iOS', 'export'],
	['export\n-- \nAnna Smith\nShop Ltd.', 'export'],
	['Show a letter\nsent from a friend of mine', 'Show a letter\nsent from a friend of mine'],
])('%j is read as %j', (message, words) => {
	expect(withoutChatMarkup(message)).toBe(words);
});
