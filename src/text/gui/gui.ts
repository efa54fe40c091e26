import { withoutLeadIn } from './phrases';
import type { SuggestedAction } from './rules';
import { cleanSentence } from './sentence';
import { anyOf } from '../wordList';
import { maskQuotes } from '../quotes';

export type { SuggestedAction } from './rules';

export interface TranslatedText {
	/** The text without orders to use a mouse; empty when it held nothing else. */
	text: string;
	/** What the orders amount to, in order of first mention. */
	suggestedActions: SuggestedAction[];
}

/** Taking one order out can bring another to a sentence's start. */
const MAX_ROUNDS = 8;

/** Every order holds one of these; a line without any needs no closer look. */
const HINT_WORDS = anyOf(
	`click tap press hit drag drop open expand launch bring_up select choose pick push toggle enable tick
	use find locate look see notice preview watch view check play inspect visit manage
	mov arrang order resiz reposition rotat scrub trim cut split adjust edit tune tweak chang modify
	customi work go_ going head navigat switch jump scroll return proceed
	export download button icon tab menu panel option`,
);
const HINT = new RegExp(
	`${HINT_WORDS}|[点击按拖打展进前切转返回调唤预查检核管播观找看修编移裁剪排微导下保渲]`,
	'iu',
);

const SENTENCE_END =
	/(?:[.!?…]{1,4}["'”’)\]*_]{0,4}(?=\s|$)|[。！？…]{1,4}["”’」』）)*_]{0,4})[ \t]{0,8}/gu;

/** Bullet, number, heading or quotation mark at the start of a line. */
const LINE_MARK =
	/^[ \t]{0,12}(?:(?:[-*+•>]|#{1,6}|\d{1,3}[.)、])[ \t]{1,4}|\d{1,3}[、.](?=\p{Script=Han}))?/u;
const LISTED = /^[ \t]{0,12}(?:[-*+•]|\d{1,3}[.)、])/u;

/** Steps that have sense only after the order before them in a list. */
const FURTHER_STEP =
	/^(?:select|choose|set|wait|pick|enter|name|confirm|adjust|done|save|选择|等待|设置|确认|完成|保存)(?![^.]*\?)/iu;

/**
 * Takes the talk of a graphical interface out of what NemoVideo's agent says ("click Export",
 * "点击导出", "open the panel", "drag", "preview in timeline") and names it as actions: the agent
 * believes that the user sits before an editor. Descriptions of the video stay. The rows are those
 * of NemoVideo's skill text, in English and Chinese.
 *
 * @param text the agent's words, of any length; time grows with the length
 */
export function stripGuiInstructions(text: string): TranslatedText {
	const actions = new Set<SuggestedAction>();
	let current = text;
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const next = translateLines(current, actions);
		if (next === current) break;
		current = next;
	}
	return { text: current, suggestedActions: [...actions] };
}

function translateLines(text: string, actions: Set<SuggestedAction>): string {
	const kept: string[] = [];
	let isChanged = false;
	/** Where the line stands that announces a list, until something of the list is kept. */
	let announcement: number | undefined;
	let hasLostStep = false;
	for (const line of text.split('\n')) {
		const isListed = LISTED.test(line);
		const cleaned = cleanLine(line, actions);
		if (cleaned !== line) isChanged = true;
		const isLost = cleaned === undefined || (hasLostStep && isListed && isFurtherStep(line));
		if (isLost) {
			isChanged = true;
			hasLostStep = true;
			continue;
		}
		if (cleaned.trim() !== '') {
			if (announcement !== undefined && hasLostStep && !isListed) kept.splice(announcement, 1);
			announcement = /[:：]\**\s*$/u.test(cleaned.slice(-20)) ? kept.length : undefined;
			hasLostStep = false;
		}
		kept.push(cleaned);
	}
	if (!isChanged) return text;
	if (announcement !== undefined && hasLostStep) kept.splice(announcement, 1);
	return kept
		.join('\n')
		.replace(/\n{3,}/gu, '\n\n')
		.trim();
}

function isFurtherStep(line: string): boolean {
	return FURTHER_STEP.test(withoutLeadIn(line.replace(LINE_MARK, '').slice(0, 300)));
}

/** The line without its orders; undefined when it held nothing else. */
function cleanLine(line: string, actions: Set<SuggestedAction>): string | undefined {
	if (!HINT.test(line)) return line;
	const mark = LINE_MARK.exec(line)?.[0] ?? '';
	let isChanged = false;
	const left = splitSentences(line.slice(mark.length)).map((sentence) => {
		const cleaned = cleanSentence(sentence);
		for (const action of cleaned.actions) actions.add(action);
		if (cleaned.actions.length > 0) isChanged = true;
		return cleaned.text;
	});
	if (!isChanged) return line;
	const text = left.join('').trimEnd();
	return /[\p{L}\p{N}]/u.test(text) ? mark + text : undefined;
}

function splitSentences(line: string): string[] {
	const masked = maskQuotes(line);
	const sentences: string[] = [];
	let from = 0;
	for (const match of masked.matchAll(SENTENCE_END)) {
		const end = match.index + match[0].length;
		sentences.push(line.slice(from, end));
		from = end;
	}
	if (from < line.length) sentences.push(line.slice(from));
	return sentences;
}
