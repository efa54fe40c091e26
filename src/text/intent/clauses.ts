import { asRead, coverAsides } from './asides';
import { clauseIntent, withoutCourtesy } from './clause';
import type { ClauseIntent } from './rules';
import { anyOf } from '../wordList';

/** A piece of a message that asks for one thing. */
export interface Clause {
	text: string;
	/** The same without asides. */
	wanted: string;
	joint: string;
	intent: ClauseIntent | undefined;
}

/** Where one clause ends and the next begins, each with the space around it. */
const JOINTS = [
	String.raw`[.!?。！？…\n]+\s{0,4}`,
	String.raw`(?<=\p{Script=Han}) {1,4}(?=\p{Script=Han})`,
	String.raw`[,;，；] ?(?:(?:and then|then|and|but|so|also)\b ?|(?:然后|再|接着|并且?)(?=\p{Script=Han}))?`,
	String.raw`(?<=\p{Script=Han})(?:然[后後]|接着|之[后後]再|(?:并|再|[后後])(?=[导導汇匯輸输渲]出?|下[载載]))`,
	String.raw` (?:and then|and also|then|and|but|after that|afterwards)\b `,
];
const JOINT = new RegExp(JOINTS.join('|'), 'giu');

/** Longer messages are scripts: only their last clause can be an order. */
const MAX_REQUEST = 600;

/** How a clause begins that says how the user likes it, not what to do. */
const COURTESIES = anyOf(
	String.raw`(?:(?:it|this|that|everything|all)_)?looks?\b this_is that['’]?s that_is it['’]?s
	i_(?:love|like|am|think) (?:i|we)_need_(?:it|this|that)_(?:by|for|before|until|asap|today|tonight|now|soon)\b
	i['’]?m we(?:['’]?re|_are) (?:the|my)_(?:client|boss|team|customer)
	perfect great good nice amazing awesome cool wow done finished all_(?:good|set|done) everything
	thanks? very love nothing yes ok sure no(?!_\p{L})
	no_(?:more|thanks?|need|problem|worries|changes?|edits?|further|other)
	很好 不错 满意 完美 谢谢 可以 好 太 行 没问题 就这样`,
);
export const COURTESY = new RegExp(String.raw`^\P{L}*(?:please )?(?:${COURTESIES})`, 'iu');

/** The clauses of a message; of a script only the last can be an order. */
export function splitClauses(message: string): Clause[] {
	const masked = asRead(message);
	const clauses: Clause[] = [];
	let from = 0;
	let joint = '';
	const add = (end: number): void => {
		const text = message.slice(from, end);
		const intent = clauseIntent(masked.slice(from, end));
		clauses.push({ text, wanted: coverAsides(text), joint, intent });
	};
	for (const match of masked.matchAll(JOINT)) {
		if (match.index > from) add(match.index);
		joint = match.index > from ? match[0] : joint + match[0];
		from = match.index + match[0].length;
	}
	if (from < message.length) add(message.length);
	return message.length > MAX_REQUEST ? asScript(clauses) : clauses;
}

function asScript(clauses: readonly Clause[]): Clause[] {
	return clauses.map((clause, index) => {
		const isLast = index === clauses.length - 1;
		return isLast || clause.intent === undefined ? clause : { ...clause, intent: 'edit' };
	});
}

/** Whether a clause asks for something that only the agent can do. */
export function isRequest({ text, wanted, intent }: Clause): boolean {
	if (intent !== undefined) return intent === 'edit';
	if (COURTESY.test(text)) return false;
	const bare = withoutCourtesy(wanted);
	return /\p{Script=Han}/u.test(bare) ? bare.length > 8 : bare.split(/\s+/u).length > 3;
}
