import { NemoVideoError } from '../errors';
import { outcomeOf } from '../outcome';
import { saysSomething } from '../../text/spoken';
import { TextAssembler } from './textAssembler';
import type { AgentEvent, ToolCall, ToolResult } from './agentEvent';
import { FalseErrorFilter, dropFalseError } from './spuriousError';
import { OpenCalls } from './openCalls';
import { failureFromWords } from './streamFailure';

export interface TurnResult {
	/** All that the agent said, empty when it closed without a word. */
	text: string;
	/** What it said after its last tool, or all where it used none: its answer. */
	closingText: string;
	/** Whether it asked the user by a tool. */
	hasAsked: boolean;
	/** What it asked by tools; may be empty although it asked. */
	question: string;
	/** Names of the tools in the order of their first use. */
	tools: string[];
	toolCalls: number;
	/** Names of the tools whose result never came; those that ask the user are not among them. */
	openCalls: string[];
	/** Why tools failed that did not work later, in their own words. */
	toolErrors?: Array<{ tool: string; words: string }>;
	/** The claim of a temporary issue, which is no part of the text. */
	claim?: string;
}

/** The most that one turn can say. UTF-16 code units; real turns have some thousand. */
export const MAX_TURN_TEXT = 4_000_000;
/** The most tools that one turn can use. */
export const MAX_TOOL_CALLS = 10_000;
/** Tools whose last error is kept. */
const MAX_ERRORS = 5;

/**
 * Follows one turn, from the first event to the end of the stream.
 *
 * The text that claims a temporary issue is dropped from the end of a turn that gave anything
 * else. Where it is all that came, the turn failed with kind `server`, because NemoVideo told so:
 * kind `stream` is left to connections that broke. This is known once `finish` was called.
 */
export class Turn {
	private readonly answer = new TextAssembler();
	private readonly filter = new FalseErrorFilter();
	private readonly tools = new Set<string>();
	private readonly calls = new Set<string>();
	private readonly results = new Set<string>();
	private readonly open = new OpenCalls();
	private readonly questions = new Set<string>();
	private readonly toolErrors = new Map<string, string>();
	private hasAsked = false;
	private characters = 0;
	private started = false;
	private brokeOff = false;
	private failed: NemoVideoError | undefined;

	/**
	 * @returns the piece of text to show live, or undefined
	 * @throws NemoVideoError of kind `protocol` for a turn that says or does more than any real one
	 */
	push(event: AgentEvent): string | undefined {
		if (event.type !== 'keepAlive' && !isPiece(event)) this.brokeOff = event.type === 'breakOff';
		switch (event.type) {
			case 'keepAlive':
				if (event.working) this.started = true;
				return undefined;
			case 'failure':
				this.failed ??= event.error;
				return undefined;
			case 'breakOff':
				this.started = true;
				return undefined;
			case 'wholeSoFar':
				this.answer.seal();
				return undefined;
			case 'question':
				return this.ask(event.text);
			case 'toolCall':
				this.addCall(event);
				return event.question === undefined ? undefined : this.ask(event.question);
			case 'toolResult':
				this.addTool(this.results, event);
				this.open.answered(event);
				this.noteError(event);
				return undefined;
			case 'text': {
				this.started = true;
				this.characters += event.text.length;
				if (this.characters > MAX_TURN_TEXT) throw endless('said more than 4,000,000 characters');
				const live = event.partial ? this.answer.addPiece(event) : this.answer.addWhole(event);
				return live === undefined ? undefined : this.filter.pass(live);
			}
		}
	}

	/** Whether the agent began: after this the prompt must not be sent again. */
	get begun(): boolean {
		return this.started;
	}

	/** Whether the last that came is only the beginning of a message or a call. */
	get isCutShort(): boolean {
		return this.brokeOff || this.answer.isOpen;
	}

	/** The first failure that the backend told; after `finish` also that nothing else came. */
	get failure(): NemoVideoError | undefined {
		return this.failed;
	}

	/** What came so far; can be called while the turn goes on. */
	soFar(): TurnResult {
		return this.read();
	}

	/**
	 * What came in all. Only now it is known whether the claim of a temporary issue was all: then it is
	 * the failure, and no words beside it.
	 */
	finish(): TurnResult {
		const { claim, ...result } = this.read();
		if (claim === undefined) return result;
		const isAll = result.text === '' && result.toolCalls === 0 && !this.failed;
		if (!isAll) return { ...result, claim };
		this.failed = failureFromWords(claim);
		return result;
	}

	private read(): TurnResult {
		const messages = this.answer.read();
		const { beforeTool } = this.answer;
		const claim = dropFalseError(messages);
		const toolErrors = [...this.toolErrors].map(([tool, words]) => ({ tool, words }));
		return {
			text: inWords(messages),
			closingText: inWords(messages.slice(beforeTool)),
			hasAsked: this.hasAsked,
			question: [...this.questions].join('\n\n'),
			tools: [...this.tools],
			toolCalls: Math.max(this.calls.size, this.results.size),
			openCalls: this.open.names(),
			...(toolErrors.length > 0 && { toolErrors }),
			...(claim !== undefined && { claim }),
		};
	}

	/** A tool that worked in the end has no error to tell of. */
	private noteError({ name, error }: ToolResult): void {
		this.toolErrors.delete(name);
		if (error === undefined) return;
		this.toolErrors.set(name, error);
		const [oldest] = this.toolErrors.keys();
		if (this.toolErrors.size > MAX_ERRORS && oldest !== undefined) this.toolErrors.delete(oldest);
	}

	private ask(question: string): undefined {
		this.started = true;
		this.hasAsked = true;
		if (saysSomething(question) && this.questions.size < MAX_TOOL_CALLS)
			this.questions.add(question);
		return undefined;
	}

	private addCall(call: ToolCall): void {
		const isNew = this.addTool(this.calls, call);
		if (isNew && call.question === undefined) this.open.called(call);
	}

	/**
	 * An event that comes twice carries the same id; without one, each counts.
	 *
	 * @returns whether it is not a repetition
	 */
	private addTool(seen: Set<string>, { name, id }: { name: string; id?: string }): boolean {
		this.started = true;
		this.answer.sealForTool();
		if (name !== '') this.tools.add(name);
		const { size } = seen;
		if (size >= MAX_TOOL_CALLS) throw endless('used more than 10,000 tools');
		seen.add(id === undefined ? `#${size}` : `id ${id}`);
		return seen.size > size;
	}
}

/** Messages that together show nothing to read are none. */
function inWords(messages: string[]): string {
	const text = messages.join('\n\n');
	return saysSomething(text) ? text : '';
}

/** A piece of a message, which ends nothing that was begun before it. */
function isPiece(event: AgentEvent): boolean {
	return event.type === 'text' && event.partial && event.flat !== true;
}

function endless(what: string): NemoVideoError {
	return new NemoVideoError('protocol', `NemoVideo's agent ${what} in one turn`, {
		description: 'This answer is unexpected. Check the base URL in the credential.',
		outcome: outcomeOf('inStream'),
	});
}
