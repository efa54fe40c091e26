import { cleanWords } from './backendWords';
import { NemoVideoError, type FailureKind, type Handles, type Outcome } from './errors';

/** File endings that NemoVideo takes, by the kind of media (seed: supported formats). */
export const ACCEPTED_FORMATS = {
	video: ['mp4', 'mov', 'avi', 'webm', 'mkv'],
	image: ['jpg', 'jpeg', 'png', 'gif', 'webp'],
	audio: ['mp3', 'wav', 'm4a', 'aac'],
} as const;

/** The formats as a person reads them. */
export const ACCEPTED_FORMATS_TEXT =
	'video MP4, MOV, AVI, WebM or MKV; image JPG, PNG, GIF or WebP; audio MP3, WAV, M4A or AAC';

interface Row {
	kind: FailureKind;
	message: string;
	description: string;
	outcome: Outcome;
}

const AUTH: Row = {
	kind: 'auth',
	message: 'NemoVideo refused the token',
	description:
		'The token is wrong, has expired or lacks a permission. Paste a new access token into the NemoVideo API credential, or choose the free trial there.',
	outcome: 'refused',
};

const SESSION: Row = {
	kind: 'session',
	message: 'The NemoVideo session no longer exists',
	description: 'Run Create Session again and pass its session ID on.',
	outcome: 'refused',
};

const FILE_SIZE: Row = {
	kind: 'fileSize',
	message: 'The file is too large for NemoVideo',
	description: 'Compress or trim it to at most 500 MB and upload it again.',
	outcome: 'refused',
};

const TRANSIENT: Row = {
	kind: 'server',
	message: 'NemoVideo is not available at the moment',
	description: 'Nothing is wrong with this workflow. Try again in a few minutes.',
	outcome: 'unknown',
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
			message: 'NemoVideo is out of credits',
			description: 'Top up the NemoVideo account, then run the workflow again.',
			outcome: 'refused',
		},
	],
	[
		4001,
		{
			kind: 'fileType',
			message: 'NemoVideo does not take this type of file',
			description: `Accepted formats: ${ACCEPTED_FORMATS_TEXT}.`,
			outcome: 'refused',
		},
	],
	[4002, FILE_SIZE],
	[413, FILE_SIZE],
	[
		402,
		{
			kind: 'plan',
			message: 'The NemoVideo plan of this account does not include export',
			description:
				'This is a matter of the subscription, not of credits. Register or upgrade the account on the NemoVideo website; trying again does not help.',
			outcome: 'refused',
		},
	],
	[
		429,
		{
			kind: 'rateLimit',
			message: 'NemoVideo is receiving too many requests',
			description: 'Try again later, or lower the number of rows that run in parallel.',
			outcome: 'refused',
		},
	],
	[
		400,
		{
			kind: 'input',
			message: 'NemoVideo could not use the request',
			description: 'Check the values of this node against what NemoVideo says.',
			outcome: 'refused',
		},
	],
	[408, TRANSIENT],
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
	credentialMark?: string;
	handles?: Handles;
}

/**
 * Turns a failure number of the backend into the error that users read.
 *
 * @returns an error; its kind is `protocol` for a number that nothing public explains
 */
export function errorFromCode(failure: BackendFailure): NemoVideoError {
	const row = rowOf(failure);
	const words = quoteBackend(failure.message);
	const details = {
		code: failure.code,
		httpStatus: failure.httpStatus,
		retryAfterMs: failure.retryAfterMs,
		credentialMark: failure.credentialMark,
		handles: failure.handles,
	};
	if (row) {
		const wait =
			failure.retryAfterMs === undefined
				? undefined
				: `NemoVideo asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s.`;
		return new NemoVideoError(row.kind, row.message, {
			...details,
			description: [row.description, wait, words && `NemoVideo says: ${words}.`]
				.filter((part) => part)
				.join(' '),
			outcome: row.outcome,
		});
	}
	const number = failure.code ?? failure.httpStatus;
	return new NemoVideoError(
		'protocol',
		`NemoVideo answered ${failure.endpoint} with ${number === undefined ? 'a refusal' : `code ${number}`}${words ? `: ${words}` : ''}`,
		{
			...details,
			description:
				'This answer is not known to this node. Check that the base URL in the credential is right and that the package is up to date.',
			// Beside HTTP's success, a number that nobody explains leaves open what was done.
			outcome:
				failure.code === undefined || (failure.httpStatus ?? 0) >= 400 ? 'refused' : 'unknown',
		},
	);
}

function rowOf({ code, httpStatus, message, notFound }: BackendFailure): Row | undefined {
	if (code !== undefined) {
		const row = BY_NUMBER.get(code);
		if (row) return row;
		if (code === 404 && notFound === 'session') return SESSION;
		if (code >= 500 && code < 600) return TRANSIENT;
	}
	if (message !== undefined && /session not found/i.test(message)) return SESSION;
	if (httpStatus === undefined) return undefined;
	if (httpStatus === 404) return notFound === 'session' ? SESSION : undefined;
	if (httpStatus >= 500) return TRANSIENT;
	return BY_NUMBER.get(httpStatus);
}

/**
 * The backend's words made safe to show; see `cleanWords`.
 *
 * @returns the text in double quotes, or an empty string when there is nothing to quote
 */
export function quoteBackend(text: string | undefined): string {
	if (text === undefined) return '';
	const words = cleanWords(text);
	return words === '' ? '' : `"${words}"`;
}

/** Whose account it is: decides what an out-of-credits failure advises. */
export interface Account {
	/** Whether the token is an anonymous one. */
	trial: boolean;
	/** The anonymous user id, for the registration link. */
	userId?: string;
	/** Base of the API, without a slash at its end. */
	baseUrl: string;
	/** Base of NemoVideo's website, without a slash at its end. */
	webUrl: string;
}

/** The way out of an out-of-credits failure (seed: anonymous users get a registration link). */
export function creditsAdvice(account: Account): string {
	if (!account.trial) {
		return `Top up the account at ${account.webUrl}, then run the workflow again.`;
	}
	const bind = account.userId ? `?bind=${encodeURIComponent(account.userId)}` : '';
	return `The free trial is used up. Register at ${account.webUrl}/register${bind} to keep this project and go on.`;
}
