import { networkFailure } from '../../../../src/n8n/connection/networkFailure';

/** An error of Node inside one of the HTTP client inside one of n8n. */
const wrapped = (inner: object): Error =>
	Object.assign(new Error('request failed'), {
		code: 'ERR_BAD_REQUEST',
		cause: Object.assign(new Error('axios'), { cause: inner }),
	});

describe('a connection that failed', () => {
	it.each([
		['ENOTFOUND', "can't be found under its host name"],
		['EAI_AGAIN', "can't be looked up by its host name at the moment"],
	])('for %s is reported in plain words, of whichever server', (code, words) => {
		expect(networkFailure({ code }).message).toBe(`The NemoVideo API ${words}`);
		const name = 'The server that stores the video';
		const failure = networkFailure(wrapped({ code }), { name });
		expect(failure.message).toBe(`${name} ${words}`);
		// After a paid prompt that would be wrong advice.
		expect(failure.description).not.toMatch(/try again/);
	});

	it.each([
		['connect', 'ECONNREFUSED'],
		['connect', 'EHOSTUNREACH'],
		['connect', 'ENETUNREACH'],
		['connect', 'ETIMEDOUT'],
		['bind', 'EADDRNOTAVAIL'],
		['getaddrinfo', 'ENOTFOUND'],
		['getaddrinfo', 'EAI_AGAIN'],
		[undefined, 'ENOTFOUND'],
	])('was never made where %s fails with %s, so that nothing can have arrived', (syscall, code) => {
		expect(networkFailure({ code, syscall }).outcome).toBe('refused');
		expect(networkFailure(wrapped({ code, syscall })).outcome).toBe('refused');
	});

	it('was never made where each address of a host was tried in vain', () => {
		const tried = [
			{ code: 'ECONNREFUSED', syscall: 'connect' },
			{ code: 'ENETUNREACH', syscall: 'connect' },
		];
		expect(networkFailure(wrapped({ code: 'ECONNREFUSED', errors: tried })).outcome).toBe(
			'refused',
		);
	});

	it.each(['read', 'write', undefined])(
		'may have carried the request where %s fails, whatever the code',
		(syscall) => {
			for (const code of ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']) {
				expect(networkFailure(wrapped({ code, syscall })).outcome).toBe('unknown');
			}
		},
	);

	it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
		'to a host that is not believed sent nothing: %s',
		(code) => {
			const failure = networkFailure(wrapped({ code }));
			expect(failure).toMatchObject({ kind: 'input', outcome: 'refused', retryable: false });
			expect(failure.message).toMatch(/certificate/);
			expect(failure.description).toMatch(/'Base URL'/);
		},
	);

	it.each([
		{ code: 'ECONNRESET' },
		{ code: 'ETIMEDOUT', syscall: 'read' },
		{ code: 'ECONNABORTED' },
		{ code: 'EPIPE' },
		{},
		'socket hang up',
		undefined,
		null,
	])('later leaves open what became of the request: %j', (error) => {
		expect(networkFailure(error).outcome).toBe('unknown');
	});

	const url = 'https://api.example.com/run_sse';

	it.each([
		['connect', 'ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.9:3128', '10.0.0.9:3128'],
		['connect', 'ETIMEDOUT', 'connect ETIMEDOUT 10.0.0.9:3128', '10.0.0.9:3128'],
		['connect', 'ECONNREFUSED', 'connect ECONNREFUSED ::1:3128', '::1:3128'],
		['getaddrinfo', 'ENOTFOUND', 'getaddrinfo ENOTFOUND proxy.corp', 'proxy.corp'],
		['getaddrinfo', 'EAI_AGAIN', 'getaddrinfo EAI_AGAIN proxy.corp', 'proxy.corp'],
	])('to a proxy names it: %s %s', (syscall, code, message, proxy) => {
		for (const error of [
			wrapped({ syscall, code, message }),
			Object.assign(new Error('n8n 1'), { httpCode: code, messages: [message] }),
		]) {
			const failure = networkFailure(error, { url });
			expect(failure).toMatchObject({ kind: 'network', outcome: 'refused' });
			expect(failure.message).toMatch(`The proxy ${proxy} `);
			expect(failure.description).toMatch(/HTTPS_PROXY/);
		}
	});

	it.each([
		['connect', 'ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.9:443'],
		['getaddrinfo', 'ENOTFOUND', 'getaddrinfo ENOTFOUND api.example.com'],
		['read', 'ECONNRESET', 'read ECONNRESET'],
	])('to the API itself names no proxy: %s %s', (syscall, code, message) => {
		const failure = networkFailure(wrapped({ syscall, code, message }), { url });
		expect(failure.message).toMatch(/^The NemoVideo API /);
	});

	it('that a proxy closed before it had opened a tunnel sent nothing', () => {
		const message = 'Proxy connection ended before receiving CONNECT response';
		const failure = networkFailure(wrapped({ message }), { url });
		expect(failure).toMatchObject({ kind: 'network', outcome: 'refused' });
		expect(failure.message).toMatch(/^The proxy closed the connection/);
	});

	it('that timed out while it was made sent nothing', () => {
		expect(networkFailure({ code: 'ETIMEDOUT', syscall: 'connect' }).outcome).toBe('refused');
	});

	it('is reported without a network code and without anything of the request', () => {
		const failure = networkFailure(
			Object.assign(wrapped({ code: 'ECONNREFUSED' }), {
				config: { headers: { Authorization: 'Bearer nmv_usr_secret' } },
			}),
		);
		expect(`${failure.message} ${failure.description}`).not.toMatch(/ECONN|nmv_usr/);
		expect(failure.cause).toBeUndefined();
	});

	it('is read also where its causes go round in a circle', () => {
		const error: { cause?: unknown } = {};
		error.cause = error;
		expect(networkFailure(error).kind).toBe('network');
	});
});
