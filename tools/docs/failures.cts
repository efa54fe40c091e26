import { requireSource } from '../descriptions.cts';

type ErrorTable = typeof import('../../src/api/errorTable');
type Errors = typeof import('../../src/api/errors');
export type FailureKind = import('../../src/api/errors').FailureKind;

const { errorFromCode }: ErrorTable = requireSource('../src/api/errorTable.ts');
const { NemoVideoError, FAILURE_KINDS }: Errors = requireSource('../src/api/errors.ts');

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
		when: 'NemoVideo does not know the session (404 counts where NemoVideo itself says so of a session)',
		does: 'Fail; Create Video and Assistant make one new session if nothing was generated yet',
	},
	credits: {
		numbers: '2001',
		sample: 2001,
		when: "The credits are used up, or fewer than 'Minimum Credits'",
		does: 'Fail with a registration link (free trial) or the website to top up; a batch of Create Video stops spending',
	},
	fileType: {
		numbers: '4001',
		sample: 4001,
		when: 'The file has a format that NemoVideo does not take',
		does: 'Refuse it before anything is sent where its first bytes, name or MIME type tell',
	},
	fileSize: {
		numbers: '4002, 413',
		sample: 4002,
		when: 'The file is larger than 500 MB',
		does: 'Refuse it before anything is sent where the size is known',
	},
	clientId: {
		numbers: '400 from the trial endpoint',
		when: 'NemoVideo refused the client ID of the free trial',
		does: 'Make a new ID and ask once more',
	},
	plan: {
		numbers: '402',
		sample: 402,
		when: 'The subscription does not include the export',
		does: 'Fail; never try again',
	},
	rateLimit: {
		numbers: '429',
		sample: 429,
		when: 'Too many requests',
		does: 'Wait as long as NemoVideo asks, else 30 s, hold back every request of this credential in this n8n process meanwhile, try once more',
	},
	timeout: {
		numbers: '',
		when: 'The time of a Timeout or Idle Limit parameter is up, or NemoVideo did not answer a request',
		does: "A turn or render goes on at NemoVideo; with 'On Timeout' set to continue the item is no failure",
	},
	render: {
		numbers: '',
		when: 'The render failed twice, was cancelled, is unknown, its file is gone, or its addresses give something else',
		does: 'A failed or lost render is tried once more first',
	},
	stream: {
		numbers: '',
		when: 'The connection was lost during a turn, or the turn ended without a word or with a tool still at work, and the session did not change afterwards',
		does: 'Read the session again and again, as the Recovery options say; the prompt is not sent again',
	},
	network: {
		numbers: '',
		when: 'NemoVideo cannot be reached, the connection broke, or a firewall, proxy or login page answered in its place',
		does: 'Reads are repeated up to 4 times with growing pauses; downloads go on where they broke',
	},
	server: {
		numbers: '408, 500 to 599',
		sample: 500,
		when: 'NemoVideo or a gateway before it is not available, or its agent gave up on a turn',
		does: 'Reads are repeated up to 4 times with growing pauses; a turn that has begun is not',
	},
	input: {
		numbers: '400, 422',
		sample: 400,
		when: 'A parameter or an address of the credential cannot be used, there is nothing to export yet, or NemoVideo asked or answered something instead of making a video',
		does: 'Refuse it before any request that costs',
	},
	cancelled: {
		numbers: '',
		when: 'The execution was stopped, or its workflow timeout is over',
		does: 'End at once; a render under way is cancelled',
	},
	protocol: {
		numbers: 'any other',
		when: 'An answer that this version does not know: broken JSON, a missing field, an unknown number',
		does: 'Fail, naming the endpoint',
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
		return `| \`${kind}\` | ${numbers} | ${when} | ${does} | ${retryable} |`;
	});
	return [
		'| `kind` | Numbers | When | What the node does by itself | `retryable` |',
		'| --- | --- | --- | --- | --- |',
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
