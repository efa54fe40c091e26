import { ACCEPTED_FORMATS_TEXT } from '../text/mediaTypes';
import { quoteSanitized } from '../text/sanitize';
import { NemoVideoError, type FailureKind, type ResourceIds } from './errors';
import { waitAdvice } from './gateway';
import { outcomeOf, type Reached } from './outcome';

/** A server answers 404 to every path that it doesn't have. */
const CHECK_PATH =
	"Check 'Base URL' in the credential: it usually has nothing after the host name.";

interface Row {
	kind: FailureKind;
	message: string;
	description: string;
}

/** General advice, for whoever doesn't know the account; see `withCreditsAdvice`. */
export const TOP_UP = 'Top up the account, then try again.';

/** As `TOP_UP`; see `withAuthAdvice`. */
export const NEW_TOKEN =
	'The token is wrong, has expired or lacks a permission. Paste a new access token into the NemoVideo API credential, or choose the free trial there.';

const AUTH: Row = {
	kind: 'auth',
	message: 'NemoVideo refused the token',
	description: NEW_TOKEN,
};

const SESSION: Row = {
	kind: 'session',
	message: 'The NemoVideo session no longer exists',
	description:
		"Start a new one: run Create Session and pass its session ID on, or leave 'Session ID' empty in Create Video.",
};

const FILE_SIZE: Row = {
	kind: 'fileSize',
	message: 'The file is too large for NemoVideo',
	description:
		'Compress or trim it, and upload it again. NemoVideo accepts at most 500 MB per file, or less for some accounts.',
};

/** The same refusal of a prompt, which brings no file. */
const PROMPT_SIZE: Row = {
	kind: 'fileSize',
	message: 'The prompt is too long for NemoVideo',
	description: 'Make it shorter, and run the item again.',
};

const PLAN: Row = {
	kind: 'plan',
	message: 'The NemoVideo plan of this account does not include this step',
	description:
		"This depends on the subscription, not on credits. Register or upgrade the account on the NemoVideo website. Trying again won't help.",
};

const EXPORT_PLAN: Row = {
	...PLAN,
	message: 'The NemoVideo plan of this account does not include export',
};

const TRANSIENT: Row = {
	kind: 'server',
	message: 'NemoVideo is not available at the moment',
	description: 'Nothing is wrong with this workflow. Try again in a few minutes.',
};

const INPUT: Row = {
	kind: 'input',
	message: 'NemoVideo could not use the request',
	description: "Compare the values in this node with NemoVideo's message.",
};

/** Each number counts as an HTTP status and as a body code (seed: error codes). */
const BY_NUMBER: ReadonlyMap<number, Row> = new Map<number, Row>([
	[1001, AUTH],
	[401, AUTH],
	[403, AUTH],
	[1002, SESSION],
	[
		2001,
		{
			kind: 'credits',
			message: 'Your NemoVideo account is out of credits',
			description: TOP_UP,
		},
	],
	[
		4001,
		{
			kind: 'fileType',
			message: 'NemoVideo does not accept this type of file',
			description: `Accepted formats: ${ACCEPTED_FORMATS_TEXT}.`,
		},
	],
	[4002, FILE_SIZE],
	[413, FILE_SIZE],
	[402, PLAN],
	[
		429,
		{
			kind: 'rateLimit',
			message: 'NemoVideo is receiving too many requests',
			description: 'Try again later, or lower the number of rows that run in parallel.',
		},
	],
	[400, INPUT],
	// How FastAPI refuses a body.
	[422, INPUT],
]);

export interface BackendFailure {
	/** Method and path pattern, e.g. `POST /run_sse`. */
	endpoint: string;
	code?: number;
	httpStatus?: number;
	/** The backend's own words. */
	message?: string;
	/** Milliseconds. */
	retryAfterMs?: number;
	/** What a 404 of this endpoint stands for. */
	notFound?: 'session' | 'render';
	/** Whether the answer says in the agent server's own form that it knows no such session. */
	saysNoSession?: boolean;
	tokenFingerprint?: string;
	handles?: ResourceIds;
	/** Whether the request is made again only after a refusal; its failure doesn't advise to. */
	onlyOnce?: boolean;
	/** How far the request got; by default the whole answer that status and code stand for. */
	reached?: Reached;
}

/**
 * Turns a failure number of the backend into the error that users read.
 *
 * @returns an error; its kind is `protocol` for a number that nothing public explains
 */
export function errorFromCode(failure: BackendFailure): NemoVideoError {
	const found = rowOf(failure);
	const row = found && inWordsOf(failure.endpoint, found);
	const words = quoteSanitized(failure.message);
	const details = {
		code: failure.code,
		httpStatus: failure.httpStatus,
		retryAfterMs: failure.retryAfterMs,
		tokenFingerprint: failure.tokenFingerprint,
		handles: failure.handles,
		...(words === '' ? {} : { says: words }),
		outcome: outcomeOf(
			failure.reached ?? { status: failure.httpStatus ?? 200, code: failure.code },
		),
	};
	const says = words && `NemoVideo says: ${words}.`;
	if (row) {
		const mayBePaid = failure.onlyOnce === true && details.outcome === 'unknown';
		const isForLater = row.kind === 'server' || row.kind === 'rateLimit';
		const advice =
			mayBePaid && isForLater
				? []
				: [row.description, waitAdvice('NemoVideo', failure.retryAfterMs)];
		return new NemoVideoError(row.kind, row.message, {
			...details,
			description: [...advice, says].filter(Boolean).join(' '),
		});
	}
	const number = failure.code ?? failure.httpStatus;
	if (number === 409 && failure.notFound === 'session') {
		return new NemoVideoError('protocol', 'The session is busy', {
			...details,
			description: ['NemoVideo still works on something in it. Wait until that is done.', says]
				.filter(Boolean)
				.join(' '),
		});
	}
	return new NemoVideoError(
		'protocol',
		`NemoVideo answered ${failure.endpoint} with ${number === undefined ? 'a refusal' : `code ${number}`}${words ? `: ${words}` : ''}`,
		{
			...details,
			description: words
				? `${failure.httpStatus === 404 ? `${CHECK_PATH} ` : ''}This node has no other information about it.${isOfRequest(number) ? '' : ' If it keeps happening, check for a newer version of the package.'}`
				: 'This node does not recognize this answer. Check that the base URL in the credential is right and that the package is up to date.',
		},
	);
}

/** The row in the words of what was asked for. */
function inWordsOf(endpoint: string, row: Row): Row {
	if (row === PLAN && /\brender\b/.test(endpoint)) return EXPORT_PLAN;
	return row === FILE_SIZE && endpoint.endsWith('/run_sse') ? PROMPT_SIZE : row;
}

/** What servers answer to one request for reasons of their own, which no newer version changes. */
function isOfRequest(number: number | undefined): boolean {
	return number === 424 || number === 451;
}

function rowOf(failure: BackendFailure): Row | undefined {
	const { code, httpStatus, notFound, saysNoSession = false } = failure;
	const row = code === undefined ? undefined : BY_NUMBER.get(code);
	// A gateway's code beside its own 5xx says nothing of NemoVideo; NemoVideo's own numbers do.
	if (row && (!isServerFailure(httpStatus) || (code ?? 0) >= 1000)) return row;
	if (isServerFailure(httpStatus)) return TRANSIENT;
	if (code === 404 && notFound === 'session') return SESSION;
	if (isServerFailure(code)) return TRANSIENT;
	// Any gateway answers 404 where it has no route.
	if (httpStatus === 404) return saysNoSession && notFound === 'session' ? SESSION : undefined;
	return httpStatus === undefined ? undefined : BY_NUMBER.get(httpStatus);
}

function isServerFailure(number: number | undefined): boolean {
	return number === 408 || (number !== undefined && number >= 500 && number < 600);
}
