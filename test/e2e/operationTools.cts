import type { IDataObject } from 'n8n-workflow';
import { fromModel, type Tool } from './tools.cts';

/** IDs that earlier calls have given. */
export type Known = Record<'sessionId' | 'turnId' | 'renderId', string>;

/** One operation as a tool, and what it is to answer where those before it were called. */
export interface OperationTool extends Tool {
	/** As `everyOperation` names it. */
	operation: string;
	input(known: Known): IDataObject;
	/** A key of the answer, and what stands there. */
	gives: readonly [string, RegExp];
}

const FILM = 'Create a 15-second video of a quiet lake with a title "Lake"';
const QUICK = { pollIntervalSeconds: 0.1 };
const SESSION = { sessionId: fromModel('sessionId') };
const RENDER = { ...SESSION, renderId: fromModel('renderId') };

function tool(
	operation: string,
	parameters: IDataObject,
	gives: OperationTool['gives'],
	input: OperationTool['input'] = ({ sessionId }) => ({ sessionId }),
): OperationTool {
	const [node = '', name] = operation.split(' ');
	return {
		...{ operation, node, gives, input },
		name: operation.replace(' ', '_'),
		parameters: { ...(name === undefined ? {} : { operation: name }), ...parameters },
	};
}

const ofRender: OperationTool['input'] = ({ sessionId, renderId }) => ({ sessionId, renderId });

/** Every operation of every node, in the order of a film's making. */
export const OPERATION_TOOLS: readonly OperationTool[] = [
	tool('nemoVideoCredits getBalance', {}, ['available', /^\d+$/], () => ({})),
	tool('nemoVideoCredits checkConnection', {}, ['ok', /^true$/], () => ({})),
	tool('nemoVideoCreateSession', { language: 'en' }, ['sessionId', /^\d{19}$/], () => ({})),
	tool(
		'nemoVideoUpload',
		{ ...SESSION, source: 'url', urls: fromModel('url') },
		['files', /a\.jpg/],
		({ sessionId }) => ({ sessionId, url: 'https://example.com/a.jpg' }),
	),
	tool(
		'nemoVideoGenerate generateAndWait',
		{ ...SESSION, prompt: fromModel('prompt') },
		['status', /^completed$/],
		({ sessionId }) => ({ sessionId, prompt: FILM }),
	),
	tool(
		'nemoVideoGenerate submit',
		{ ...SESSION, prompt: fromModel('prompt') },
		['turnId', /./],
		({ sessionId }) => ({ sessionId, prompt: 'Add a title "Dawn"' }),
	),
	tool(
		'nemoVideoGenerate getStatus',
		{ turnId: fromModel('turnId'), options: { waitSeconds: 30 } },
		['status', /^completed$/],
		({ turnId }) => ({ turnId }),
	),
	tool('nemoVideoState getState', SESSION, ['timelineSummary', /^Timeline/]),
	tool('nemoVideoState getSubtitles', SESSION, ['subtitles', /-->/]),
	tool('nemoVideoExport exportAndWait', { ...SESSION, options: QUICK }, ['url', /\.mp4/]),
	// Another render than the finished one, so that it can be cancelled.
	tool('nemoVideoExport submit', { ...SESSION, options: { renderAgain: true } }, [
		'renderId',
		/^render_/,
	]),
	tool('nemoVideoExport getStatus', RENDER, ['status', /^(?:pending|processing)$/], ofRender),
	tool('nemoVideoExport cancel', RENDER, ['status', /^cancelled$/], ofRender),
	tool(
		'nemoVideoCreateVideo',
		{ prompt: fromModel('prompt'), options: QUICK },
		['url', /\.mp4/],
		() => ({ prompt: FILM }),
	),
	tool(
		'nemoVideoAssistant',
		{ message: fromModel('message'), chatId: 'matrix' },
		['text', /credits are available/],
		() => ({ message: 'credits' }),
	),
];
