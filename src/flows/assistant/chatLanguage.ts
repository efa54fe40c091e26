import { asRead } from '../../text/intent/asides';
import { withoutChatMarkup } from '../../text/intent/chatMarkup';
import type { RoutedMessage } from '../../text/intent/intent';
import { likelyLanguages } from '../../text/intent/secondLook';
import { smallTalk, talkLanguages } from '../../text/intent/smallTalk';
import { certainLanguage } from '../../text/detectLanguage';
import { unquote } from '../../text/quotes';
import { baseOf, repliesIn } from './messages/messages';

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
	const told = toldLanguage(message, routed, last);
	if (told !== undefined) return told;
	const mayBeLast = !/\p{L}/u.test(message) || !OTHER_LETTERS.has(baseOf(last ?? 'en'));
	return last !== undefined && mayBeLast ? last : 'en';
}

/**
 * The language that a message tells by itself: by its letters, its length, or phrases that the router
 * knows. Of several that share the words, the chat's own.
 *
 * @returns undefined where the message may be in any language: `ok`, `export`, a name
 */
export function toldLanguage(
	message: string,
	routed: RoutedMessage,
	last: string | undefined,
): string | undefined {
	// Addresses are of no language.
	const certain = routed.language ?? certainLanguage(message.replace(/https?:\/\/\S+/giu, ' '));
	if (routed.language !== undefined || OTHER_LETTERS.has(certain ?? '')) return certain;
	const chat = baseOf(last ?? 'en');
	const likely = languagesOfPhrases(message, chat);
	// The library guesses by letters, which errs in a sentence or two; known words don't.
	if (certain !== undefined && likely.length !== 1) return certain;
	return likely.find((language) => language === chat) ?? likely[0];
}

/**
 * The languages of a message's own words, where these are phrases that the router knows: the one in
 * front, and others that have the same words.
 *
 * @returns ISO codes; none where the message tells none
 */
function languagesOfPhrases(message: string, chat: string): string[] {
	const text = unquote(withoutChatMarkup(message));
	// A command of a bot is of no language.
	if (/^\P{L}*\//u.test(message)) return [];
	return smallTalk(text) === undefined ? likelyLanguages(asRead(text), chat) : talkLanguages(text);
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
