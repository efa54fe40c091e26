import type { IExecuteFunctions } from 'n8n-workflow';
import { FAILURE_KINDS, NemoVideoError } from '../../../../src/api/errors';
import { MESSAGE_NUMBERS } from '../../../../src/n8n/errors/messageNumbers';
import { failureItem, toNodeError } from '../../../../src/n8n/errors/nodeErrors';

/** As saved workflows, support tickets and search engines know them: never change one. */
const PUBLISHED = {
	auth: 'NV-1001',
	session: 'NV-1002',
	clientId: 'NV-1003',
	credits: 'NV-2001',
	plan: 'NV-2002',
	rateLimit: 'NV-3001',
	timeout: 'NV-3002',
	network: 'NV-3003',
	server: 'NV-3004',
	stream: 'NV-3005',
	protocol: 'NV-3006',
	fileType: 'NV-4001',
	fileSize: 'NV-4002',
	input: 'NV-4003',
	render: 'NV-5001',
	cancelled: 'NV-5002',
};

it('the number of a kind of failure is the same in every version', () => {
	expect(MESSAGE_NUMBERS).toEqual(PUBLISHED);
	expect(new Set(Object.values(MESSAGE_NUMBERS)).size).toBe(FAILURE_KINDS.length);
});

it.each(FAILURE_KINDS)('a failure of kind %s ends in its number, wherever it is read', (kind) => {
	const failure = new NemoVideoError(kind, 'It failed', {
		description: 'Try again.',
		handles: { sessionId: 's-1' },
	});
	const context = { getNode: () => ({ name: 'Generate', type: 'x' }) } as IExecuteFunctions;
	const batch = { itemIndex: 0, finished: 1, total: 2, asTool: false };
	const number = `(${PUBLISHED[kind]})`;
	expect(failureItem(failure, 0).json.error).toMatchObject({
		description: `Try again. ${number}`,
	});
	const { description } = toNodeError(context, failure, batch);
	expect(description).toMatch(/^Try again\. Session ID: s-1\. 1 of 2 items was finished/);
	expect(description?.endsWith(` ${number}`)).toBe(true);
});

it('a failure with nothing to advise still has its number', () => {
	expect(failureItem(new NemoVideoError('input', 'No'), 0).json.error).toMatchObject({
		description: '(NV-4003)',
	});
});
