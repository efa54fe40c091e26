import { ACTOR, CHINESE_LEAD_INS, CHINESE_RULES, DONE, TOLD_TO_USER } from './chinese';
import { anyOf } from '../wordList';
import { ENGLISH_LEAD_INS, ENGLISH_RULES } from './english';
import type { SuggestedAction } from './rules';

/** Only the head of a clause decides, which also bounds the work for a clause without end. */
export const HEAD = 300;

const LEAD_IN = new RegExp(
	`^(?:${[String.raw`[^\p{L}\p{N}\uFFFC]{1,12}`, ...ENGLISH_LEAD_INS, ...CHINESE_LEAD_INS].join('|')})`,
	'iu',
);

/** Chinese texts name buttons in English as well. */
const ALL_RULES = [...CHINESE_RULES, ...ENGLISH_RULES];

/** The labels of a script's lines: what follows is content, whatever it says. */
const LABELS = anyOf(
	`scene shot clip title headline cta call_to_action text overlay text_overlay on-screen_text caption
	subtitles? voice-?over narrator narration vo script hook slogan tagline lyrics prompt`,
);
const CHINESE_LABELS = anyOf('场景 镜头 画面 字幕 文案 标题 旁白 台词 口号 脚本 提示词 文字');
const ENGLISH_LINE = String.raw`(?:${LABELS})\s?\d{0,3}\s?(?:\([^)]{0,30}\)\s?)?[^\p{L}\p{N}\s]{0,2}[:：]`;
const CHINESE_LINE = String.raw`(?:${CHINESE_LABELS})\s?[\d一二三四五六七八九十]{0,3}\s?[:：]`;
const SCRIPT_LINE = new RegExp(
	String.raw`^[^\p{L}\p{N}]{0,6}(?:${ENGLISH_LINE}|${CHINESE_LINE})`,
	'iu',
);

/** Whether a sentence is a line of a script: `Scene 2: Click, the door opens.` */
export function isScriptLine(sentence: string): boolean {
	return SCRIPT_LINE.test(sentence.slice(0, HEAD));
}

/**
 * What a clause tells the user to do with a mouse.
 *
 * @param clause with quotations covered
 * @returns undefined for a clause that says something else
 */
export function guiInstruction(clause: string): SuggestedAction | undefined {
	const head = clause.slice(0, HEAD);
	const order = withoutLeadIn(head);
	if (!/\p{Script=Han}/u.test(head)) {
		return ENGLISH_RULES.find(({ pattern }) => pattern.test(order))?.action(order);
	}
	for (const { pattern, action } of ALL_RULES) {
		const match = pattern.exec(order);
		if (match === null) continue;
		const upToVerb = head.slice(0, head.length - order.length + match[0].length);
		const isMeant = TOLD_TO_USER.test(upToVerb) || !(ACTOR.test(upToVerb) || DONE.test(upToVerb));
		return isMeant ? action(order) : undefined;
	}
	return undefined;
}

/** The clause from its verb on. */
export function withoutLeadIn(clause: string): string {
	let order = clause.trimStart();
	for (let round = 0; round < 8; round++) {
		const match = LEAD_IN.exec(order);
		if (match === null) break;
		order = order.slice(match[0].length).trimStart();
	}
	return order;
}
