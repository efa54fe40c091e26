import type { NemoVideoClient } from './client';
import {
	checkShape,
	extractCode,
	extractMessage,
	nameOf,
	unwrapResponse,
	type Endpoint,
} from './response';
import { NemoVideoError } from './errors';
import { errorFromCode } from './errorTable';
import { quoteSanitized } from '../text/sanitize';
import { isRecord, toJson } from './json';
import { isPrivateAddress } from '../text/links/urlSecrets';
import { outcomeOf } from './outcome';
import { withRetry } from './retry';
import { hasFailed, matchFiles, readFile, type UploadedFile } from './sessionFiles';
import { sessionPath } from './state';
import type { SessionLease } from './sessionQueue';
import type { ApiRequest, UploadPart } from './transport';
import { array, looseObject, unknown } from '../vendor';

/** The largest file NemoVideo takes, inclusive: 500 MB (seed). Bytes. */
export const MAX_FILE_BYTES = 524_288_000;

/** Two hours: 500 MB at 70 kB/s. n8n's own limit of five minutes would end slow uploads. */
const UPLOAD_TIMEOUT_MS = 7_200_000;
/** NemoVideo may fetch the URLs before it answers. */
const URL_UPLOAD_TIMEOUT_MS = 900_000;

/** What is uploaded: files of n8n, or addresses that NemoVideo fetches itself. */
export type Media = { files: UploadPart[] } | { urls: string[] };

/** What NemoVideo says of an upload, by the place that a file has in it. */
export interface UploadAnswer {
	/** Undefined where the answer doesn't name the file. */
	files: Array<UploadedFile | undefined>;
	/** Files that NemoVideo didn't take, and why. */
	refused: ReadonlyMap<number, NemoVideoError>;
	/** NemoVideo says that it hasn't put the files into the session. */
	isLeftOut: boolean;
	/** Files that the answer lists as taken, under whatever names. */
	listed: number;
	/** What the answer says beside its list. */
	words: string;
	/** The answer says that the upload failed, without naming the files. */
	failure: NemoVideoError | undefined;
}

const ENDPOINT: Endpoint = {
	method: 'POST',
	path: '/api/upload-video/nemo_agent/me/{session}',
	notFound: 'session',
	onlyOnce: true,
	tellsFailures: true,
};

const uploadSchema = looseObject({ files: array(unknown()) });

/**
 * Puts files into a session: from n8n as multipart, or by URL for NemoVideo to fetch.
 * Repeated only after a definite refusal, because a file that is sent twice is in the video twice.
 *
 * @param lease the right to send to the session
 * @param ticket names this upload among all that was sent to the session
 * @returns what the answer says of each file
 * @throws NemoVideoError; its outcome is `unknown` where the files may have arrived
 */
export async function uploadMedia(
	client: NemoVideoClient,
	lease: SessionLease,
	ticket: string,
	media: Media,
): Promise<UploadAnswer> {
	if ('urls' in media) await refusePrivate(client, media.urls);
	lease.sends(ticket);
	const request: ApiRequest = {
		method: ENDPOINT.method,
		path: sessionPath('/api/upload-video', lease.sessionId),
		...('files' in media
			? { files: media.files, timeoutMs: UPLOAD_TIMEOUT_MS }
			: {
					json: toJson({ urls: media.urls, source_type: 'url' }),
					timeoutMs: URL_UPLOAD_TIMEOUT_MS,
				}),
	};
	return await withRetry(client, { idempotent: false }, async () => {
		const { data, body } = unwrapResponse(await client.transport.send(request), ENDPOINT);
		const failed = failuresBeside(data, media);
		const [failure] = [data, body].flatMap((told) => refusalOf(told) ?? []);
		const answer = failure || failed.length > 0 ? { files: [], ...data } : data;
		const { files } = checkShape(uploadSchema, answer, ENDPOINT);
		return {
			...readAnswer([...files, ...failed], namesOf(media)),
			isLeftOut: data.session_state_applied === false,
			words: quoteSanitized(extractMessage(data)),
			// Unlike an entry of the list, it doesn't say that nothing arrived.
			failure: failure?.with({ outcome: outcomeOf('noAnswer') }),
		};
	});
}

/** @throws NemoVideoError where NemoVideo can't fetch a URL, unless it runs on such a host itself */
async function refusePrivate(client: NemoVideoClient, urls: string[]): Promise<void> {
	const url = urls.find(isPrivateAddress);
	if (url === undefined || isPrivateAddress((await client.account()).baseUrl)) return;
	throw new NemoVideoError('input', `NemoVideo can't reach ${url}`, {
		description: 'Download the file in n8n first, with HTTP Request, and upload it as a file.',
		files: urls,
		outcome: outcomeOf('notSent'),
	});
}

/** The names the files will have, in order. */
export function namesOf(media: Media): string[] {
	if ('files' in media) return media.files.map(({ filename }) => filename);
	return media.urls.map((url) =>
		decodeURIComponentSafely(new URL(url).pathname.split('/').pop() ?? ''),
	);
}

function decodeURIComponentSafely(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function readAnswer(
	entries: unknown[],
	names: string[],
): Pick<UploadAnswer, 'files' | 'refused' | 'listed'> {
	const read = entries.map((entry) => ({ file: readFile(entry), error: refusalOf(entry) }));
	const { places } = matchFiles(
		read.map(({ file }) => file),
		names,
	);
	const refused = new Map<number, NemoVideoError>();
	const files = names.map((name, place) => {
		const entry = read[places[place] ?? -1];
		if (entry?.error) refused.set(place, entry.error);
		return entry && !entry.error
			? { ...entry.file, filename: entry.file.filename || name }
			: undefined;
	});
	return { files, refused, listed: read.filter(({ error }) => !error).length };
}

/** Files that an answer lists apart, as not taken; NemoVideo hasn't published how. */
function failuresBeside(data: Record<string, unknown>, media: Media): unknown[] {
	const names = namesOf(media);
	const known = 'urls' in media ? media.urls : names;
	/** By the longest of the names or URLs that it holds. */
	const nameIn = (words: string): string | undefined =>
		names[
			known.indexOf(
				known
					.filter((one) => words.includes(one))
					.sort(byLength)
					.at(-1) ?? '',
			)
		];
	return [data.failed, data.errors, data.rejected, data.refused]
		.flatMap((list) => (Array.isArray(list) ? list : []))
		.flatMap((entry: unknown) => {
			const told = isRecord(entry) ? entry : { error: entry };
			const filename = readFile(told).filename || nameIn(JSON.stringify(told));
			return filename ? [{ ...told, filename, success: false }] : [];
		});
}

function byLength(one: string, other: string): number {
	return one.length - other.length;
}

/** What an entry of the answer says against its file; NemoVideo hasn't published how. */
function refusalOf(entry: unknown): NemoVideoError | undefined {
	if (!isRecord(entry)) return undefined;
	if (!hasFailed(entry)) return undefined;
	const code = extractCode(entry);
	const message = extractMessage(entry);
	if (code) return errorFromCode({ endpoint: nameOf(ENDPOINT), code, message });
	const words = quoteSanitized(message);
	return new NemoVideoError(
		words === '' ? 'protocol' : 'input',
		"NemoVideo didn't accept the file",
		{
			description: words === '' ? '' : `NemoVideo says: ${words}.`,
			...(words === '' ? {} : { says: words }),
			outcome: outcomeOf({ status: 200, code: 4001 }),
		},
	);
}
