import { bigInteger } from './canonical.cts';
import { hexOf } from './random.cts';

/*
 * The timeline draft. Published: `t` tracks, `tt` track type (0 video, 1 audio, 7 text), `sg`
 * segments, `d` duration in ms, `m` metadata with title, width, height. INVENTION, because no
 * complete draft was ever published: `id`, a segment's start `st`, every key inside a segment's
 * `m`, track type 9 for effects, and the unknown extra keys `v`, `rev`, `ext`, `fp`.
 */

export interface SegmentMeta {
	title?: string;
	text?: string;
	url?: string;
	/** 0 to 1. */
	volume?: number;
	style?: Record<string, unknown>;
	speed?: number;
	[unknown: string]: unknown;
}

export interface Segment {
	id: string;
	/** Start on the timeline in ms. */
	st: number;
	/** Duration in ms. */
	d: number;
	m: SegmentMeta;
	[unknown: string]: unknown;
}

export const TRACK = { video: 0, audio: 1, text: 7, effect: 9 } as const;

export interface Track {
	tt: number;
	sg: Segment[];
	[unknown: string]: unknown;
}

export interface Draft {
	t: Track[];
	d: number;
	m: { title: string; width: number; height: number; [unknown: string]: unknown };
	[unknown: string]: unknown;
}

/** A file or clip that can be laid on the timeline. */
export interface Media {
	kind: 'image' | 'video' | 'audio';
	filename: string;
	url: string;
	durationMs?: number;
}

export function segment(key: string, start: number, duration: number, meta: SegmentMeta): Segment {
	return {
		id: `sg_${hexOf(10, key, start, duration, JSON.stringify(meta))}`,
		st: start,
		d: duration,
		m: meta,
	};
}

export interface RawClip {
	/** Makes the ids of different turns differ. */
	key: string;
	title: string;
	durationMs: number;
	width: number;
	height: number;
	/** In the order they shall be shown. */
	media: Media[];
	/** Where the generated clip lies, for a prompt without pictures. */
	generatedUrl: string;
	extras: boolean;
}

/** The first stage: pictures one after another, or one generated clip. */
export function rawDraft(clip: RawClip): Draft {
	const shown = clip.media.filter((item) => item.kind !== 'audio');
	const pieces: Media[] =
		shown.length > 0
			? shown
			: [
					{
						kind: 'video',
						filename: clip.title,
						url: clip.generatedUrl,
						durationMs: clip.durationMs,
					},
				];
	const share = Math.floor(clip.durationMs / pieces.length);
	const segments = pieces.map((item, index) => {
		const last = index === pieces.length - 1;
		return segment(clip.key, index * share, last ? clip.durationMs - index * share : share, {
			title: item.filename,
			url: item.url,
			...(clip.extras ? { src: item.kind, fit: 'contain' } : {}),
		});
	});
	return {
		t: [
			{ tt: TRACK.video, sg: segments, ...(clip.extras ? { id: `tr_${hexOf(6, clip.key)}` } : {}) },
		],
		d: clip.durationMs,
		m: { title: clip.title, width: clip.width, height: clip.height },
		...(clip.extras
			? {
					v: 3,
					rev: `r${hexOf(8, clip.key, 'rev')}`,
					fp: bigInteger(
						`9${BigInt(`0x${hexOf(14, clip.key, 'fp')}`)
							.toString()
							.padStart(17, '7')}`,
					),
					ext: { fps: 29.97, grade: null, flags: [true, 1.5e-7], '': 'empty key', ключ: '値' },
				}
			: {}),
	};
}

export function trackOf(draft: Draft, type: number): Track | undefined {
	return draft.t.find((track) => track.tt === type);
}

/** A copy in which one track's segments are replaced; an empty list removes the track. */
export function withTrack(draft: Draft, type: number, segments: Segment[]): Draft {
	const copy = structuredClone(draft);
	const found = trackOf(copy, type);
	if (found) found.sg = segments;
	else if (segments.length > 0) copy.t.push({ tt: type, sg: segments });
	copy.t = copy.t.filter((track) => track.sg.length > 0);
	return copy;
}

/** A copy as long as asked; segments are cut or the last of each track but text is stretched. */
export function withDuration(draft: Draft, durationMs: number): Draft {
	const copy = structuredClone(draft);
	for (const track of copy.t) {
		track.sg = track.sg.filter((piece) => piece.st < durationMs);
		for (const piece of track.sg) piece.d = Math.min(piece.d, durationMs - piece.st);
		const last = track.sg.at(-1);
		if (last && track.tt !== TRACK.text) last.d = durationMs - last.st;
	}
	copy.t = copy.t.filter((track) => track.sg.length > 0);
	copy.d = durationMs;
	return copy;
}

/** A copy that runs faster (above 1) or slower. */
export function withSpeed(draft: Draft, factor: number): Draft {
	const copy = structuredClone(draft);
	for (const track of copy.t) {
		for (const piece of track.sg) {
			piece.st = Math.round(piece.st / factor);
			piece.d = Math.max(1, Math.round(piece.d / factor));
			if (track.tt === TRACK.video)
				piece.m.speed = Number(((piece.m.speed ?? 1) * factor).toFixed(3));
		}
	}
	copy.d = Math.max(1, Math.round(copy.d / factor));
	return copy;
}

/** Marks a copy as another revision, so that no two turns leave equal drafts. */
export function revised(draft: Draft, key: string): Draft {
	return 'rev' in draft ? { ...structuredClone(draft), rev: `r${hexOf(8, key, 'rev')}` } : draft;
}
