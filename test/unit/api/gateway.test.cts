import { gatewayError, isFinalPage, isGatewayPage } from '../../../src/api/gateway';

const page = (status: number, body: string, headers: Record<string, string> = {}) => ({
	status,
	body,
	headers,
	host: 'api.example.com',
});

describe('an answer of a gateway', () => {
	it.each([
		['HTML', page(200, '<!DOCTYPE html><html>Log in</html>')],
		['HTML behind blanks', page(502, '\n  <html>')],
		['plain text', page(503, 'upstream connect error')],
		['a proxy that wants a password', page(407, '')],
		[
			'the label of an HTML page whose body was lost',
			page(403, '', { 'content-type': 'text/html' }),
		],
		['the label of plain text without a body', page(502, '', { 'content-type': 'text/plain' })],
		['a JSON of Cloudflare', page(522, '{"error":"timed out"}')],
	])('is recognized by %s', (_what, answer) => expect(isGatewayPage(answer)).toBe(true));

	it.each([
		['JSON', page(404, '{"detail":"Session not found"}')],
		['JSON that was cut off', page(500, '{"code":')],
		['a list', page(200, '[1]')],
		['a text in quotes', page(200, '"ok"')],
		['a number', page(200, '7')],
		['null', page(200, 'null')],
		['nothing', page(401, '')],
		['a status alone', page(304, '')],
		['a label of JSON without a body', page(401, '', { 'content-type': 'application/json' })],
	])('is not told by %s', (_what, answer) => expect(isGatewayPage(answer)).toBe(false));
});

describe('the failure of a gateway', () => {
	it.each([
		[
			page(200, '<html>', { 'content-type': 'text/html; charset=utf-8' }),
			'network',
			'an HTML page',
		],
		[
			page(200, '<html>', { 'content-type': 'text/event-stream' }),
			'network',
			'an HTML page labeled text/event-stream',
		],
		[page(522, '<html>'), 'server', 'an HTML page'],
		[page(503, 'busy', { 'content-type': 'text/plain' }), 'server', 'plain text'],
		[page(429, 'slow down'), 'server', 'plain text'],
		[page(403, '', { 'content-type': 'text/html' }), 'network', 'an empty page'],
	])('names what came, its status and its host: %j', (answer, kind, what) => {
		const error = gatewayError(answer);
		expect(error).toMatchObject({ kind, httpStatus: answer.status, outcome: 'unknown' });
		expect(error.message).toBe(
			`A gateway or proxy answered for api.example.com with ${what} (HTTP ${answer.status})`,
		);
	});

	it.each([200, 301, 401, 403, 404, 407, 413, 429, 500, 502, 503, 522])(
		'of status %i says what to do and speaks of neither token nor session',
		(status) => {
			const { message, description } = gatewayError(page(status, '<html>'));
			expect(description).toMatch(/\.$/);
			expect(`${message} ${description}`).not.toMatch(/token|session/i);
		},
	);

	it('quotes short plain text, never markup', () => {
		expect(gatewayError(page(503, 'upstream connect error')).description).toContain(
			'It says: "upstream connect error"',
		);
		expect(gatewayError(page(503, '<b>secret</b>')).description).not.toContain('secret');
	});

	it('names what sent it', () => {
		const { description } = gatewayError(page(502, '<html>', { server: 'nginx/1.22.1' }));
		expect(description).toContain('It calls itself "nginx/1.22.1".');
	});

	it('that wants a login is a proxy’s, which passes nothing on', () => {
		const error = gatewayError(page(407, '<html>', { server: 'squid' }));
		expect(error).toMatchObject({ kind: 'network', httpStatus: 407, outcome: 'refused' });
		expect(error.message).toMatch(/^The proxy .* api\.example\.com \(HTTP 407\)$/);
		expect(error.description).toMatch(/^Set them in HTTPS_PROXY.*"squid"\.$/);
	});

	it('says how long it asks to wait', () => {
		expect(gatewayError(page(503, '<html>'), { retryAfterMs: 61_000 }).description).toContain(
			'wait 61 s',
		);
	});

	it.each([
		[200, true],
		[301, true],
		[403, true],
		[407, true],
		[413, true],
		[521, true],
		[522, true],
		[408, false],
		[409, false],
		[425, false],
		[429, false],
		[499, false],
		[500, false],
		[502, false],
		[503, false],
		[524, false],
	])('of status %i is final: %s', (status, final) => {
		expect(isFinalPage(gatewayError(page(status, '<html>')))).toBe(final);
	});
});
