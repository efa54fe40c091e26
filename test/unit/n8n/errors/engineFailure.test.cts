import { ExpressionError, NodeOperationError, type INode } from 'n8n-workflow';
import { engineFailure } from '../../../../src/n8n/errors/engineFailure';
import { adviceOf, asFailure } from '../../../../src/n8n/errors/nodeErrors';
import { NemoVideoError } from '../../../../src/api/errors';

const NODE: INode = {
	id: 'node',
	name: 'Node',
	type: 'n8n-nodes-nemovideo.nemoVideoCredits',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

it.each([
	['Node does not have any credentials set', /No NemoVideo API credential is chosen/],
	['Node does not have any credentials set for "nemoVideoApi"', /at the top of the node/],
	['Credentials not found', /is chosen/],
	['Credential with ID "7" does not exist for type "nemoVideoApi".', /no longer exists/],
	['Node "A" does not have access to the credential', /may not use/],
	['Credentials could not be decrypted. The likely reason is …', /N8N_ENCRYPTION_KEY/],
])('a credential that n8n cannot hand out says what to do: %s', (message, says) => {
	for (const error of [new Error(message), new NodeOperationError(NODE, message)]) {
		const failure = asFailure(error);
		expect(failure).toMatchObject({ kind: 'auth', outcome: 'refused' });
		expect(`${failure.message} ${failure.description}`).toMatch(says);
	}
});

it('an expression that may not read the environment says what to do instead', () => {
	const failure = asFailure(new ExpressionError('access to env vars denied'));
	expect(failure.kind).toBe('input');
	expect(failure.message).toMatch(/environment variables/);
	expect(failure.description).toMatch(/CREDENTIALS_OVERWRITE_DATA/);
});

it('an expression that cannot be worked out names its parameter', () => {
	const error = new ExpressionError("Referenced node doesn't exist");
	error.context.parameter = 'prompt';
	expect(asFailure(error)).toMatchObject({
		kind: 'input',
		message: "Referenced node doesn't exist",
		description: expect.stringMatching(/prompt/) as string,
		outcome: 'refused',
	});
});

it('an error of nobody is left to others', () => {
	expect(engineFailure(new TypeError('x is not a function'))).toBeUndefined();
	expect(engineFailure('words')).toBeUndefined();
	expect(asFailure(new TypeError('x is not a function')).kind).toBe('protocol');
});

it.each([
	[{ code: 2001, description: 'Top up.' }, 'Top up. NemoVideo gave code 2001.'],
	[{ httpStatus: 402, description: 'Upgrade.' }, 'Upgrade. NemoVideo gave status 402.'],
	[{ code: 2001, httpStatus: 200 }, 'NemoVideo gave code 2001.'],
	[{ code: 7, description: 'It said code 7.' }, 'It said code 7.'],
	[{ description: 'Own words.' }, 'Own words.'],
])('the number that NemoVideo gave is reported once: %j', (details, advice) => {
	expect(adviceOf(new NemoVideoError('credits', 'None left', details))).toBe(advice);
});
