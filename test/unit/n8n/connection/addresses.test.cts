import { findWrongAddress } from '../../../../src/n8n/connection/addresses';
import { hasApiOrigin, readCredential } from '../../../../src/n8n/connection/credential';
import { adviceFaults, messageFaults } from '../../../../tools/words/rules.cts';

const BASE = 'https://api.test';
const wrong = (baseUrl: string, webUrl = 'https://web.test') =>
	findWrongAddress({ baseUrl, webUrl });

describe('an address of the credential', () => {
	it.each([
		BASE,
		'http://127.0.0.1:6400',
		'http://[::1]:8080',
		'HTTPS://API.TEST/base/',
		'https://münchen.example',
	])('is taken: %s', (address) => expect(wrong(address)).toBeUndefined());

	it.each([
		['127.0.0.1:6400', /complete web address/],
		['localhost:6400', /complete web address/],
		['api.test', /complete web address/],
		['//api.test', /complete web address/],
		['ftp://api.test', /complete web address/],
		['file:///etc/passwd', /complete web address/],
		['https:/api.test', /complete web address/],
		['https:api.test', /complete web address/],
		['https://', /complete web address/],
		['https://a b.test', /complete web address/],
		['https://api.test:99999', /complete web address/],
		['https://api.test\u200B', /invisible/],
		['\uFEFFhttps://api.test', /invisible/],
		['https://api.test/\u00A0', /invisible/],
		['https://api.\u00ADtest', /invisible/],
		['https://api.test\n/x', /invisible/],
		['https://me:hunter2@api.test', /user name or password/],
		['https://hunter2@api.test', /user name or password/],
		['https://api.test/?key=hunter2', /more than an address/],
		['https://api.test/#hunter2', /more than an address/],
	])('is refused immediately with the cause, and never shown: %j', (address, says) => {
		for (const [failure, field] of [
			[wrong(address), 'Base URL'],
			[wrong(BASE, address), 'Website URL'],
		] as const) {
			expect(failure).toMatchObject({ kind: 'input', outcome: 'refused', retryable: false });
			const { message, description = '' } = failure ?? { message: '' };
			expect(message).toContain(`'${field}'`);
			expect(message).toMatch(says);
			expect(`${message} ${description}`).not.toContain('hunter2');
			expect([...messageFaults(message), ...adviceFaults(description)]).toEqual([]);
		}
	});
});

describe('the API’s own origin', () => {
	const credential = readCredential({ baseUrl: 'https://api.test/base/' });

	it.each(['https://api.test/x', 'HTTPS://API.TEST/', 'https://api.test:443/x?y#z'])(
		'is that of %s',
		(url) => expect(hasApiOrigin(credential, url)).toBe(true),
	);

	it.each([
		'https:/evil.test/x',
		'https:evil.test/x',
		'https:///evil.test/x',
		'https:/api.test/x',
		'//api.test/x',
		'/x',
		'x',
		'',
		'http://api.test/x',
		'https://api.test:444/x',
		'https://api.test.evil.test/x',
		'https://api.test@evil.test/x',
		'https://api.test\\@evil.test/x',
		'https://evil.test\\.api.test/x',
		'https://api.test /x',
		' https://api.test/x',
		'https://api.test\n.evil.test/x',
		'javascript:https://api.test/x',
	])('is not that of %j', (url) => expect(hasApiOrigin(credential, url)).toBe(false));

	it('is nobody’s where the base URL is none', () => {
		expect(hasApiOrigin(readCredential({ baseUrl: 'api.test' }), 'https://api.test/')).toBe(false);
	});
});
