import { clauseIntent } from './clause';
import type { ClauseIntent } from './rules';
import { coverUrls, isOnlyUrls, mediaUrls } from './messageUrls';
import { maskQuotes } from '../quotes';

export type MessageAction = 'export' | 'credits' | 'state' | 'upload' | 'message';

export interface RoutedMessage {
	action: MessageAction;
	/**
	 * For `message` what the backend is to be told: the message without orders to export and
	 * questions for credits, which never reach it. Otherwise the message as it came.
	 */
	text: string;
	/** Whether files or addresses of this message are to be uploaded before the action. */
	uploadFirst: boolean;
	/** Addresses of files to upload. */
	urls: string[];
	/** What else was asked for, to be done after `message`. */
	then?: 'export' | 'credits';
	/** The captions are wanted as a file: they are in the state, so nothing is rendered. */
	subtitles?: 'srt' | 'vtt';
}

interface Clause {
	text: string;
	joint: string;
	intent: ClauseIntent | undefined;
}

const JOINT =
	/[.!?。！？…\n]+\s{0,4}|[,;，；] ?(?:(?:and then|then|and|but|so|also)\b ?|(?:然后|再|接着|并且?)(?=\p{Script=Han}))?|(?<=[\p{Script=Han}])(?:然后|接着|之后再|并(?=导出|下载)|再(?=导出|下载)|后(?=导出|下载))| (?:and then|and also|then|and|but|after that|afterwards)\b /giu;

/** Longer messages are scripts: only their last clause can be an order. */
const LONGEST_REQUEST = 600;

/** What goes to NemoVideo's agent never says these. */
const NEVER_SENT: ReadonlySet<ClauseIntent> = new Set(['export', 'notExport', 'aside', 'credits']);

/** Beside other requests these are words of the video. */
const SLOGAN = /^\s*download(?: (?:now|today|here))?\s*$/iu;

/** Speaks of files of an earlier message. */
const ALREADY_SENT = /upload(?:ed|s\b)|attached|\bsent\b|传了|已/iu;

/** Says how the user likes it, not what to do. */
const COURTESY =
	/^\P{L}*(?:please )?(?:(?:it |this |that |everything |all )?looks?\b|this is|that['’]?s|that is|it['’]?s|i (?:love|like|am|think)|i['’]?m|we(?:['’]?re| are)|the (?:client|boss|team|customer)|my (?:client|boss|team|customer)|perfect|great|good|nice|amazing|awesome|cool|wow|done|finished|all (?:good|set|done)|everything|thanks?|thank you|very|love|no more|nothing|yes|no|ok|okay|sure|很好|不错|满意|完美|谢谢|可以|好|太|行|没问题|就这样|ok)/iu;

/**
 * Routes a message of a chat by the table of NemoVideo's skill text: keywords of export, credits,
 * state and upload act by API, everything else goes to the agent.
 *
 * @param message the user's words, English or Chinese
 * @param options.hasFiles whether files came with it; they are uploaded first, then the words are
 *   routed by themselves, and words that only announce the files are an `upload`
 */
export function routeMessage(message: string, options: { hasFiles: boolean }): RoutedMessage {
	const text = message.trim();
	const clauses = splitClauses(unquote(text));
	const intents = new Set(clauses.flatMap(({ intent }) => intent ?? []));
	const urls = mediaUrls(text, intents.has('upload') || isOnlyUrls(text));
	const uploadFirst = options.hasFiles || urls.length > 0;
	const routed = { text, uploadFirst, urls };

	if (uploadFirst && (text === '' || isOnlyUrls(text))) return { ...routed, action: 'upload' };
	const requests = clauses.filter(isRequest);
	if (requests.length > 0) {
		const isWaiting = clauses.some(({ text: words, intent }) => {
			return intent === 'upload' && !ALREADY_SENT.test(words);
		});
		if (isWaiting && !uploadFirst) return { ...routed, action: 'upload' };
		return { ...routed, action: 'message', ...withoutCommands(clauses, text) };
	}
	if (intents.has('subtitles')) {
		return { ...routed, action: 'state', subtitles: /vtt/iu.test(text) ? 'vtt' : 'srt' };
	}
	if (intents.has('export')) return { ...routed, action: 'export' };
	if (intents.has('credits')) return { ...routed, action: 'credits' };
	if (intents.has('state') || intents.has('notExport') || intents.has('aside')) {
		return { ...routed, action: 'state' };
	}
	if (intents.has('upload')) return { ...routed, action: 'upload' };
	return { ...routed, action: 'message' };
}

function splitClauses(message: string): Clause[] {
	const masked = coverUrls(maskQuotes(message));
	const clauses: Clause[] = [];
	let from = 0;
	let joint = '';
	const add = (end: number): void => {
		const text = message.slice(from, end);
		clauses.push({ text, joint, intent: clauseIntent(masked.slice(from, end)) });
	};
	for (const match of masked.matchAll(JOINT)) {
		if (match.index > from) add(match.index);
		joint = match.index > from ? match[0] : joint + match[0];
		from = match.index + match[0].length;
	}
	if (from < message.length) add(message.length);
	return message.length > LONGEST_REQUEST ? asScript(clauses) : clauses;
}

function asScript(clauses: readonly Clause[]): Clause[] {
	return clauses.map((clause, index) => {
		const isLast = index === clauses.length - 1;
		return isLast || clause.intent === undefined ? clause : { ...clause, intent: 'edit' };
	});
}

/** Whether a clause asks for something that only the agent can do. */
function isRequest({ text, intent }: Clause): boolean {
	if (intent !== undefined) return intent === 'edit';
	if (COURTESY.test(text)) return false;
	return /\p{Script=Han}/u.test(text) ? text.length > 8 : text.trim().split(/\s+/u).length > 3;
}

/** The message without what the API does itself; the words of a slogan stay. */
function withoutCommands(
	clauses: readonly Clause[],
	text: string,
): Pick<RoutedMessage, 'text' | 'then'> {
	const dropped = clauses.filter(({ text: words, intent }) => {
		return intent !== undefined && NEVER_SENT.has(intent) && !SLOGAN.test(words);
	});
	if (dropped.length === 0) return { text };
	let left = '';
	for (const clause of clauses) {
		if (dropped.includes(clause)) continue;
		left +=
			left === ''
				? clause.text.trimStart().replace(/^(?:also|and|but|then) /iu, '')
				: clause.joint + clause.text;
	}
	const wanted = new Set(dropped.map(({ intent }) => intent));
	if (wanted.has('export')) return { text: left, then: 'export' };
	return wanted.has('credits') ? { text: left, then: 'credits' } : { text: left };
}

/** A message that came whole in quotation marks is meant without them. */
function unquote(text: string): string {
	return /^["“'‘「`]([^"”'’」`]{1,80})["”'’」`]$/u.exec(text)?.[1] ?? text;
}
