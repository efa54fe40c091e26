import { requireSource } from '../descriptions.cts';

type ErrorTable = typeof import('../../src/api/errorTable');
type Errors = typeof import('../../src/api/errors');
type Numbers = typeof import('../../src/n8n/errors/messageNumbers');
export type FailureKind = import('../../src/api/errors').FailureKind;

const { errorFromCode }: ErrorTable = requireSource('../src/api/errorTable.ts');
const { NemoVideoError, FAILURE_KINDS }: Errors = requireSource('../src/api/errors.ts');
const { MESSAGE_NUMBERS }: Numbers = requireSource('../src/n8n/errors/messageNumbers.ts');

/** What a kind of failure means to the one who meets it. */
interface Meaning {
	/** NemoVideo's body codes and HTTP statuses that become this kind, as people write them. */
	numbers: string;
	/** One of the numbers: its words come from the error table itself. */
	sample?: number;
	when: string;
	/** What the nodes do without being asked. */
	does: string;
}

export const MEANINGS: Record<FailureKind, Meaning> = {
	auth: {
		numbers: '1001, 401, 403',
		sample: 1001,
		when: 'The token is wrong, has expired or lacks a permission',
		does: 'Free trial, 1001 or 401: fetch one new token with the same client ID, then repeat. Access token: fail',
	},
	session: {
		numbers: '1002, 404',
		sample: 1002,
		when: 'NemoVideo does not know the session (404 counts only if NemoVideo itself says so about a session)',
		does: 'Fail; Create Video and Assistant create one new session if nothing was generated yet',
	},
	credits: {
		numbers: '2001',
		sample: 2001,
		when: "The credits are used up, or there are fewer than 'Minimum Credits'",
		does: 'Fail with a registration link (free trial) or the website to top up; a batch of Create Video stops spending',
	},
	fileType: {
		numbers: '4001',
		sample: 4001,
		when: 'NemoVideo does not accept the format of the file',
		does: 'Refuse it before anything is sent, if its first bytes, name or MIME type show the format',
	},
	fileSize: {
		numbers: '4002, 413',
		sample: 4002,
		when: 'The file is larger than 500 MB',
		does: 'Refuse it before anything is sent, if the size is known',
	},
	clientId: {
		numbers: '400 from the trial endpoint',
		when: 'NemoVideo refused the client ID of the free trial',
		does: 'Create a new ID and try once more',
	},
	plan: {
		numbers: '402',
		sample: 402,
		when: 'The subscription does not include the export',
		does: 'Fail and never retry',
	},
	rateLimit: {
		numbers: '429',
		sample: 429,
		when: 'Too many requests',
		does: 'Wait as long as NemoVideo asks, otherwise 30 s, hold back every other request of this credential in this n8n process, then try once more',
	},
	timeout: {
		numbers: '',
		when: 'The time set in a Timeout or Idle Limit parameter is over, or NemoVideo did not answer a request',
		does: "NemoVideo continues its turn or render; if 'On Timeout' is set to continue, the item does not fail",
	},
	render: {
		numbers: '',
		when: 'The render failed twice, was cancelled or is unknown, its file is gone, or its addresses return something else',
		does: 'Start a render that failed, or whose file is gone, once more before failing',
	},
	stream: {
		numbers: '',
		when: 'The connection was lost during a turn, or the turn ended without a word or while a tool was still running, and the session did not change afterwards',
		does: 'Read the session several times, as set in the Recovery options; never send the prompt again',
	},
	network: {
		numbers: '',
		when: 'NemoVideo cannot be reached, the connection broke, or a firewall, proxy or login page answered instead',
		does: 'Repeat reads up to 4 times with growing pauses; resume downloads where they broke',
	},
	server: {
		numbers: '408, 500 to 599',
		sample: 500,
		when: 'NemoVideo or a gateway in front of it is not available, or its agent gave up on a turn',
		does: 'Repeat reads up to 4 times with growing pauses; never repeat a turn that has begun',
	},
	input: {
		numbers: '400, 422',
		sample: 400,
		when: 'A parameter or an address of the credential cannot be used, there is nothing to export yet, or NemoVideo asked or answered something instead of making a video',
		does: 'Refuse it before any request that costs credits',
	},
	cancelled: {
		numbers: '',
		when: 'The execution was stopped or reached its workflow timeout',
		does: 'Stop immediately and cancel a render that is in progress',
	},
	protocol: {
		numbers: 'any other',
		when: 'An answer that this version does not know: broken JSON, a missing field, an unknown number',
		does: 'Fail and name the endpoint',
	},
};

/** The words that the error table has for a number. */
export function wordsOf(number: number): { kind: FailureKind; message: string; advice: string } {
	const {
		kind,
		message,
		description = '',
	} = errorFromCode({
		endpoint: 'an endpoint',
		code: number,
		notFound: 'session',
	});
	return { kind, message, advice: description };
}

/** The table of failures, in the order of the kinds. */
export function failureTable(): string {
	const rows = FAILURE_KINDS.map((kind) => {
		const { numbers, when, does } = MEANINGS[kind];
		const { isPassing } = new NemoVideoError(kind, '');
		const retryable = isPassing ? 'where `safeToRepeat` is true' : 'no';
		return `| ${MESSAGE_NUMBERS[kind]} | \`${kind}\` | ${numbers} | ${when} | ${does} | ${retryable} |`;
	});
	return [
		'| Number | `kind` | Codes from NemoVideo | When | What the node does by itself | `retryable` |',
		'| --- | --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** What users read for the numbers that NemoVideo documents. */
export function wordTable(): string {
	const rows = FAILURE_KINDS.flatMap((kind) => {
		const { numbers, sample } = MEANINGS[kind];
		if (sample === undefined) return [];
		const { message, advice } = wordsOf(sample);
		return [`| ${numbers} | ${message} | ${advice} |`];
	});
	return ['| Numbers | Message | Description |', '| --- | --- | --- |', ...rows].join('\n');
}
