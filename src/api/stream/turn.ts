import type { NemoVideoError } from '../errors';
import { Answer } from './answer';
import type { AgentEvent } from './dialects';
import { failureFromWords } from './streamFailure';

export interface TurnResult {
	/** All that the agent said, empty when it closed without a word. */
	text: string;
	/** Names of the tools in the order of their first use. */
	tools: string[];
	toolCalls: number;
}

/** NemoVideo adds this to turns that went well; only alone is it true (NemoVideo's skill text). */
const FALSE_ERROR = /I encountered a temporary issue/i;
const END_OF_SENTENCE = /[.!?…]["')\]]*\s+|[。!?\n]/g;

/**
 * Follows one turn, from the first event to the end of the stream.
 *
 * The text that claims a temporary issue is dropped from the end of a turn that gave anything
 * else. Where it is all that came, the turn failed with kind `server`, because NemoVideo told so:
 * kind `stream` is left to connections that broke. This is known once `finish` was called.
 */
export class Turn {
	private readonly answer = new Answer();
	private readonly tools = new Set<string>();
	private readonly calls = new Set<string>();
	private readonly results = new Set<string>();
	private started = false;
	private failed: NemoVideoError | undefined;

	/** @returns the piece of text to show live, or undefined */
	push(event: AgentEvent): string | undefined {
		switch (event.type) {
			case 'keepAlive':
				if (event.working) this.started = true;
				return undefined;
			case 'failure':
				this.failed ??= event.error;
				return undefined;
			case 'toolCall':
				this.addTool(this.calls, event);
				return undefined;
			case 'toolResult':
				this.addTool(this.results, event);
				return undefined;
			case 'text': {
				this.started = true;
				const live = event.partial ? this.answer.addPiece(event) : this.answer.addWhole(event);
				return live !== undefined && FALSE_ERROR.test(event.text) ? undefined : live;
			}
		}
	}

	/** Whether the agent began: after this the prompt must not be sent again. */
	get begun(): boolean {
		return this.started;
	}

	/** The first failure that the backend told; after `finish` also that nothing else came. */
	get failure(): NemoVideoError | undefined {
		return this.failed;
	}

	finish(): TurnResult {
		const messages = this.answer.read();
		const toolCalls = Math.max(this.calls.size, this.results.size);
		const claim = dropFalseError(messages);
		if (claim !== undefined && messages.length === 0 && toolCalls === 0) {
			this.failed ??= failureFromWords(claim);
		}
		return { text: messages.join('\n\n'), tools: [...this.tools], toolCalls };
	}

	/** An event that comes twice carries the same id; without one, each counts. */
	private addTool(seen: Set<string>, { name, id }: { name: string; id?: string }): void {
		this.started = true;
		this.answer.seal();
		if (name !== '') this.tools.add(name);
		seen.add(id === undefined ? `#${seen.size}` : `id ${id}`);
	}
}

/** Takes the claim off the end of the messages. @returns the words of it, if there were any */
function dropFalseError(messages: string[]): string | undefined {
	let claim: string | undefined;
	for (;;) {
		const last = messages.at(-1) ?? '';
		const position = last.search(FALSE_ERROR);
		if (position < 0) return claim;
		const start = startOfSentence(last, position);
		claim = last.slice(start);
		const before = last.slice(0, start).trim();
		messages.splice(-1, 1, ...(before === '' ? [] : [before]));
	}
}

function startOfSentence(text: string, position: number): number {
	let start = 0;
	for (const { index, 0: end } of text.slice(0, position).matchAll(END_OF_SENTENCE)) {
		start = index + end.length;
	}
	return start;
}
