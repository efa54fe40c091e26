import type { NemoVideoError } from '../errors';
import type { ToolOutcome } from './toolResult';

/** What the agent does, whichever dialect it was told in. */
export type AgentEvent =
	| {
			type: 'text';
			text: string;
			/** A piece; in ADK's dialect the whole message may follow. */
			partial: boolean;
			/** Told in the flat dialect, whose pieces no whole message follows. */
			flat?: true;
			/** Of the ADK event: tells a repetition. */
			id?: string;
			/** Of the ADK event, in whatever unit the server counts: tells a latecomer. */
			at?: number;
	  }
	| ToolCall
	| ToolResult
	/** What the agent says or calls now is not whole: only what follows can end its turn. */
	| { type: 'breakOff' }
	/** What the agent said is whole, although no whole message repeats it. */
	| { type: 'wholeSoFar' }
	/** The agent asks the user something, and waits for the answer as the next prompt. */
	| { type: 'question'; text: string }
	| {
			type: 'keepAlive';
			/** The agent itself gave a sign (a thought, a change of state), not just the connection. */
			working?: true;
	  }
	| {
			type: 'failure';
			error: NemoVideoError;
			/** A bare `{code, message}`: where nothing came before it, NemoVideo refused the prompt. */
			isEnvelope?: true;
	  };

export interface ToolCall {
	type: 'toolCall';
	name: string;
	id?: string;
	/** Goes on after the turn, whatever the agent's framework answers at once. */
	isLongRunning?: true;
	/** Of a tool that asks the user: what it asks, possibly empty. */
	question?: string;
	/** Ids of the jobs that it is about, where its arguments name any. */
	jobs?: string[];
}

export interface ToolResult extends ToolOutcome {
	type: 'toolResult';
	name: string;
	id?: string;
}
