/** How NemoVideo's server words what its agent does, in the two dialects that are known of it. */
export interface Dialect {
	readonly name: 'flat' | 'adk';
	/** What the agent says. */
	text(words: string): string;
	/** The agent begins to use a tool. */
	call(tool: string, args?: object): string;
	/** The tool has answered. */
	result(tool: string, response?: object): string;
	/** The model fails with a code of its own. */
	failure(code: string | number, message: string): string;
}

/** One server-sent event with its blank line. */
export function event(payload: object | string): string {
	return `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`;
}

export const HEARTBEAT = event({ type: 'heartbeat' });
export const COMMENT = ': still here\n\n';

export const flat: Dialect = {
	name: 'flat',
	text: (content) => event({ type: 'text', content }),
	call: (name, args = {}) => event({ type: 'tool_call', name, args }),
	result: (name, result = { ok: true }) => event({ type: 'tool_result', name, result }),
	failure: (code, message) => event({ type: 'error', code, message }),
};

let events = 0;

/** An event of Google's Agent Development Kit around the parts of its content. */
function adkEvent(role: 'model' | 'user', parts: object[], more: object = {}): string {
	events++;
	return event({
		content: { role, parts },
		invocationId: 'e-0b1f',
		author: 'nemo_agent',
		actions: { stateDelta: {}, artifactDelta: {} },
		id: `ev${String(events).padStart(6, '0')}`,
		timestamp: 1_743_712_220 + events,
		...more,
	});
}

export const adk: Dialect = {
	name: 'adk',
	text: (text) => adkEvent('model', [{ text }]),
	call: (name, args = {}) =>
		adkEvent('model', [{ functionCall: { id: `adk-${name}`, name, args } }]),
	result: (name, response = { ok: true }) =>
		adkEvent('user', [{ functionResponse: { id: `adk-${name}`, name, response } }]),
	failure: (errorCode, errorMessage) =>
		adkEvent('model', [], { content: undefined, errorCode: String(errorCode), errorMessage }),
};

/** A piece of what the agent says. */
export function adkPiece(text: string): string {
	return adkEvent('model', [{ text }], { partial: true });
}

/** Words that come in pieces, which are then repeated as a whole. */
export function adkPieces(pieces: string[]): string[] {
	return [...pieces.map(adkPiece), adk.text(pieces.join(''))];
}

/** A thought of the model, which nobody is shown. */
export function adkThought(text: string): string {
	return adkEvent('model', [{ text, thought: true }]);
}

export const DIALECTS: readonly Dialect[] = [flat, adk];
