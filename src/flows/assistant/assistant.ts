import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { isPaid, routeMessage, type RoutedMessage } from '../../text/intent/intent';
import type { SmallTalk } from '../../text/intent/smallTalk';
import { isRecord } from '../../api/json';
import { plainWords } from '../../text/intent/plainWords';
import { wholeWords } from '../../text/wordList';
import { asksForPart } from '../../text/intent/idle';
import { mediaUrls, unusableUrls } from '../../text/intent/messageUrls';
import { readMediaUrls } from '../../api/mediaUrls/mediaUrls';
import { halfAddresses } from '../../text/links/linksInText';
import { secretIn } from '../../text/links/urlSecrets';
import { createSession } from '../../api/session';
import { saysSomething } from '../../text/spoken';
import { resultOf } from '../../api/result';
import { afterPrompt } from '../generate/afterPrompt';
import { languageOf } from './chatLanguage';
import type {
	AssistantResult,
	AssistantSettings,
	Chat,
	ChatFacts,
	SessionCheckpoint,
} from './chat';
import { Conversation } from './conversation';
import { repliesIn, tellRest, type Messages } from './messages/messages';
import { tellCredits } from './tellCredits';

/**
 * Answers one message of a chat: routes it by intent (NemoVideo's skill text), uploads the files
 * that came with it first, and turns the backend's talk of buttons into actions. Export and
 * credits are done by API and never reach the agent as a message; greetings and thanks cost
 * nothing.
 *
 * @throws NemoVideoError
 */
export async function assist(
	client: NemoVideoClient,
	settings: AssistantSettings,
	chat: Chat,
): Promise<AssistantResult> {
	const { keeper, checkpoints, progress } = chat;
	const facts = keeper.facts();
	const heard = routeMessage(settings.message, { hasFiles: settings.files.length > 0 });
	const routed = afterQuestion(inChat(heard, keeper.known()), facts);
	const language = languageOf(settings.language, settings.message, routed, facts.language);
	const replies = repliesIn(language);
	const unsent = isDoubtful(routed.smallTalk) ? routed.text : undefined;
	keeper.note({ wish: undefined, unsent, language });
	const isAsked = facts.isAsked === true && facts.wish === undefined;
	const reply = replyAtOnce(settings, { ...routed, isAsked }, chat, replies);
	if (reply) return reply;
	if (routed.action === 'credits' && !routed.uploadFirst) {
		return await tellCredits(client, replies, keeper.known());
	}
	const started =
		settings.files.length > 0 || routed.urls.length > 0 || routed.action === 'message';
	if (!started && keeper.known() === undefined) {
		return {
			action: routed.action,
			text: routed.action === 'upload' ? replies.askForFiles : replies.nothingYet,
		};
	}
	const conversation = new Conversation(client, settings, { routed, replies, language, chat });
	const open = async (ofFirstTry?: string): Promise<string> => {
		const made = checkpoints.session.read()?.sessionId;
		const create = async () => {
			if (made !== undefined) return made;
			// NemoVideo's skill text: let the user know, briefly.
			progress.text(`${replies.settingUp}\n\n`);
			return (await createSession(client, { taskName: 'project', language })).sessionId;
		};
		const isNew = keeper.known() === undefined;
		const ofChat = await keeper.get(create);
		const sessionId = ofFirstTry ?? ofChat;
		keeper.note({ language, ...(isNew ? { sessionLanguage: language } : {}) });
		checkpoints.session.write({ sessionId });
		return sessionId;
	};
	// A retry goes on in the session that holds what the first try has sent.
	const { session, turn, upload, uploadOfUrls, render } = checkpoints;
	const hasSent = [turn, upload, uploadOfUrls, render].some((kept) => kept.read() !== undefined);
	const sessionOfFirstTry = hasSent ? session.read()?.sessionId : undefined;
	const answer = async (): Promise<AssistantResult> => {
		const sessionId = await open(sessionOfFirstTry);
		const first = await resultOf(async () => await conversation.answer(sessionId));
		if (first.ok) return first.value;
		const forgotten =
			isNemoVideoError(first.error) &&
			first.error.kind === 'session' &&
			checkpoints.turn.read() === undefined;
		if (!forgotten || !keeper.forget(sessionId)) throw first.error;
		// Made again once, before anything was generated (NemoVideo's skill text, code 1002).
		for (const checkpoint of [session, upload, uploadOfUrls, render]) checkpoint.clear();
		if (!started) return { action: routed.action, text: replies.nothingYet };
		return await conversation.answer(await open());
	};
	const answered = await resultOf(answer);
	if (answered.ok) return answered.value;
	const { error } = answered;
	throw isNemoVideoError(error) ? afterPrompt(error, checkpoints.turn.read()) : error;
}

/**
 * What describes something is what the first video of a chat is to show; a question for subtitles,
 * where there is no video yet, is whether there can be any.
 */
function inChat(heard: RoutedMessage, session: string | undefined): RoutedMessage {
	if (session !== undefined) return heard;
	if (heard.smallTalk === 'description') return { ...heard, smallTalk: undefined };
	const isOfFiles = heard.uploadFirst || mediaUrls(heard.text, true).length > 0;
	const isAbility = isPaid(heard) && !isOfFiles && asksForPart(heard.text);
	return isAbility ? { ...heard, smallTalk: 'unsure' } : heard;
}

/** A yes to the question whether a wish is meant as an edit, or a message as a prompt. */
function afterQuestion(routed: RoutedMessage, { wish, unsent }: ChatFacts): RoutedMessage {
	const { text, uploadFirst, urls } = routed;
	if (unsent !== undefined && routed.smallTalk === 'yes') {
		return { text: unsent, uploadFirst, urls, action: 'message' };
	}
	if (wish !== undefined && isPaid(routed) && isRefusal(text)) {
		return { text, uploadFirst, urls, action: 'message', smallTalk: 'no' };
	}
	const isRepeated = plainWords(text) === plainWords(wish ?? '');
	const isAgreed =
		isRepeated ||
		routed.smallTalk === 'yes' ||
		(routed.smallTalk === 'note' && /\p{L}/u.test(text));
	if (wish === undefined || !isAgreed) return routed;
	return {
		text,
		uploadFirst,
		urls,
		action: 'export',
		wish: { text: wish, isClear: true, isAgreed: true },
	};
}

/** `No subtitles`, in reply to the question whether subtitles are wanted. */
function isRefusal(text: string): boolean {
	return REFUSAL.test(text) && plainWords(text).split(' ').length <= REFUSAL_WORDS;
}

const REFUSAL_WORDS = 3;
const REFUSAL = wholeWords(
	'no not without kein keine keinen ohne nicht sin sem sans pas senza niente non geen zonder без не bez nie yok olmadan jangan tanpa không بدون لا बिना',
);

/** What needs neither NemoVideo nor a session. */
function replyAtOnce(
	{ files, refusedFiles }: AssistantSettings,
	{
		action,
		smallTalk,
		text: words,
		uploadFirst,
		urls,
		isAsked,
	}: RoutedMessage & { isAsked: boolean },
	{ keeper }: Chat,
	replies: Messages,
): AssistantResult | undefined {
	const sessionId = keeper.known();
	const known = sessionId === undefined ? {} : { sessionId };
	if (refusedFiles.length > 0) {
		const told = refusedFiles.map(({ name, reason, what }) =>
			replies.cannotTake(name, reason, kindOf(what, replies)),
		);
		const names = [...files.map(({ filename }) => filename), ...urls];
		const text = [...told, ...tellRest(replies, names, { action, text: words })].join('\n');
		return { action: 'upload', ...known, text, refused: true };
	}
	// A prompt with them would be paid for, and NemoVideo couldn't open them.
	const inWish =
		action === 'message' && smallTalk === undefined
			? [...unusableUrls(words), ...halfAddresses(words)]
			: [];
	const unusable = [...urls, ...inWish].flatMap(unusableName);
	if (unusable.length > 0) {
		const told = replies.cannotTake([...new Set(unusable)].join(', '), 'link');
		const names = files.map(({ filename }) => filename);
		const text = [told, ...tellRest(replies, names, { action, text: words })].join('\n');
		return { action: 'upload', ...known, text, refused: true };
	}
	if (!uploadFirst && !saysSomething(words)) {
		return { action, ...known, text: replies.emptyMessage, refused: true };
	}
	if (smallTalk === undefined || (isAsked && ANSWERS.has(smallTalk))) return undefined;
	return { action, ...known, text: smallTalkReply(smallTalk, replies, sessionId !== undefined) };
}

/** What an address of a message that cannot be a file is called; none where it may be one. */
function unusableName(url: string): string[] {
	try {
		readMediaUrls([url], 'Message');
		return [];
	} catch {
		const address = URL.canParse(url) ? new URL(url) : undefined;
		return [address && secretIn(address) ? address.host : url];
	}
}

/** What a file is, behind its name; in other languages by its abbreviation, which is the same there. */
function kindOf(what: string | undefined, replies: Messages): string {
	if (what === undefined) return '';
	const short = what === 'a web page' ? 'HTML' : /\b[A-Z][\w-]+/.exec(what)?.[0];
	const told = replies === repliesIn('en') ? what.replace(/^an? /, '') : short;
	return told === undefined ? '' : ` (${told})`;
}

/** Where NemoVideo asked something, these are the answer; else they say nothing to act on. */
const ANSWERS: ReadonlySet<SmallTalk> = new Set([
	'yes',
	'no',
	'note',
	'choice',
	'unsure',
	'description',
]);

/** What may be meant as a prompt: sent once the user says so. */
function isDoubtful(talk: SmallTalk | undefined): boolean {
	return talk === 'question' || talk === 'unsure' || talk === 'description';
}

function smallTalkReply(talk: SmallTalk, replies: Messages, hasSession: boolean): string {
	if (talk === 'thanks') return replies.welcome;
	if (talk === 'howToExport') return replies.sayExport;
	if (talk === 'stop') return replies.cannotStop;
	if (talk === 'anew' && hasSession) return replies.sayNew;
	// A first message may be a wish as well, and is sent after a yes.
	if (talk === 'unsure' || (isDoubtful(talk) && hasSession)) return replies.askSend;
	return ANSWERS.has(talk) && hasSession ? replies.whatNext : replies.gettingStarted;
}

/** Whether a remembered value is a session's record. */
export function isSessionCheckpoint(value: unknown): value is SessionCheckpoint {
	return isRecord(value) && typeof value.sessionId === 'string' && value.phase === undefined;
}
