import type { RoutedMessage } from '../api/intent/intent';
import { certainLanguage } from '../api/language';
import { baseOf, repliesIn } from './replies/replies';

/** Languages that are not written in Latin letters: a message in these cannot be in one of them. */
const OTHER_LETTERS = new Set(
	'ar bn el fa he hi hy ja ka km ko lo my ru ta th uk ur zh bg sr mk'.split(' '),
);

/**
 * The language in which a message is answered: that of its own words, where they are enough to
 * tell; else the chat's last one.
 *
 * @param chosen the option Language: `auto`, or an ISO code
 * @param last the language of the chat's last message
 */
export function languageOf(
	chosen: string,
	message: string,
	routed: RoutedMessage,
	last: string | undefined,
): string {
	if (chosen !== 'auto') return chosen;
	const certain = routed.language ?? languageOfWords(message);
	if (certain !== undefined) return certain;
	const mayBeLast = !/\p{L}/u.test(message) || !OTHER_LETTERS.has(baseOf(last ?? 'en'));
	return last !== undefined && mayBeLast ? last : 'en';
}

/** The language of a message's own words: addresses are of no language. */
export function languageOfWords(message: string): string | undefined {
	return certainLanguage(message.replace(/https?:\/\/\S+/giu, ' '));
}

/**
 * A prompt that asks for an answer in the language of the message, where the session was made for
 * another one.
 *
 * @param language of the message, where it is certain
 * @param session the session's own; undefined where it is not known
 */
export function inLanguage(
	prompt: string,
	language: string | undefined,
	session: string | undefined,
): string {
	if (language === undefined || session === undefined) return prompt;
	if (baseOf(language) === baseOf(session)) return prompt;
	return `${prompt}\n\n${requestFor(language)}`;
}

function requestFor(language: string): string {
	const { answerIn } = repliesIn(language);
	const isSpoken = repliesIn(language) !== repliesIn('en') || baseOf(language) === 'en';
	if (isSpoken) return answerIn;
	const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
	return `Please answer in ${name}.`;
}
