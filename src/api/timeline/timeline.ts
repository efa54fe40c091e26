import {
	asDraft,
	countTracks,
	hasSegments,
	LENGTH_KEYS,
	readNumber,
	readTracks,
	type DraftTrack,
	type TrackType,
} from './draft';
import { range } from './wording';

export interface Track {
	type: TrackType;
	/** One line, at most about 80 characters, nothing invisible: names come from the backend. */
	name: string;
	startMs: number;
	endMs: number;
	/** 0 is silent, 100 as recorded; absent where the draft does not say. */
	volumePercent?: number;
}

export interface Timeline {
	/** The tracks in one line, in the format of NemoVideo's skill text. */
	summary: string;
	/** The first 1,000. */
	tracks: Track[];
	durationMs: number;
	/** Whether a render can be ordered: some track holds at least one segment. */
	readyToExport: boolean;
}

/** Tracks named one by one in the summary; the rest is counted. */
const MAX_SUMMARY = 40;

export const UNTITLED = 'untitled';

/**
 * Reads NemoVideo's draft into what a person wants to know of it.
 *
 * @param draft `data.state.draft` as the state gave it; absent, null, empty and a JSON text are fine
 * @returns the timeline; an empty one for anything that is no draft. Never throws on JSON.
 */
export function readTimeline(draft: unknown): Timeline {
	const found = asDraft(draft);
	const tracks = found === undefined ? [] : readTracks(found);
	const lastMs = tracks.reduce((end, track) => Math.max(end, track.endMs), 0);
	const statedMs = found === undefined ? undefined : readNumber([found], LENGTH_KEYS);
	const isStated = statedMs !== undefined && statedMs > 0;
	return {
		summary: summarise(tracks, found === undefined ? 0 : countTracks(found)),
		tracks: tracks.map(toTrack),
		durationMs: isStated ? Math.min(Math.round(statedMs), Number.MAX_SAFE_INTEGER) : lastMs,
		readyToExport: isReadyToExport(draft),
	};
}

/**
 * Whether the session has a timeline: its draft is not empty and, where it lists tracks, lists one.
 *
 * @param draft `data.state.draft` as the state gave it
 */
export function hasTimeline(draft: unknown): boolean {
	const found = asDraft(draft);
	return found !== undefined && !(Array.isArray(found.t) && found.t.length === 0);
}

/**
 * Whether a render can be ordered: `t` exists and some track has a non-empty `sg`.
 *
 * @param draft `data.state.draft` as the state gave it
 */
export function isReadyToExport(draft: unknown): boolean {
	const found = asDraft(draft);
	return found !== undefined && hasSegments(found);
}

/** What NemoVideo calls a track of this type. */
export function trackLabel(track: Pick<DraftTrack, 'type' | 'typeCode'>): string {
	switch (track.type) {
		case 'video':
			return 'Video';
		case 'audio':
			return 'BGM';
		case 'text':
			return 'Title';
		default:
			// No number is published; what is known of other tracks is that they are effects.
			return track.typeCode === undefined ? 'Other' : 'Effects';
	}
}

function summarise(tracks: readonly DraftTrack[], count: number): string {
	const head = `Timeline (${count} ${count === 1 ? 'track' : 'tracks'}):`;
	if (tracks.length === 0) return `${head} nothing on it yet`;
	const named = tracks
		.slice(0, MAX_SUMMARY)
		.map((track, index) => `${index + 1}. ${describeTrack(track)}`);
	const left = count - named.length;
	return [head, ...named, ...(left > 0 ? [`and ${left} more`] : [])].join(' ');
}

function describeTrack(track: DraftTrack): string {
	const label = trackLabel(track);
	if (track.segments.length === 0) return `${label}: empty`;
	const { first, others } = nameParts(track);
	const isQuoted = track.type === 'text' && first !== UNTITLED;
	const name = isQuoted ? `"${first.replace(/"/gu, "'")}"` : first;
	const details = [
		...(track.endMs > track.startMs ? [range(track.startMs, track.endMs)] : []),
		...(track.type === 'audio' ? trackVolume(track).map((percent) => `${percent}%`) : []),
	];
	return `${label}: ${name}${others}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

/** A track of one segment bears its name; of several, the first one's and a count. */
function nameParts(track: DraftTrack): { first: string; others: string } {
	const names = track.segments.map((segment) => segment.name ?? track.name ?? UNTITLED);
	const first = names[0] ?? track.name ?? UNTITLED;
	if (names.length < 2) return { first, others: '' };
	const isOneInParts = names.every((name) => name === first);
	return {
		first,
		others: isOneInParts ? ` in ${names.length} parts` : ` and ${names.length - 1} more`,
	};
}

function trackVolume(track: DraftTrack): number[] {
	const volumes = track.segments.flatMap((segment) => segment.volumePercent ?? []);
	return volumes.slice(0, 1);
}

function toTrack(track: DraftTrack): Track {
	const { first, others } = nameParts(track);
	const [volumePercent] = trackVolume(track);
	return {
		type: track.type,
		name: `${first}${others}`,
		startMs: track.startMs,
		endMs: track.endMs,
		...(volumePercent === undefined ? {} : { volumePercent }),
	};
}
