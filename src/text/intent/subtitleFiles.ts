import { clausesOf, Said } from './said';
import { unitsOf } from './words/units';

/** Formats that nothing but subtitles comes in. */
const FORMAT = /(?<![\p{Script=Latin}\p{N}])(?:srt|vtt|webvtt)(?![\p{Script=Latin}\p{N}])/iu;

/**
 * Whether a message wants the subtitles as a file, in whatever language: they are in the state.
 *
 * @param masked the message, its quotations and addresses covered
 */
export function asksForSubtitles(masked: string): boolean {
	if (!FORMAT.test(masked)) return false;
	return !new Said(clausesOf(unitsOf(masked)), false).says('edit', 'upload', 'result', 'work');
}

/** The format in which a message wants them. */
export function subtitleFormat(message: string): 'srt' | 'vtt' {
	return /vtt/iu.test(message) ? 'vtt' : 'srt';
}
