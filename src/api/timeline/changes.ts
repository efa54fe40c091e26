import { asDraft, LENGTH_KEYS, readMeta, readName, readNumber, readTracks } from './draft';
import { isRecord } from '../json';
import { fileChanges, generatedChanges } from './mediaChanges';
import { sameJson } from './sameJson';
import { trackChanges } from './trackChanges';
import { seconds } from './wording';

/** What a turn can change of a session's state. */
export interface SessionView {
	/** `data.state.draft` */
	draft: unknown;
	/** `data.state.video_infos` */
	videoInfos: unknown;
	/** `data.state.generated_media` */
	generatedMedia: unknown;
}

/** Said when a difference is there that no rule has words for. */
export const UNNAMED_CHANGE = 'The timeline changed in a way this summary cannot name';

/** Lines told; the rest is counted. */
const MAX_LIST = 40;

/**
 * Tells in words what a turn changed: about 30% of NemoVideo's edits end without a word of their
 * own.
 *
 * @param before the session's state as read before the turn
 * @param after the state as read afterwards
 * @returns one line a change, such as `Title added: 'Paradise Found' (0-3s)`; empty when nothing
 *   differs. Never throws on JSON.
 */
export function describeChanges(before: SessionView, after: SessionView): string[] {
	const lines = [
		...fileChanges(before.videoInfos, after.videoInfos),
		...generatedChanges(before.generatedMedia, after.generatedMedia),
		...draftChanges(asDraft(before.draft) ?? {}, asDraft(after.draft) ?? {}),
	];
	if (lines.length === 0) return isSameView(before, after) ? [] : [UNNAMED_CHANGE];
	if (lines.length <= MAX_LIST) return lines;
	return [...lines.slice(0, MAX_LIST), `and ${lines.length - MAX_LIST} more changes`];
}

type Draft = Readonly<Record<string, unknown>>;

function draftChanges(before: Draft, after: Draft): string[] {
	if (sameJson(before, after)) return [];
	return [
		...trackChanges(readTracks(before), readTracks(after)),
		...changed('Length', lengthOf(before), lengthOf(after)),
		...changed('Canvas', canvasOf(before), canvasOf(after)),
		...changed('Project title', titleOf(before), titleOf(after)),
	];
}

/** Absent, null, empty text, empty list and empty object all say that there is nothing. */
function isSameView(before: SessionView, after: SessionView): boolean {
	return (
		sameJson(asDraft(before.draft) ?? {}, asDraft(after.draft) ?? {}) &&
		sameJson(orNull(before.videoInfos), orNull(after.videoInfos)) &&
		sameJson(orNull(before.generatedMedia), orNull(after.generatedMedia))
	);
}

function orNull(media: unknown): unknown {
	if (media === undefined || media === '') return null;
	if (Array.isArray(media)) return media.length === 0 ? null : media;
	return isRecord(media) && Object.keys(media).length === 0 ? null : media;
}

function changed(what: string, was: string | undefined, now: string | undefined): string[] {
	if (was === now) return [];
	if (was === undefined) return [`${what}: ${now}`];
	return [`${what}: ${was} -> ${now ?? 'not set'}`];
}

function lengthOf(draft: Draft): string | undefined {
	const statedMs = readNumber([draft], LENGTH_KEYS);
	const lastMs = readTracks(draft).reduce((end, track) => Math.max(end, track.endMs), 0);
	const ms = statedMs !== undefined && statedMs > 0 ? statedMs : lastMs;
	return ms > 0 ? `${seconds(ms)}s` : undefined;
}

function canvasOf(draft: Draft): string | undefined {
	const sources = [readMeta(draft), draft];
	const width = readNumber(sources, ['width', 'w']);
	const height = readNumber(sources, ['height', 'h']);
	return width === undefined || height === undefined ? undefined : `${width}x${height}`;
}

function titleOf(draft: Draft): string | undefined {
	const title = readName([readMeta(draft)], ['title', 'name']);
	return title === undefined ? undefined : `'${title}'`;
}
