import { asRead, coverAsides } from './asides';
import { withoutChatMarkup } from './chatMarkup';
import { COURTESY, isRequest, splitClauses, type Clause } from './clauses';
import { doubtOf } from './doubt';
import { isCode } from './elsewhere';
import { asksForSubtitles, subtitleFormat } from './subtitleFiles';
import { ASKS_HOW, exportWish, namesPart, renderWords, type ExportWish } from './exportWish';
import { likelyCommand, type LikelyCommand } from './secondLook';
import { smallTalk, talkBesideAsides, type SmallTalk } from './smallTalk';
import type { ClauseIntent } from './rules';
import { callsSomebody } from './idle';
import { isOnlyUrls, mediaUrls, sharedUrls } from './messageUrls';
import { withSpelling } from './spelling';
import { unquote } from '../quotes';
import { saysSomething } from '../spoken';

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
	/** What an order to export wants changed first. */
	wish?: ExportWish;
	/** What it wants of the render itself, such as `4K`. */
	renderWords?: string[];
	/** The message asks for nothing that could be done. */
	smallTalk?: SmallTalk;
	/** ISO code, where the words of the request tell it. */
	language?: string;
}

/** What goes to NemoVideo's agent never says these. */
const NEVER_SENT: ReadonlySet<ClauseIntent> = new Set(['export', 'notExport', 'aside', 'credits']);

/** Beside other requests these are words of the video. */
const SLOGAN = /^\s*download(?: (?:now|today|here))?\s*$/iu;

/** Calls everybody in a channel, who are no bots. */
const CALLS_ALL = /^\s*(?:<!(?:here|channel|everyone)\b|@(?:here|channel|everyone)\b)/iu;

/** Speaks of files of an earlier message. */
const ALREADY_SENT = /upload(?:ed|s\b)|attached|\bsent\b|传了|已/iu;

/**
 * Routes a message of a chat by the table of NemoVideo's skill text: keywords of export, credits,
 * state and upload act by API, everything else goes to the agent. Greetings, calls for help and
 * thanks ask for nothing, so they cost nothing.
 *
 * @param message the user's words, in English, Chinese or another big language
 * @param options.hasFiles whether files came with it; they are uploaded first, then the words are
 *   routed by themselves, and words that only announce the files are an `upload`
 */
export function routeMessage(message: string, options: { hasFiles: boolean }): RoutedMessage {
	const text = withoutChatMarkup(message);
	if (!options.hasFiles && (callsSomebody(text) || isCode(text))) {
		const urls: string[] = [];
		return { text, uploadFirst: false, urls, action: 'message', smallTalk: 'unsure' };
	}
	const called = routeWords(text, options);
	const isForAll = isPaid(called) && !options.hasFiles && CALLS_ALL.test(message);
	const routed = isForAll
		? ({ ...called, action: 'message', smallTalk: 'unsure' } as const)
		: called;
	const isQuestion = routed.action === 'export' && !routed.uploadFirst && ASKS_HOW.test(text);
	if (!isQuestion) return routed;
	const { language } = routed;
	return {
		text,
		uploadFirst: false,
		urls: [],
		action: 'message',
		smallTalk: 'howToExport',
		...(language === undefined ? {} : { language }),
	};
}

function routeWords(text: string, options: { hasFiles: boolean }): RoutedMessage {
	const routed = routeText(text, options);
	const isDoubtful = routed.action === 'message' || routed.wish?.isClear === false;
	if (!isDoubtful || routed.smallTalk) return routed;
	const spelled = withSpelling(text);
	const meant = spelled === undefined ? routed : routeText(spelled, options);
	const { uploadFirst, urls } = routed;
	return meant.action === 'message' ? ifSure(routed) : { ...meant, text, uploadFirst, urls };
}

/** A prompt is sent only where it's surely a wish; else it's answered, or asked about, for free. */
function ifSure(routed: RoutedMessage): RoutedMessage {
	const { action, then, text } = routed;
	if (action !== 'message' || then !== undefined) return routed;
	const said = unquote(text);
	const isEdit = splitClauses(said).some(({ intent }) => intent === 'edit');
	const shared = sharedUrls(text);
	const hasFiles = routed.uploadFirst || shared.length > 0;
	const doubt = doubtOf(asRead(said), { hasFiles, isEdit });
	if (doubt === undefined) return routed;
	if (doubt === 'price') return { ...routed, action: 'credits' };
	if (doubt === 'state') return { ...routed, action: 'state' };
	if (doubt === 'praise') return { ...routed, smallTalk: 'thanks' };
	if (doubt !== 'caption') return { ...routed, smallTalk: doubt };
	const urls = [...new Set([...routed.urls, ...shared])];
	return { ...routed, action: 'upload', uploadFirst: true, urls };
}

function routeText(text: string, options: { hasFiles: boolean }): RoutedMessage {
	const said = unquote(text);
	const clauses = splitClauses(said);
	const intents = new Set(clauses.flatMap(({ intent }) => intent ?? []));
	const urls = mediaUrls(text, intents.has('upload') || isOnlyUrls(text));
	const uploadFirst = options.hasFiles || urls.length > 0;
	const routed = { text, uploadFirst, urls };

	if (uploadFirst && (!saysSomething(text) || isOnlyUrls(text)))
		return { ...routed, action: 'upload' };
	const talk = smallTalk(text) ?? talkBesideAsides(coverAsides(text), text);
	if (talk) {
		return uploadFirst
			? { ...routed, action: 'upload' }
			: { ...routed, action: 'message', smallTalk: talk };
	}
	if (!uploadFirst && !intents.has('edit') && asksForSubtitles(asRead(said))) {
		return { ...routed, action: 'state', subtitles: subtitleFormat(text) };
	}
	const requests = clauses.filter(isRequest);
	if (requests.length > 0 || intents.size === 0) {
		const isStrict = intents.has('edit');
		const likely = likelyCommand(asRead(said), said, {
			isStrict,
			isOrdered: intents.has('export'),
		});
		if (likely) return asRouted(likely, routed);
	}
	const order = exportOrder(clauses, requests.length > 0);
	if (requests.length > 0) {
		const isWaiting = clauses.some(({ text: words, intent }) => {
			return intent === 'upload' && !ALREADY_SENT.test(words);
		});
		if (isWaiting && !uploadFirst) return { ...routed, action: 'upload' };
		const left = withoutCommands(clauses, text);
		const whole = order.wish ? `${left.text}\n${changeOrder(order.wish.text)}` : left.text;
		return { ...routed, action: 'message', ...left, text: whole };
	}
	if (intents.has('subtitles')) {
		return { ...routed, action: 'state', subtitles: subtitleFormat(text) };
	}
	if (intents.has('export')) return { ...routed, action: 'export', ...order };
	if (intents.has('credits')) return { ...routed, action: 'credits' };
	if (intents.has('state') || intents.has('notExport') || intents.has('aside')) {
		return { ...routed, action: 'state' };
	}
	if (intents.has('upload')) return { ...routed, action: 'upload' };
	return { ...routed, action: 'message' };
}

/** Whether a message reaches NemoVideo's agent without a further question, which costs credits. */
export function isPaid({ action, smallTalk, wish }: RoutedMessage): boolean {
	return action === 'message' ? smallTalk === undefined : wish?.isClear === true;
}

/** A wish for the video as the agent is told it: an order to export never reaches it. */
export function changeOrder(wish: string): string {
	return /\p{Script=Han}/u.test(wish)
		? `请这样修改视频：${wish}。`
		: `Change the video like this: ${wish}.`;
}

/** The route of a command that only its words have told. */
function asRouted(
	{ action, language, rest }: LikelyCommand,
	routed: Pick<RoutedMessage, 'text' | 'uploadFirst' | 'urls'>,
): RoutedMessage {
	const words = action === 'export' ? renderWords(routed.text) : [];
	const more = {
		...(rest === undefined ? {} : { wish: { text: rest, isClear: false } }),
		...(words.length === 0 ? {} : { renderWords: words }),
	};
	// English and Chinese are told from the message itself.
	return language === 'en' || language === 'zh'
		? { ...routed, action, ...more }
		: { ...routed, action, language, ...more };
}

/** What the orders to export in a message want besides. */
function exportOrder(
	clauses: readonly Clause[],
	isBesideRequests: boolean,
): Pick<RoutedMessage, 'wish' | 'renderWords'> {
	const ordered = clauses.filter(({ text, intent }) => {
		return intent === 'export' && !(isBesideRequests && SLOGAN.test(text));
	});
	if (ordered.length === 0) return {};
	// "Export it in vertical and with subtitles": the second half is a clause of its own.
	const pieces = clauses.filter(
		(clause) => clause.intent === undefined && !isRequest(clause) && !COURTESY.test(clause.text),
	);
	const wishes = [
		...ordered.flatMap(({ wanted }) => exportWish(wanted) ?? []),
		...pieces
			.flatMap(({ wanted }) => exportWish(wanted) ?? [])
			.filter(({ text, isClear }) => isClear || namesPart(text)),
	];
	const words = [...ordered, ...pieces].flatMap(({ text }) => renderWords(text));
	const isChinese = wishes.some(({ text }) => /\p{Script=Han}/u.test(text));
	return {
		...(wishes.length === 0
			? {}
			: {
					wish: {
						text: wishes.map(({ text }) => text).join(isChinese ? '，' : ' and '),
						isClear: wishes.every(({ isClear }) => isClear),
					},
				}),
		...(words.length === 0 ? {} : { renderWords: [...new Set(words)] }),
	};
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
