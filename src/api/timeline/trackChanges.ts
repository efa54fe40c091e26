import { VOLUME_KEYS, type DraftSegment, type DraftTrack } from './draft';
import { pairUp } from './pairing';
import {
	describeKeys,
	differingKeys,
	quote,
	segmentChanges,
	timesOf,
	type SegmentChange,
} from './segmentChanges';
import { trackLabel } from './timeline';
import { range } from './wording';

/** Up to this many alike changes on a track are told one by one. */
const TOLD_SINGLY = 3;

/** Keys of a track that other rules tell, or that a person never sees. */
const TOLD_OF_TRACK = new Set(['id', 'tt', 'sg', 'd', 'm', ...VOLUME_KEYS]);

/** Tells what became of the tracks, in their order; gone ones last. */
export function trackChanges(
	before: readonly DraftTrack[],
	after: readonly DraftTrack[],
): string[] {
	const { pairs, removed, added } = pairUp(before, after, [
		(track) => (track.id === undefined ? undefined : `${track.type} ${track.id}`),
		(track) => trackKey(track, (segment) => segment.id),
		(track) => trackKey(track, (segment) => segment.name),
		(track) => `${track.type} ${track.typeCode}`,
	]);
	return [
		...pairs.flatMap(([was, now]) => changesOfTrack(was, now)),
		...added.flatMap(addedTrack),
		...removed.map((track) => `Track removed: ${trackLabel(track)}${firstNames(track)}`),
		...reordered(pairs, after),
	];
}

function trackKey(
	track: DraftTrack,
	read: (segment: DraftSegment) => string | undefined,
): string | undefined {
	const [first] = track.segments;
	const key = first === undefined ? undefined : read(first);
	return key === undefined ? undefined : `${track.type} ${track.typeCode} ${key}`;
}

function changesOfTrack(before: DraftTrack, after: DraftTrack): string[] {
	const { pairs, removed, added } = pairUp(before.segments, after.segments, [
		(segment) => segment.id,
		(segment) => `${segment.startMs} ${segment.endMs} ${segment.name}`,
		(segment) => segment.name,
		(_segment, index) => String(index),
	]);
	const keys = describeKeys(differingKeys(before.raw, after.raw), TOLD_OF_TRACK);
	return [
		...(added.length === 0 ? [] : segmentsCameOrWent(after, added, 'added')),
		...(removed.length === 0 ? [] : segmentsCameOrWent(before, removed, 'removed')),
		...gather(
			after,
			pairs.flatMap(([was, now]) => segmentChanges(after, was, now)),
		),
		...(keys === '' ? [] : [`${trackLabel(after)} track changed: ${keys}`]),
	];
}

function addedTrack(track: DraftTrack): string[] {
	if (track.segments.length === 0) return [`Track added: ${trackLabel(track)} (empty)`];
	return segmentsCameOrWent(track, track.segments, 'added');
}

function segmentsCameOrWent(
	track: DraftTrack,
	segments: readonly DraftSegment[],
	verb: 'added' | 'removed',
): string[] {
	const label = trackLabel(track);
	if (segments.length <= TOLD_SINGLY) {
		return segments.map(
			(segment) => `${label} ${verb}: ${quote(segment)}${timesOf(track, segment)}`,
		);
	}
	const startMs = segments.reduce((least, { startMs: ms }) => Math.min(least, ms), Infinity);
	const endMs = segments.reduce((most, { endMs: ms }) => Math.max(most, ms), 0);
	const when = endMs > startMs ? ` (${range(startMs, endMs)})` : '';
	return [
		`${segments.length} ${plural(track)} ${verb}:${firstNames({ ...track, segments: [...segments] })}${when}`,
	];
}

/** Many alike changes in one line: cutting the first clip of ten moves nine. */
function gather(track: DraftTrack, changes: readonly SegmentChange[]): string[] {
	const counts = new Map<string, number>();
	for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	const told = new Set<string>();
	return changes.flatMap(({ kind, line }) => {
		const count = counts.get(kind) ?? 0;
		if (count <= TOLD_SINGLY) return [line];
		if (told.has(kind)) return [];
		told.add(kind);
		return [`${count} ${plural(track)} ${kind}`];
	});
}

function firstNames(track: DraftTrack): string {
	if (track.segments.length === 0) return ' (empty)';
	const names = track.segments.slice(0, TOLD_SINGLY).map(quote).join(', ');
	const left = track.segments.length - TOLD_SINGLY;
	return ` ${names}${left > 0 ? ` and ${left} more` : ''}`;
}

function plural(track: DraftTrack): string {
	switch (track.type) {
		case 'video':
			return 'clips';
		case 'audio':
			return 'BGM parts';
		case 'text':
			return 'titles';
		default:
			return 'other parts';
	}
}

function reordered(
	pairs: ReadonlyArray<[DraftTrack, DraftTrack]>,
	after: readonly DraftTrack[],
): string[] {
	const places = new Map(after.map((track, index) => [track, index]));
	const order = pairs.map(([, now]) => places.get(now) ?? 0);
	const isInOrder = order.every((place, index) => index === 0 || place > (order[index - 1] ?? 0));
	return isInOrder ? [] : ['Tracks reordered'];
}
