import type { FailureKind } from '../../api/errors';

/**
 * A number for each kind of failure, so that people can search for it and quote it: it stays the
 * same when the words of a message change. Where NemoVideo has a number of its own, it's that one.
 * docs/failures.md lists them.
 */
export const MESSAGE_NUMBERS: Readonly<Record<FailureKind, string>> = {
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

/**
 * @param advice what to do about a failure, in sentences; may be empty
 * @returns the same, with the failure's number at its end: `Top up the account. (NV-2001)`
 */
export function withMessageNumber(kind: FailureKind, advice: string): string {
	return `${advice} (${MESSAGE_NUMBERS[kind]})`.trim();
}
