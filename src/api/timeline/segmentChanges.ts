import {
	END_KEYS,
	FILE_KEYS,
	LENGTH_KEYS,
	NAME_KEYS,
	readMeta,
	readName,
	readNumber,
	START_KEYS,
	VOLUME_KEYS,
	type DraftSegment,
	type DraftTrack,
} from './draft';
import { sameJson } from './sameJson';
import { trackLabel, UNTITLED } from './timeline';
import { cleanName, range } from './wording';

/** One difference of a segment; `kind` lets many alike be told in one line. */
export interface SegmentChange {
	kind: string;
	line: string;
}

/** Keys whose difference is told by a rule below, or that a person never sees. */
const TOLD = new Set([
	...['id', 'm', 'style', 'speed'],
	...START_KEYS,
	...LENGTH_KEYS,
	...END_KEYS,
	...NAME_KEYS,
	...FILE_KEYS,
	...VOLUME_KEYS,
]);

/** A segment's name in single quotes. */
export function quote(segment: DraftSegment): string {
	return `'${segment.name ?? UNTITLED}'`;
}

/** When a segment plays and how loud its track's kind of sound is: `(0-10s, 35%)`. */
export function timesOf(track: DraftTrack, segment: DraftSegment): string {
	const details = [
		...(segment.endMs > segment.startMs ? [range(segment.startMs, segment.endMs)] : []),
		...(track.type === 'audio' && segment.volumePercent !== undefined
			? [`${segment.volumePercent}%`]
			: []),
	];
	return details.length > 0 ? ` (${details.join(', ')})` : '';
}

/**
 * Tells one segment from what it was.
 *
 * @param track the track it is on now
 */
export function segmentChanges(
	track: DraftTrack,
	before: DraftSegment,
	after: DraftSegment,
): SegmentChange[] {
	// A track's own volume and the segments before it decide what a segment does not say itself.
	const isSame =
		before.startMs === after.startMs &&
		before.volumePercent === after.volumePercent &&
		sameJson(before.raw, after.raw);
	if (isSame) return [];
	const label = trackLabel(track);
	const subject = `${label} ${quote(after)}`;
	return [
		...nameChange(track, before, after),
		...timeChange(subject, before, after),
		...volumeChange(track, before, after),
		...styleChange(subject, before, after),
		...speedChange(subject, before, after),
		...otherChange(subject, before, after),
	];
}

function nameChange(track: DraftTrack, before: DraftSegment, after: DraftSegment): SegmentChange[] {
	const label = trackLabel(track);
	if (before.name !== after.name) {
		const verb = track.type === 'text' ? 'changed' : 'replaced';
		return [{ kind: verb, line: `${label} ${verb}: ${quote(before)} -> ${quote(after)}` }];
	}
	if (before.file !== after.file && before.file !== undefined && after.file !== undefined) {
		const files = `'${before.file}' -> '${after.file}'`;
		return [{ kind: 'given other files', line: `${label} ${quote(after)} file: ${files}` }];
	}
	return [];
}

function timeChange(subject: string, before: DraftSegment, after: DraftSegment): SegmentChange[] {
	const isSameStart = before.startMs === after.startMs;
	const isSameEnd = before.endMs === after.endMs;
	if (isSameStart && isSameEnd) return [];
	const lengthBeforeMs = before.endMs - before.startMs;
	const lengthAfterMs = after.endMs - after.startMs;
	let verb = 'retimed';
	if (lengthBeforeMs === lengthAfterMs) verb = 'moved';
	else if (isSameStart || isSameEnd)
		verb = lengthAfterMs < lengthBeforeMs ? 'trimmed' : 'lengthened';
	const times = [before, after].map((segment) => range(segment.startMs, segment.endMs));
	return [{ kind: verb, line: `${subject} ${verb}: ${times.join(' -> ')}` }];
}

function volumeChange(
	track: DraftTrack,
	before: DraftSegment,
	after: DraftSegment,
): SegmentChange[] {
	if (before.volumePercent === after.volumePercent) return [];
	const label = trackLabel(track);
	const subject = track.segments.length > 1 ? `${label} ${quote(after)}` : label;
	const now = after.volumePercent === undefined ? 'not set' : `${after.volumePercent}%`;
	const was = before.volumePercent === undefined ? '' : `${before.volumePercent}% -> `;
	return [{ kind: 'given another volume', line: `${subject} volume: ${was}${now}` }];
}

function styleChange(subject: string, before: DraftSegment, after: DraftSegment): SegmentChange[] {
	const [was, now] = [before, after].map(styleOf);
	if (sameJson(was, now)) return [];
	const words = [was, now].map((style) => (typeof style === 'string' ? cleanName(style) : ''));
	const isTellable = words[1] !== '' && (words[0] !== '' || was === undefined);
	const change = words.filter((word) => word !== '').join(' -> ');
	const line = isTellable ? `${subject} style: ${change}` : `${subject} style changed`;
	return [{ kind: 'restyled', line }];
}

function styleOf(segment: DraftSegment): unknown {
	return readMeta(segment.raw).style ?? segment.raw.style;
}

function speedChange(subject: string, before: DraftSegment, after: DraftSegment): SegmentChange[] {
	const [was, now] = [before, after].map((segment) =>
		readNumber([readMeta(segment.raw), segment.raw], ['speed']),
	);
	if (was === now) return [];
	return [{ kind: 'given another speed', line: `${subject} speed: ${was ?? 1}x -> ${now ?? 1}x` }];
}

/** Names the keys that differ and that no rule reads, so that the change is at least located. */
function otherChange(subject: string, before: DraftSegment, after: DraftSegment): SegmentChange[] {
	const keys = [
		...differingKeys(before.raw, after.raw),
		...differingKeys(readMeta(before.raw), readMeta(after.raw)),
	];
	const names = describeKeys(keys);
	return names === '' ? [] : [{ kind: 'changed', line: `${subject} changed: ${names}` }];
}

/** Keys as words, at most four of them; empty when all are told by other rules. */
export function describeKeys(keys: readonly string[], told: ReadonlySet<string> = TOLD): string {
	const names = keys.flatMap((key) => (told.has(key) ? [] : (readName([{ key }], ['key']) ?? [])));
	const shown = names.slice(0, 4).join(', ');
	return names.length > 4 ? `${shown} and more` : shown;
}

/** The keys under which two objects say different things. */
export function differingKeys(
	before: Readonly<Record<string, unknown>>,
	after: Readonly<Record<string, unknown>>,
): string[] {
	const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
	return [...keys].filter((key) => !sameJson(before[key], after[key]));
}
