import { asDraft, NAME_KEYS, readMeta, readTracks, type DraftSegment } from './draft';

/** One subtitle: what is shown from when to when. */
export interface Cue {
	startMs: number;
	endMs: number;
	/** Lines without a blank one between them. */
	text: string;
}

/**
 * The text of a draft's title tracks in the order in which it is shown.
 *
 * @param draft `data.state.draft` as the state gave it
 * @returns an empty list when the draft has no text
 */
export function readCues(draft: unknown): Cue[] {
	return readTracks(asDraft(draft) ?? {})
		.filter(({ type }) => type === 'text')
		.flatMap(({ segments }) => segments)
		.map((segment) => ({
			startMs: segment.startMs,
			endMs: segment.endMs,
			text: wordsOf(segment),
		}))
		.filter(({ text, startMs, endMs }) => text !== '' && endMs > startMs)
		.sort((one, other) => one.startMs - other.startMs);
}

/**
 * Whether a film is subtitled: several texts one after another that are shown most of the time. A
 * title or two aren't subtitles.
 *
 * @param draft `data.state.draft` as the state gave it
 */
export function hasSubtitles(draft: unknown): boolean {
	const cues = readCues(draft);
	const last = Math.max(0, ...readTracks(asDraft(draft) ?? {}).map(({ endMs }) => endMs));
	const shownMs = cues.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
	return cues.length > 1 && shownMs * 2 >= last;
}

/**
 * Cues as a subtitle file: the words are in the state, so nothing is rendered.
 *
 * @param format `srt` (SubRip) or `vtt` (WebVTT)
 * @returns an empty string where there are no cues
 */
export function toSubtitles(cues: readonly Cue[], format: 'srt' | 'vtt'): string {
	if (cues.length === 0) return '';
	const lines = cues.map(({ text, startMs, endMs }, index) => {
		const time = `${timestamp(startMs, format)} --> ${timestamp(endMs, format)}`;
		return `${index + 1}\n${time}\n${format === 'vtt' ? withoutMarkup(text) : text}`;
	});
	return `${format === 'vtt' ? 'WEBVTT\n\n' : ''}${lines.join('\n\n')}\n`;
}

/** WebVTT has tags and entities; SubRip has no way to write these signs but as they are. */
function withoutMarkup(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The whole text of a segment, line by line; a track's summary has only the beginning. */
function wordsOf({ raw }: DraftSegment): string {
	const written = [readMeta(raw), raw]
		.flatMap((source) => ['text', 'content', ...NAME_KEYS].map((key) => source[key]))
		.find((value) => typeof value === 'string' && value.trim() !== '');
	if (typeof written !== 'string') return '';
	return (
		written
			// A blank line ends a cue, and a cue's text must not look like the line that divides times.
			.split(/[\r\n\p{Zl}\p{Zp}]+/u)
			.map((line) => line.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim())
			.filter((line) => line !== '')
			.join('\n')
			.replaceAll('-->', '->')
	);
}

function timestamp(ms: number, format: 'srt' | 'vtt'): string {
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const rest = String(Math.floor(ms % 1_000)).padStart(3, '0');
	const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}`;
	return `${clock}${format === 'srt' ? ',' : '.'}${rest}`;
}
