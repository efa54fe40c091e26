import { anyOf } from '../wordList';
import { PERSONS_CLAUSE } from './chinese';
import { guiInstruction, HEAD, isScriptLine, withoutLeadIn } from './phrases';
import type { SuggestedAction } from './rules';
import { maskQuotes } from '../quotes';

export interface CleanedSentence {
	/** What is left, trailing space included; empty when the sentence was nothing but orders. */
	text: string;
	/** What the orders amount to, as they are mentioned. */
	actions: SuggestedAction[];
}

interface Clause {
	/** As written, without what joins it to the clause before. */
	text: string;
	/** The same with quotations covered. */
	masked: string;
	/** What stands between the clause before and this one. */
	joint: string;
	/** Where it starts in its sentence. */
	at: number;
	action: SuggestedAction | undefined;
	isDropped: boolean;
}

/** Where one clause ends and the next begins; quotations are covered when this runs. */
const JOINTS = [
	String.raw`(?:[,;] ?|[，；：] ?|: (?=\S)| ?[—–] ?| - )(?:(?:and|or|but|so|then|which|where|while|plus)\b ?(?:then |also )?)?`,
	String.raw` (?:and|or|but|so|then)\b (?:then |also )?`,
	String.raw` (?=(?:that|which|where|so that|so) you(?: can|['’]ll|['’]re)\b)`,
	String.raw` (?=by (?:clicking|tapping|dragging|pressing|opening)\b)`,
	'(?<=完成|成功|好了|就绪)(?=请|[您你]可以|点击)',
];
const JOINT = new RegExp(JOINTS.join('|'), 'giu');

const LEAD_WORDS = anyOf(
	`to if when whenever once after before as_soon_as for in_order next then finally first lastly now
	alternatively otherwise from_there tip pro_tip note hint next_steps? step_\\d{1,2} want need ready`,
);
const CHINESE_LEAD_WORDS = anyOf(
	'如果 如需 若 想要? 要是? 当 为了 接下来 然后 最后 首先 下一步 提示 完成后 满意后 需要时 现在',
);
/** Has no sense without the clause that follows. */
const LEADS_ON = new RegExp(
	String.raw`^[^\p{L}\p{N}]{0,6}(?:(?:${LEAD_WORDS})\b|${CHINESE_LEAD_WORDS}|.{0,12}(?:的话|之后|以后|后|时)$)`,
	'iu',
);

/** Says something of its own although it follows an order. */
const STANDS_ALONE = [
	/^(?:please |just |you can |simply )*(?:tell|let|ask|reply|say|send|describe|write|type|message|feel free to (?:tell|ask|say)|give)\b/iu,
	/^(?:if|when|once) you(?:['’]d| would)? (?:like|want|need)/iu,
	/^(?:I|we|it|that|there|here|what)(?:['’](?:m|ll|ve|d|re|s))?\b/iu,
	/^(?:this|these|the|your|my|everything|both|an?|would|do|does|is|are|shall|should|can|how)\b/iu,
	/^(?:\p{L}{2,}ed|made|put|cut|kept)\b/iu,
];
const CHINESE_STANDS_ALONE =
	/^(?:(?:或者?|也可以?|并|请|直接|您|你|可以|还|然后)*(?:告诉|告知|跟我|和我|回复|描述|让我|联系)|(?:我|如果|视频|音乐|标题|字幕|背景|片段|这|整个|时长|总|需要我|是否|要不要|还有))/u;

/** Tells what the ordered click brings about. */
const CONSEQUENCE =
	/^(?:it|the|your|a|this|that)\b[^.]{0,60}?\b(?:will|['’]ll|should|starts?|begins?|appears?|downloads?)\b/iu;
const CHINESE_CONSEQUENCE =
	/^(?:即可|就|便|以|来|进行|选择|然后|再|之后|随后|系统(?:会|将)|视频(?:会|将|就))/u;

/** Who acts in a scene: a bare verb joined to such a clause goes on about them. */
const ACTOR = new RegExp(
	`\\b(?:${anyOf(
		`he she they hero(?:ine)?s? characters? m[ae]n wom[ae]n girls? boys? kids? child(?:ren)? people
		persons? actors? actress(?:es)? models? customers? users? viewers? dancers? athletes? drivers?
		players? robots? cats? dogs? hands? fingers? how_to scenes? shots? camera footage
		(?:video|clip|ad)_shows`,
	)})\\b`,
	'iu',
);

/** Joints after which the subject stays the same. */
const GOING_ON = /^(?: (?:and|or|then|but|so) |，$)/iu;
const ADDRESSES_USER = /^(?:you\b|please\b|请|您|你)/iu;

/**
 * Takes the orders to click, open, drag and preview out of one sentence.
 *
 * @param sentence with its closing mark and the space after it
 */
export function cleanSentence(sentence: string): CleanedSentence {
	// A link is worth more than the order to click it.
	if (isScriptLine(sentence) || /https?:\/\//iu.test(sentence)) {
		return { text: sentence, actions: [] };
	}
	const { text: outside, orders } = withoutBrackets(sentence);
	const body = outside.trimEnd();
	const end = /[.!?…。！？：:]{0,6}["'”’)\]*_」』）]{0,6}$/u.exec(body.slice(-12))?.[0] ?? '';
	const clauses = splitClauses(body.slice(0, body.length - end.length));
	markOrders(clauses);
	markLeads(clauses);
	for (const { action, isDropped, at } of clauses) {
		if (isDropped && action !== undefined) orders.push({ action, at });
	}
	if (orders.length === 0) return { text: sentence, actions: [] };
	const actions = orders.sort((one, other) => one.at - other.at).map(({ action }) => action);
	const left = join(clauses);
	if (left === '') return { text: '', actions };
	return { text: balance(`${left}${closing(end, left)}`) + outside.slice(body.length), actions };
}

/** Orders in brackets go with their brackets. */
function withoutBrackets(sentence: string): {
	text: string;
	orders: Array<{ action: SuggestedAction; at: number }>;
} {
	const orders: Array<{ action: SuggestedAction; at: number }> = [];
	let cutBefore = 0;
	const text = sentence.replace(
		/ ?[(（]([^()（）]{3,200})[)）]/gu,
		(whole, inner: string, at: number) => {
			const found = maskQuotes(inner, isButtonName)
				.split(/[,;，；]/u)
				.flatMap((part) => guiInstruction(part) ?? []);
			if (found.length === 0) return whole;
			orders.push(...found.map((action) => ({ action, at: at - cutBefore })));
			cutBefore += whole.length;
			return '';
		},
	);
	return { text, orders };
}

/** `click "Export"` and `the "Export" button` name a button; other quotations are content. */
function isButtonName(before: string, after: string): boolean {
	return (
		/(?:(?:click|tap|press|hit)(?: on)?(?: the)?|select|choose|open|点击|单击|点|按|按下|选择|打开)\s?[*_[]{0,3}$/iu.test(
			before,
		) ||
		/^[\s*_\]]{0,4}(?:(?:button|icon|tab|menu|panel|option)\b|按钮|图标|选项|菜单|面板)/iu.test(
			after,
		)
	);
}

function splitClauses(body: string): Clause[] {
	const masked = maskQuotes(body, isButtonName);
	const clauses: Clause[] = [];
	let at = 0;
	let joint = '';
	const add = (end: number): void => {
		const clause = masked.slice(at, end);
		const action = guiInstruction(clause);
		clauses.push({
			text: body.slice(at, end),
			masked: clause,
			joint,
			at,
			action,
			isDropped: false,
		});
	};
	for (const match of masked.matchAll(JOINT)) {
		if (match.index <= at) continue;
		add(match.index);
		joint = match[0];
		at = match.index + joint.length;
	}
	add(body.length);
	return clauses;
}

function markOrders(clauses: readonly Clause[]): void {
	let isAfterOrder = false;
	let isAboutActor = false;
	for (const clause of clauses) {
		const head = clause.masked.slice(0, HEAD).trim();
		const goesOn: boolean =
			isAboutActor && GOING_ON.test(clause.joint) && !ADDRESSES_USER.test(head);
		if (clause.action !== undefined && !goesOn) clause.isDropped = true;
		else clause.isDropped = isAfterOrder && !standsAlone(head, clause.joint);
		isAfterOrder = clause.isDropped;
		isAboutActor = goesOn || ACTOR.test(head) || PERSONS_CLAUSE.test(head);
	}
}

/** What only led on to an order goes with it. */
function markLeads(clauses: readonly Clause[]): void {
	for (let index = clauses.length - 2; index >= 0; index--) {
		const clause = clauses[index];
		if (clause === undefined || clause.isDropped || clauses[index + 1]?.isDropped !== true)
			continue;
		const head = clause.masked.slice(0, HEAD).trim();
		clause.isDropped = LEADS_ON.test(head) || !/[\p{L}\p{N}\uFFFC]/u.test(withoutLeadIn(head));
	}
}

function standsAlone(head: string, joint: string): boolean {
	if (/\p{Script=Han}/u.test(head)) {
		if (CHINESE_CONSEQUENCE.test(head)) return false;
		return CHINESE_STANDS_ALONE.test(head) || head.length > 14;
	}
	const isConsequence = /and|then|so/iu.test(joint) && CONSEQUENCE.test(head);
	return !isConsequence && STANDS_ALONE.some((pattern) => pattern.test(head));
}

function join(clauses: readonly Clause[]): string {
	let text = '';
	for (const [index, clause] of clauses.entries()) {
		if (clause.isDropped) continue;
		if (text === '') text = index === 0 ? clause.text : startSentence(clause.text);
		else text += clause.joint + clause.text;
	}
	return /[\p{L}\p{N}]/u.test(text) ? text.trimEnd() : '';
}

/** Makes a clause from further on a sentence's first. */
function startSentence(clause: string): string {
	return clause
		.trimStart()
		.replace(/^(?:and|or|but|so|then)\b ?/iu, '')
		.replace(/^(?:或者?|并且?|也可以|然后)(?=\p{Script=Han})/u, '')
		.replace(/^[a-z]/u, (letter) => letter.toUpperCase());
}

/** A colon whose list is gone becomes a full stop; a mark that stands already is not doubled. */
function closing(end: string, left: string): string {
	if (/[.!?…。！？]$/u.test(left)) return '';
	return end.replace(/[:：]/u, (colon) => (colon === '：' ? '。' : '.'));
}

/** Half a pair of bold marks is none. */
function balance(text: string): string {
	return (text.match(/\*\*/gu)?.length ?? 0) % 2 === 0 ? text : text.replace(/\*\*/u, '');
}
