import type { IDataObject } from 'n8n-workflow';
import type { NodePlan } from '../story/story.cts';
import { current } from '../time/current.cts';
import type { Item } from './nodeRun.cts';

/** What the fields of a node resolve to for one item. */
export function parametersOf(node: NodePlan, { json }: Item): IDataObject {
	const { parallel, onTimeout, timeoutMinutes, tellsTime } = node;
	const common = { parallel, includeInputFields: true };
	const turn = { ...common, onTimeout, timeoutMinutes };
	const { sessionId = '', prompt: words = '' } = json;
	const prompt = tellsTime ? `${String(words)} at ${current.time.wallClock}` : words;
	switch (node.kind) {
		case 'createSession':
			return { taskName: 'project', options: common };
		case 'upload':
			return { sessionId, source: 'binary', binaryPropertyName: '*', options: common };
		case 'generate':
			return { operation: 'generateAndWait', sessionId, prompt, options: turn };
		case 'submit':
			return { operation: 'submit', sessionId, prompt, options: turn };
		case 'status':
			return {
				operation: 'getStatus',
				sessionId,
				turnId: json.turnId ?? '',
				options: { ...turn, waitSeconds: 600 },
			};
		case 'export':
			return {
				operation: 'exportAndWait',
				sessionId,
				quality: 'high',
				download: true,
				binaryPropertyName: 'film',
				options: { ...common, onTimeout },
			};
		case 'createVideo':
			return {
				prompt,
				sessionId,
				source: 'auto',
				exportVideo: true,
				download: true,
				options: {
					...common,
					onTimeout,
					generateTimeoutMinutes: timeoutMinutes,
					outputBinaryPropertyName: 'film',
				},
			};
		case 'assistant':
			return {
				message: prompt,
				sessionId: '',
				chatId: json.chatId ?? '',
				binaryPropertyName: '*',
				options: { ...common, generateTimeoutMinutes: timeoutMinutes },
			};
		case 'state':
			return { operation: 'getState', sessionId, simplify: true, options: common };
		case 'credits':
			return { operation: 'getBalance', options: common };
	}
}

/** The type that n8n knows a node by. */
export function typeOf({ kind }: NodePlan): string {
	const name = {
		createSession: 'CreateSession',
		upload: 'Upload',
		generate: 'Generate',
		submit: 'Generate',
		status: 'Generate',
		export: 'Export',
		createVideo: 'CreateVideo',
		assistant: 'Assistant',
		state: 'State',
		credits: 'Credits',
	}[kind];
	return `n8n-nodes-nemovideo.nemoVideo${name}`;
}
