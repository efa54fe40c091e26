import { isLosslessNumber, isRecord, parseJson } from '../json';
import { cleanName, fileNameOf } from './wording';

export type TrackType = 'video' | 'audio' | 'text' | 'other';

export interface DraftSegment {
	id: string | undefined;
	/** Title or text, else the file's name; cleaned for showing. */
	name: string | undefined;
	/** The file it plays, by name. */
	file: string | undefined;
	startMs: number;
	endMs: number;
	volumePercent: number | undefined;
	/** As the backend sent it. */
	raw: Readonly<Record<string, unknown>>;
}

export interface DraftTrack {
	id: string | undefined;
	type: TrackType;
	/** The track type as sent, for types nobody has published. */
	typeCode: string | undefined;
	name: string | undefined;
	segments: DraftSegment[];
	startMs: number;
	endMs: number;
	raw: Readonly<Record<string, unknown>>;
}

/**
 * NemoVideo publishes five keys of the draft: t, tt, sg, d (milliseconds) and m. Everything else
 * is looked for under the names it may plausibly have.
 */
export const START_KEYS = ['st', 's', 'start', 'start_ms', 'startMs', 'start_time', 'startTime'];
export const LENGTH_KEYS = ['d', 'duration', 'duration_ms', 'durationMs'];
export const END_KEYS = ['et', 'e', 'end', 'end_ms', 'endMs', 'end_time', 'endTime'];
export const NAME_KEYS = ['title', 'text', 'content', 'name', 'caption', 'label', 'n'];
export const FILE_KEYS = [
	'filename',
	'fileName',
	'file_name',
	'file',
	'url',
	'src',
	'source',
	'cdn_url',
	'cdnUrl',
	'path',
];
export const VOLUME_KEYS = ['volume', 'v', 'vol', 'volume_percent', 'volumePercent'];

/** What is written is the text itself, so on a text track it goes before a title. */
const TEXT_NAME_KEYS = ['text', 'content', ...NAME_KEYS];

/**
 * The draft as an object.
 *
 * @param draft the state's draft: an object, a JSON text of one, or nothing yet
 * @returns undefined for everything that is not an object with at least one key
 */
export function asDraft(draft: unknown): Readonly<Record<string, unknown>> | undefined {
	let value = draft;
	if (typeof value === 'string') {
		try {
			value = parseJson(value);
		} catch {
			return undefined;
		}
	}
	return isRecord(value) && Object.keys(value).length > 0 ? value : undefined;
}

/** Tracks and segments that are looked at; a real film has some dozens and some hundreds. */
export const MAX_TRACKS = 1_000;
const MAX_SEGMENTS = 10_000;

/**
 * The draft's tracks in order, read leniently; entries that are no objects are left out. A draft
 * that was made to exhaust n8n is read in part: its first 1,000 tracks, and 10,000 segments of each.
 */
export function readTracks(draft: Readonly<Record<string, unknown>>): DraftTrack[] {
	const wholeMs = readMs([draft], LENGTH_KEYS);
	return rawTracks(draft)
		.slice(0, MAX_TRACKS)
		.filter(isRecord)
		.map((track) => readTrack(track, wholeMs));
}

/** How many tracks the draft lists, those that are not looked at included. */
export function countTracks(draft: Readonly<Record<string, unknown>>): number {
	return rawTracks(draft).filter(isRecord).length;
}

/** Whether some track holds a segment. */
export function hasSegments(draft: Readonly<Record<string, unknown>>): boolean {
	return rawTracks(draft).some(
		(track) => isRecord(track) && Array.isArray(track.sg) && track.sg.some(isRecord),
	);
}

/**
 * Whether a draft is a timeline on which nothing lies. One of another shape than the published one
 * may hold something.
 */
export function isUnfilled(draft: unknown): boolean {
	const found = asDraft(draft);
	return found !== undefined && Array.isArray(found.t) && !hasSegments(found);
}

function rawTracks(draft: Readonly<Record<string, unknown>>): unknown[] {
	return Array.isArray(draft.t) ? draft.t : [];
}

function readTrack(
	raw: Readonly<Record<string, unknown>>,
	draftMs: number | undefined,
): DraftTrack {
	const typeCode = readCode(raw, 'tt');
	const type = trackType(typeCode);
	const rawSegments = (Array.isArray(raw.sg) ? raw.sg : []).slice(0, MAX_SEGMENTS).filter(isRecord);
	const wholeMs = readMs([raw], LENGTH_KEYS) ?? draftMs ?? 0;
	const trackVolume = readVolume([readMeta(raw), raw]);
	const segments: DraftSegment[] = [];
	let nextMs = 0;
	let startMs = Number.MAX_SAFE_INTEGER;
	let endMs = 0;
	for (const rawSegment of rawSegments) {
		const lengthMs = rawSegments.length === 1 ? wholeMs : 0;
		const own = readSegment(rawSegment, type, nextMs, lengthMs);
		const segment = { ...own, volumePercent: own.volumePercent ?? trackVolume };
		segments.push(segment);
		nextMs = segment.endMs;
		startMs = Math.min(startMs, segment.startMs);
		endMs = Math.max(endMs, segment.endMs);
	}
	if (segments.length === 0) startMs = 0;
	const name = readName([readMeta(raw), raw], NAME_KEYS);
	return { id: readCode(raw, 'id'), type, typeCode, name, segments, startMs, endMs, raw };
}

function readSegment(
	raw: Readonly<Record<string, unknown>>,
	type: TrackType,
	followsMs: number,
	lengthIfUnknownMs: number,
): DraftSegment {
	const sources = [readMeta(raw), raw];
	const startMs = readMs([raw, readMeta(raw)], START_KEYS) ?? followsMs;
	const lengthMs = readMs([raw, readMeta(raw)], LENGTH_KEYS);
	const endMs =
		lengthMs === undefined
			? (readMs([raw, readMeta(raw)], END_KEYS) ?? startMs + lengthIfUnknownMs)
			: startMs + lengthMs;
	const address = readText(sources, FILE_KEYS);
	const file = address === undefined ? undefined : cleanName(fileNameOf(address) ?? '');
	const name = readName(sources, type === 'text' ? TEXT_NAME_KEYS : NAME_KEYS);
	return {
		id: readCode(raw, 'id'),
		name: name ?? (file === '' ? undefined : file),
		file: file === '' ? undefined : file,
		startMs,
		endMs: Math.min(Math.max(endMs, startMs), Number.MAX_SAFE_INTEGER),
		volumePercent: readVolume(sources),
		raw,
	};
}

/** NemoVideo's skill text: 0 is video, 1 is audio, 7 is text. */
function trackType(typeCode: string | undefined): TrackType {
	switch (typeCode) {
		case '0':
		case 'video':
			return 'video';
		case '1':
		case 'audio':
			return 'audio';
		case '7':
		case 'text':
			return 'text';
		default:
			return 'other';
	}
}

export function readMeta(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return isRecord(raw.m) ? raw.m : {};
}

type Sources = ReadonlyArray<Readonly<Record<string, unknown>>>;

function readText(sources: Sources, keys: readonly string[]): string | undefined {
	for (const source of sources) {
		for (const key of keys) {
			const value = source[key];
			if (typeof value === 'string' && value.trim() !== '') return value;
		}
	}
	return undefined;
}

/** The first text with something visible in it, cleaned. */
export function readName(sources: Sources, keys: readonly string[]): string | undefined {
	for (const source of sources) {
		for (const key of keys) {
			const value = source[key];
			const name = typeof value === 'string' ? cleanName(value) : '';
			if (name !== '') return name;
		}
	}
	return undefined;
}

/** An id or a type, sent as a number or as a text. */
function readCode(raw: Readonly<Record<string, unknown>>, key: string): string | undefined {
	const value = raw[key];
	if (typeof value === 'number' || isLosslessNumber(value)) return value.toString();
	return readName([raw], [key]);
}

/** A number, or a text that is nothing but a number. */
export function readNumber(sources: Sources, keys: readonly string[]): number | undefined {
	for (const source of sources) {
		for (const key of keys) {
			const value = source[key];
			const number =
				isLosslessNumber(value) ||
				(typeof value === 'string' && /^\s*[\d.]{1,20}\s*%?\s*$/u.test(value))
					? Number.parseFloat(value.toString())
					: value;
			if (typeof number === 'number' && Number.isFinite(number)) return number;
		}
	}
	return undefined;
}

function readMs(sources: Sources, keys: readonly string[]): number | undefined {
	const ms = readNumber(sources, keys);
	if (ms === undefined || ms < 0) return undefined;
	return Math.min(Math.round(ms), Number.MAX_SAFE_INTEGER);
}

/** Below 2 it is taken for a share (0.35 is 35%, 1.5 is louder than recorded), else for percent. */
function readVolume(sources: Sources): number | undefined {
	const volume = readNumber(sources, VOLUME_KEYS);
	if (volume === undefined || volume < 0) return undefined;
	const written = readText(sources, VOLUME_KEYS);
	return Math.round(volume < 2 && !written?.includes('%') ? volume * 100 : volume);
}
