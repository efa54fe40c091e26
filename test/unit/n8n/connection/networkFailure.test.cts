import { networkFailure } from '../../../../src/n8n/connection/networkFailure';

/** An error of Node inside one of the HTTP client inside one of n8n. */
const wrapped = (inner: object): Error =>
	Object.assign(new Error('request failed'), {
		code: 'ERR_BAD_REQUEST',
		cause: Object.assign(new Error('axios'), { cause: inner }),
	});

describe('a connection that failed', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
		'was never made with %s, so that nothing can have arrived',
		(code) => {
			expect(networkFailure({ code }).outcome).toBe('refused');
			expect(networkFailure(wrapped({ code })).outcome).toBe('refused');
		},
	);

	it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
		'to a host that is not believed sent nothing: %s',
		(code) => {
			const failure = networkFailure(wrapped({ code }));
			expect(failure.outcome).toBe('refused');
			expect(failure.message).toMatch(/certificate/);
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

	it('that timed out while it was made sent nothing', () => {
		expect(networkFailure({ code: 'ETIMEDOUT', syscall: 'connect' }).outcome).toBe('refused');
	});

	it('is told without a network code and without anything of the request', () => {
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
