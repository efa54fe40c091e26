import type { Credits } from '../../../api/credits';
import type { RoutedMessage } from '../../../text/intent/intent';
import { chinese } from './chinese';
import { english } from './english';
import { french } from './french';
import { german } from './german';
import { japanese } from './japanese';
import { portuguese } from './portuguese';
import { spanish } from './spanish';

/** What a timeline and its changes are told with. */
export interface TimelineWords {
	/** E.g. `Timeline (3 tracks):` */
	head(tracks: number): string;
	/** Behind the first name of several: `and 2 more`. */
	more(count: number): string;
	/** Behind the name of what was cut: `in 3 parts`. */
	parts(count: number): string;
	nothing: string;
	video: string;
	audio: string;
	text: string;
	other: string;
	added: string;
	removed: string;
	/** A turn changed something that nobody can name. */
	changed: string;
	/** A turn ended without words and without a change. */
	unchanged: string;
}

/**
 * Why a file cannot be used: its type, its size, that there is nothing in it, that it's a link which
 * leads to none, that NemoVideo didn't take it, that n8n was not told to download it, or that n8n's
 * trigger never does.
 */
export type FileReason =
	'fileType' | 'fileSize' | 'empty' | 'link' | 'refused' | 'notDownloaded' | 'noFile';

/** What the Assistant says by itself. NemoVideo's own words come in the session's language. */
export interface Messages {
	settingUp: string;
	/** To a message that waits for the one before it. */
	busy: string;
	/** Before the timeline, while a turn is at work on it. */
	atWork: string;
	/** What can be done here and how, from NemoVideo's skill text. */
	gettingStarted: string;
	welcome: string;
	whatNext: string;
	/** To a wish to stop. */
	cannotStop: string;
	/** To what may be a question: a yes passes it on. */
	askSend: string;
	/** To a wish to begin again. */
	sayNew: string;
	emptyMessage: string;
	nothingYet: string;
	askForFiles: string;
	sayExport: string;
	sayEdit: string;
	exporting: string;
	rendering(percent: number): string;
	/** Asks whether a wish in an order to export is meant as an edit. */
	askWish(wish: string): string;
	/** Words of an order that only the workflow's settings can grant. */
	cannotChoose(words: string): string;
	/**
	 * @param name what the file is called; for one that n8n has not downloaded, what would do it
	 * @param what the file is, in parentheses behind its name; or empty
	 */
	cannotTake(name: string, reason: FileReason, what?: string): string;
	/** What else was in a message of which something cannot be used. */
	restUnused(rest: string): string;
	uploaded(names: string[]): string;
	/** What to say after files that came without words. */
	askForWords(count: number): string;
	credits(credits: Credits): string;
	/**
	 * @param link the video's address, as a link in Markdown
	 * @param fileSize with its unit
	 */
	ready(link: string, fileSize: string | undefined): string;
	/** What the link to the video is called. */
	download: string;
	/** To a video beside a message whose end nobody has seen. */
	mayLack: string;
	stillRendering(status: string, renderId: string): string;
	noSubtitles(summary: string): string;
	/** Asks NemoVideo's agent to answer in this language. */
	answerIn: string;
	timeline: TimelineWords;
}

const REPLIES = new Map<string, Messages>(
	Object.entries({
		de: german,
		en: english,
		es: spanish,
		fr: french,
		ja: japanese,
		pt: portuguese,
		zh: chinese,
	}),
);

/**
 * Replies in a language.
 *
 * @param language ISO code, with or without a region
 * @returns English where the language is none of those that the Assistant speaks
 */
export function repliesIn(language: string): Messages {
	return REPLIES.get(baseOf(language)) ?? english;
}

/**
 * What a refusal says of the rest of a message, of which nothing is done either.
 *
 * @param names of its other files
 * @param message as it was understood
 * @returns lines to add to the refusal; none where there is nothing else
 */
export function tellRest(
	replies: Messages,
	names: readonly string[],
	{ action, text }: Pick<RoutedMessage, 'action' | 'text'>,
): string[] {
	const words = text.replace(/\s*https?:\/\/\S+/giu, '').trim();
	// What only names the files is no request.
	const isRequest = action !== 'upload' && /\p{L}/u.test(words);
	const shown = words.length > MAX_SHOWN ? `${words.slice(0, MAX_SHOWN)}…` : words;
	const rest = [...names, ...(isRequest ? [`"${shown}"`] : [])];
	return rest.length === 0 ? [] : [replies.restUnused(rest.join(', '))];
}

const MAX_SHOWN = 80;

/** The language of a code without its region: `zh` of `zh-CN`. */
export function baseOf(language: string): string {
	return language.toLowerCase().split(/[-_]/)[0] ?? '';
}
