import { isRecord } from '../json';

/**
 * Tools by which an agent asks the user something and then ends its turn. Their names are not
 * published: they are told by the words in them, e.g. `ask_question`, `askUser`,
 * `adk_request_input`, `request_clarification`.
 */
const ASKING = new Set(['ask', 'asks', 'clarify', 'clarification', 'question', 'questions']);
const REQUESTED = new Set([
	'input',
	'confirmation',
	'confirm',
	'choice',
	'approval',
	'feedback',
	'credential',
	'credentials',
]);

/** Whether a tool asks the user something. */
export function isAskTool(name: string): boolean {
	const words = name
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u);
	if (words.some((word) => ASKING.has(word))) return true;
	const isForUser = ['request', 'user', 'human', 'wait'].some((word) => words.includes(word));
	return isForUser && words.some((word) => REQUESTED.has(word));
}

/** Questions that are read of one call, and options of one question. */
const MAX_QUESTIONS = 20;
/** How deep questions may lie in a tool's arguments. */
const MAX_DEPTH = 4;
const QUESTION_KEYS = ['question', 'prompt', 'message', 'text', 'content', 'title', 'hint'];
const LABEL_KEYS = ['label', 'text', 'title', 'name', 'value', 'id'];

/**
 * What a tool asks, in words: its question with the options as a list.
 *
 * @param args the tool's arguments, or an `ask_question` event of the sibling gateway
 * @returns possibly an empty string
 */
export function questionOf(args: unknown, depth = 0): string {
	if (typeof args === 'string') return args.trim();
	if (!isRecord(args) || depth > MAX_DEPTH) return '';
	if (Array.isArray(args.questions)) {
		const questions = args.questions
			.slice(0, MAX_QUESTIONS)
			.map((question) => questionOf(question, depth + 1));
		return [textOf(args, ['title']), ...questions].filter((text) => text !== '').join('\n\n');
	}
	const options = Array.isArray(args.options) ? args.options : args.choices;
	const listed = (Array.isArray(options) ? options : [])
		.slice(0, MAX_QUESTIONS)
		.map((option) => (isRecord(option) ? textOf(option, LABEL_KEYS) : String(option)))
		.map((label) => `- ${label}`);
	// ADK puts what is to be confirmed beside the call that waits for it.
	const text = textOf(args, QUESTION_KEYS) || questionOf(confirmationIn(args), depth + 1);
	return [text, ...listed].filter((part) => part !== '').join('\n');
}

function confirmationIn(args: Record<string, unknown>): unknown {
	const found = args.toolConfirmation ?? args.tool_confirmation;
	return isRecord(found) ? found : undefined;
}

function textOf(source: Record<string, unknown>, keys: readonly string[]): string {
	const found = keys
		.map((key) => source[key])
		.find((value) => typeof value === 'string' && value.trim() !== '');
	return typeof found === 'string' ? found.trim() : '';
}
