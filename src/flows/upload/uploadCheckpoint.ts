import type { StoredFailure } from '../../api/errors';
import { hashOf, isRecord } from '../../api/json';
import type { FileMark, UploadedFile } from '../../api/sessionFiles';
import { namesOf, type Media } from '../../api/upload';

/** What is remembered of an upload. Written before the files leave. */
export type UploadCheckpoint = PendingUpload | { phase: 'done'; files: UploadedFile[] };

/** A file of an upload. */
export interface SentFile {
	/** A hash by which the same file is known in other items and executions. */
	key: string;
	name: string;
}

/** Files that were sent and of which nobody knows yet whether they arrived. */
export interface PendingUpload {
	phase: 'sending';
	sessionId: string;
	/** Names the upload among all that was sent to the session. */
	ticket: string;
	/** When it was sent, or its request ended. Milliseconds since the epoch. */
	leftAt: number;
	/** Files that the session held before. */
	before: FileMark[];
	sent: SentFile[];
	/** Files of the item that have arrived as far as that is known, by their keys. */
	arrived: Array<[key: string, file: UploadedFile]>;
	/** Whether what turns out to be missing may be sent once more. */
	mayBeSentAgain: boolean;
	/** What is told where another look finds nothing either: it was looked for with patience. */
	failure?: StoredFailure;
}

/** The files of an upload, each with a key of its own. */
export function filesOf(media: Media): SentFile[] {
	const names = namesOf(media);
	const contents: unknown[] =
		'files' in media
			? media.files.map(({ filename, sizeBytes, contentId }) => [filename, sizeBytes, contentId])
			: media.urls;
	const seen = new Map<string, number>();
	return contents.map((content, place) => {
		const hash = hashOf(content);
		const count = (seen.get(hash) ?? 0) + 1;
		seen.set(hash, count);
		// A file may be in an upload twice.
		return { key: count === 1 ? hash : `${hash}#${count}`, name: names[place] ?? '' };
	});
}

/**
 * Gives files of one name different ones, as a file system does: `image.jpg` and `image-2.jpg`. The
 * session shows names alone, so that nobody could tell which of them has arrived.
 */
export function withOwnNames(media: Media): Media {
	if (!('files' in media)) return media;
	const taken = new Set(media.files.map(({ filename }) => filename.toLowerCase()));
	const seen = new Set<string>();
	const files = media.files.map((file) => {
		let { filename } = file;
		for (let count = 2; seen.has(filename.toLowerCase()); count++) {
			const numbered = file.filename.replace(/(?=\.[^.]*$)|$/, `-${count}`);
			if (!taken.has(numbered.toLowerCase())) filename = numbered;
		}
		taken.add(filename.toLowerCase());
		seen.add(filename.toLowerCase());
		return { ...file, filename };
	});
	return { files };
}

/** The part of an upload at some places. */
export function selectMedia(media: Media, places: ReadonlySet<number>): Media {
	const isWanted = (_value: unknown, place: number) => places.has(place);
	return 'files' in media
		? { files: media.files.filter(isWanted) }
		: { urls: media.urls.filter(isWanted) };
}

/** Whether a remembered value is an upload's record. */
export function isUploadCheckpoint(value: unknown): value is UploadCheckpoint {
	if (!isRecord(value)) return false;
	return value.phase === 'done' ? Array.isArray(value.files) : isPendingUpload(value);
}

/** Whether a remembered value is an upload whose end isn't known. */
export function isPendingUpload(value: unknown): value is PendingUpload {
	return (
		isRecord(value) &&
		value.phase === 'sending' &&
		typeof value.ticket === 'string' &&
		typeof value.leftAt === 'number' &&
		[value.before, value.sent, value.arrived].every(Array.isArray)
	);
}
