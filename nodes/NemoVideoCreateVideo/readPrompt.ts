import { cellAspectRatio } from '../../src/n8n/values/aspectRatio';
import type { Parameters } from '../../src/n8n/parameters';
import { aspectRatioField, captionsOption } from './properties';

/** How each aspect ratio is put to the agent. */
const RATIO_IN_WORDS = {
	auto: '',
	'9:16': 'Make it vertical, with the aspect ratio 9:16.',
	'16:9': 'Make it landscape, with the aspect ratio 16:9.',
	'1:1': 'Make it square, with the aspect ratio 1:1.',
} as const;
const RATIOS = ['auto', '9:16', '16:9', '1:1'] as const;

const CAPTIONS_IN_WORDS = {
	auto: '',
	on: 'Add captions.',
	off: 'Make it without captions.',
} as const;

/** What NemoVideo's agent is told for one item. */
export interface VideoPrompt {
	/** As the user wrote it. */
	prompt: string;
	/** With the instructions before it, and after it in words what the other fields ask for. */
	whole: string;
}

/**
 * Reads the prompt and everything that is added to it. NemoVideo's API has no fields for shape,
 * length, music, voice and captions, so its agent is told in words.
 *
 * @throws NemoVideoError of kind `input`
 */
export function readPrompt(parameters: Parameters): VideoPrompt {
	const prompt = parameters.prompt();
	const instructions = parameters.wish('options.instructions', 'Instructions');
	const wishes = [
		RATIO_IN_WORDS[readRatio(parameters)],
		durationInWords(readDurationSeconds(parameters)),
		labelled('Background music', parameters.wish('options.music', 'Music')),
		labelled('Voice-over', parameters.wish('options.voiceOver', 'Voice-Over')),
		CAPTIONS_IN_WORDS[parameters.choice(captionsOption, ['auto', 'on', 'off'], 'options.captions')],
	].filter((wish) => wish !== '');
	const parts = [instructions, prompt.trim(), wishes.join(' ')];
	return { prompt, whole: parts.filter((part) => part !== '').join('\n\n') };
}

function readRatio(parameters: Parameters): (typeof RATIOS)[number] {
	return (
		cellAspectRatio(parameters.raw('aspectRatio')) ?? parameters.choice(aspectRatioField, RATIOS)
	);
}

/** @returns 0 where the prompt is to decide */
function readDurationSeconds(parameters: Parameters): number {
	return parameters.number({
		name: 'options.durationSeconds',
		label: 'Duration (Seconds)',
		fallback: 0,
		min: 1,
		max: 600,
		orZero: true,
	});
}

function durationInWords(seconds: number): string {
	return seconds === 0 ? '' : `Make it ${seconds} second${seconds === 1 ? '' : 's'} long.`;
}

/** Whatever the text says, `none` included, it is read right behind its label. */
function labelled(label: string, words: string): string {
	if (words === '') return '';
	return `${label}: ${words}${/[.!?。！？]$/u.test(words) ? '' : '.'}`;
}
