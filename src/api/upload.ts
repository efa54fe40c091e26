import type { NemoVideoClient } from './client';
import { checkShape, openEnvelope } from './envelope';
import { isRecord, toJson } from './json';
import { withRetry } from './retry';
import { sessionPath } from './state';
import type { ApiRequest, UploadPart } from './transport';
import { webAddress } from './webAddress';
import { z } from '../vendor';

/** The largest file NemoVideo takes, inclusive: 500 MB (seed). Bytes. */
export const MOST_FILE_BYTES = 524_288_000;

/** Two hours: 500 MB at 70 kB/s. n8n's own limit of five minutes would end slow uploads. */
const UPLOAD_TIMEOUT_MS = 7_200_000;
/** NemoVideo may fetch the URLs before it answers. */
const URL_UPLOAD_TIMEOUT_MS = 900_000;

export interface UploadedFile {
	filename: string;
	fileType: string;
	cdnUrl: string;
	durationSeconds?: number;
	width?: number;
	height?: number;
	fps?: number;
	hash?: string;
}

const optionalNumber = z.coerce.number().finite().nullish().catch(undefined);
const fileSchema = z
	.object({
		filename: z.string().nullish(),
		file_type: z.string().nullish(),
		cdn_url: z.string().nullish(),
		duration: optionalNumber,
		width: optionalNumber,
		height: optionalNumber,
		fps: optionalNumber,
		hash: z.coerce.string().nullish(),
	})
	.passthrough();
const uploadSchema = z.object({ files: z.array(fileSchema) }).passthrough();

/**
 * Puts files into a session: from n8n as multipart, or by URL for NemoVideo to fetch.
 * Repeated only after a definite refusal, because a file that is sent twice is in the video twice.
 *
 * @throws NemoVideoError; its outcome is `unknown` where the files may have arrived
 */
export async function uploadMedia(
	client: NemoVideoClient,
	sessionId: string,
	media: { files: UploadPart[] } | { urls: string[] },
): Promise<UploadedFile[]> {
	const endpoint = {
		name: 'POST /api/upload-video/nemo_agent/me/{session}',
		notFound: 'session' as const,
	};
	const request: ApiRequest = {
		method: 'POST',
		path: sessionPath('/api/upload-video', sessionId),
		...('files' in media
			? { files: media.files, timeoutMs: UPLOAD_TIMEOUT_MS }
			: {
					json: toJson({ urls: media.urls, source_type: 'url' }),
					timeoutMs: URL_UPLOAD_TIMEOUT_MS,
				}),
	};
	return await withRetry(client, { as: 'costly' }, async () => {
		const { data } = openEnvelope(await client.transport.send(request), endpoint);
		const { files } = checkShape(uploadSchema, data, endpoint);
		const names = namesOf(media);
		return files.map((file, index) => readUploadedFile(file, names[index] ?? ''));
	});
}

/** The names the files will have, in order. */
export function namesOf(media: { files: UploadPart[] } | { urls: string[] }): string[] {
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

function readUploadedFile(file: z.infer<typeof fileSchema>, knownName: string): UploadedFile {
	return {
		filename: file.filename || knownName,
		fileType: file.file_type ?? 'unknown',
		cdnUrl: webAddress(file.cdn_url) ?? '',
		...present('durationSeconds', file.duration),
		...present('width', file.width),
		...present('height', file.height),
		...present('fps', file.fps),
		...present('hash', file.hash),
	};
}

function present<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
	const found: { [P in K]?: V } = {};
	if (value !== null && value !== undefined) found[key] = value;
	return found;
}

/**
 * What a session's state says of its uploaded files. The shape of its entries is not published:
 * names and links are read where they are, in the words the upload itself uses.
 */
export function filesInState(videoInfos: unknown): UploadedFile[] {
	const entries = Array.isArray(videoInfos)
		? videoInfos
		: isRecord(videoInfos)
			? Object.values(videoInfos)
			: [];
	return entries.map((entry) => readUploadedFile(fileSchema.catch({}).parse(entry), ''));
}
