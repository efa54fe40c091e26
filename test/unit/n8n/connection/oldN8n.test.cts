import type { IExecuteFunctions } from 'n8n-workflow';
import { NemoVideoError } from '../../../../src/api/errors';
import { CredentialFailure } from '../../../../src/n8n/connection/credentialRequests';
import { networkFailure } from '../../../../src/n8n/connection/networkFailure';
import { N8nTransport } from '../../../../src/n8n/connection/transport';

/** What n8n 1.123 makes of any error in a request: the cause is gone, a code is in `httpCode`. */
function asN8n1(error: Error & { code?: string }): Error {
	return Object.assign(new Error(error.message), {
		name: 'NodeApiError',
		cause: undefined,
		messages: [error.message],
		httpCode: error.code ?? null,
	});
}

function transportThatThrows(error: Error): N8nTransport {
	const context = {
		getExecutionCancelSignal: () => undefined,
		getNode: () => ({ id: '1', credentials: {} }),
		getCredentials: async () => ({ connectWith: 'accessToken', token: 'nmv_usr_test' }),
		helpers: {
			httpRequestWithAuthentication: async () => {
				throw asN8n1(error);
			},
		},
	};
	return new N8nTransport(context as unknown as IExecuteFunctions);
}

const send = async (error: Error): Promise<unknown> =>
	await transportThatThrows(error)
		.send({ method: 'GET', path: '/' })
		.catch((thrown: unknown) => thrown);

describe('in n8n 1, which keeps no cause of an error', () => {
	it('a connection that was never made is known to have sent nothing', () => {
		const words = 'connect ECONNREFUSED 127.0.0.1:443';
		const refused = Object.assign(new Error(words), { code: 'ECONNREFUSED' });
		expect(networkFailure(asN8n1(refused)).outcome).toBe('refused');
		const reset = Object.assign(new Error('read'), { code: 'ECONNRESET' });
		expect(networkFailure(asN8n1(reset)).outcome).toBe('unknown');
	});

	it('a status code is not taken for a network code', () => {
		const answered = Object.assign(new Error('bad'), { code: '503' });
		expect(networkFailure(asN8n1(answered)).message).toMatch(/broke the connection/);
	});

	it('a refused token is still called one', async () => {
		const failure = new NemoVideoError('auth', 'NemoVideo refused the token', {
			description: 'Paste a new one.',
			code: 1001,
		});
		const thrown = await send(new CredentialFailure(failure));
		expect(thrown).toMatchObject({
			kind: 'auth',
			message: 'NemoVideo refused the token',
			description: 'Paste a new one.',
			code: 1001,
			outcome: 'refused',
		});
	});

	it('what one item learns of the failure is not told to the next', async () => {
		const failure = new NemoVideoError('rateLimit', 'No further token', { code: 429 });
		const first = await send(new CredentialFailure(failure));
		if (first instanceof NemoVideoError) first.with({ handles: { sessionId: 'first' } });
		const second = await send(new Error('No further token'));
		expect(second).toMatchObject({ kind: 'rateLimit', handles: {} });
	});

	it('other errors stay what they are', async () => {
		expect(await send(new Error('something else'))).toMatchObject({ kind: 'network' });
	});
});
