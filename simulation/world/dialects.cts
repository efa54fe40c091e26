const event = (payload: object): string => `data: ${JSON.stringify(payload)}\n\n`;

/** How NemoVideo's agent words what it does (public samples of the flat dialect; Google ADK's events). */
export interface Dialect {
	text(words: string): string;
	call(tool: string, id: string): string;
	result(tool: string, id: string): string;
	error(code: number | string, words: string): string;
}

/** The same failure as NemoVideo's other endpoints word it. */
export const bareError = (code: number | string, message: string): string =>
	event({ code, message });

export const HEARTBEAT = 'data: {"type":"heartbeat"}\n\n';

export const FLAT: Dialect = {
	text: (content) => event({ type: 'text', content }),
	call: (name, id) => event({ type: 'tool_call', name, id, args: {} }),
	result: (name, id) => event({ type: 'tool_result', name, id, result: { ok: true } }),
	error: (code, message) => event({ type: 'error', code, message }),
};

const adk = (role: string, part: object): string =>
	event({ content: { role, parts: [part] }, author: 'nemo_agent', actions: { stateDelta: {} } });

export const ADK: Dialect = {
	text: (text) => adk('model', { text }),
	call: (name, id) => adk('model', { functionCall: { id: `adk-${id}`, name, args: {} } }),
	result: (name, id) =>
		adk('user', { functionResponse: { id: `adk-${id}`, name, response: { ok: true } } }),
	error: (code, message) => event({ error: { code, message } }),
};
