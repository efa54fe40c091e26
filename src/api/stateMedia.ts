import { isRecord } from './json';

/** Statuses by which media say that they aren't there yet; NemoVideo has published none. */
const UNDER_WAY =
	/^(?:running|pending|processing|queued|waiting|working|generating|in[ _-]?progress|started|submitted|uploading|rendering)$/i;

/**
 * The media of a session's state that are there: lists and maps of them without those that are still
 * being made.
 *
 * @param media `video_infos` or `generated_media`, whose shapes NemoVideo hasn't published
 * @returns undefined where nothing is there
 */
export function finishedMedia(media: unknown): unknown {
	if (media === null || media === '' || isUnderWay(media)) return undefined;
	if (Array.isArray(media)) {
		const finished = media.filter((entry) => !isUnderWay(entry));
		return finished.length === 0 ? undefined : finished;
	}
	if (!isRecord(media)) return media;
	const finished = Object.entries(media).filter(([, entry]) => !isUnderWay(entry));
	return finished.length === 0 ? undefined : Object.fromEntries(finished);
}

/**
 * Files by what names them: NemoVideo may add to an entry what it finds out about its file.
 *
 * @param media as `finishedMedia` gave it
 */
export function namesOfMedia(media: unknown): unknown {
	if (Array.isArray(media)) return media.map(nameOf);
	if (!isRecord(media)) return media;
	return Object.fromEntries(
		Object.entries(media).map(([key, entry]) => [
			key,
			Array.isArray(entry) ? entry.map(nameOf) : nameOf(entry),
		]),
	);
}

function nameOf(entry: unknown): unknown {
	if (!isRecord(entry)) return entry;
	const { filename, cdn_url } = entry;
	return filename === undefined && cdn_url === undefined ? entry : { filename, cdn_url };
}

/** Whether an entry of them says that it is still being made. */
export function isUnderWay(entry: unknown): boolean {
	if (!isRecord(entry)) return false;
	const status = entry.status ?? entry.state;
	return typeof status === 'string' && UNDER_WAY.test(status.trim());
}
