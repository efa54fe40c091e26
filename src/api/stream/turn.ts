import type { NemoVideoError } from '../errors';
import { Answer } from './answer';
import type { AgentEvent } from './dialects';
import { FalseErrorFilter, dropFalseError } from './falseError';
import { failureFromWords } from './streamFailure';

export interface TurnResult {
	/** All that the agent said, empty when it closed without a word. */
	text: string;
	/** Names of the tools in the order of their first use. */
	tools: string[];
	toolCalls: number;
}

/**
 * Follows one turn, from the first event to the end of the stream.
 *
 * The text that claims a temporary issue is dropped from the end of a turn that gave anything
 * else. Where it is all that came, the turn failed with kind `server`, because NemoVideo told so:
 * kind `stream` is left to connections that broke. This is known once `finish` was called.
 */
export class Turn {
	private readonly answer = new Answer();
	private readonly filter = new FalseErrorFilter();
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
				return live === undefined ? undefined : this.filter.pass(live);
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
