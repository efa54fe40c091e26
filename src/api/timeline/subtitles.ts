import { asDraft, readTracks } from './draft';

/**
 * The text tracks of a draft as a subtitle file: they are in the state, so nothing is rendered.
 *
 * @param format `srt` (SubRip) or `vtt` (WebVTT)
 * @returns an empty string when the draft has no text
 */
export function toSubtitles(draft: unknown, format: 'srt' | 'vtt'): string {
	const cues = readTracks(asDraft(draft) ?? {})
		.filter(({ type }) => type === 'text')
		.flatMap(({ segments }) => segments)
		.filter(({ name, startMs, endMs }) => name !== undefined && endMs > startMs)
		.sort((one, other) => one.startMs - other.startMs);
	if (cues.length === 0) return '';
	const lines = cues.map(({ name, startMs, endMs }, index) => {
		const time = `${timestamp(startMs, format)} --> ${timestamp(endMs, format)}`;
		// A cue's text must not look like the line that divides times.
		return `${index + 1}\n${time}\n${(name ?? '').replaceAll('-->', '->')}`;
	});
	return `${format === 'vtt' ? 'WEBVTT\n\n' : ''}${lines.join('\n\n')}\n`;
}

function timestamp(ms: number, format: 'srt' | 'vtt'): string {
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const rest = String(Math.floor(ms % 1_000)).padStart(3, '0');
	const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}`;
	return `${clock}${format === 'srt' ? ',' : '.'}${rest}`;
}
