/** All that happens in one run, as plain data: the same story always goes the same way. */
export interface Story {
	seed: number;
	/** Whether NemoVideo's answers speak Google ADK's dialect or the flat one. */
	dialect: 'flat' | 'adk';
	credential: 'token' | 'trial';
	/** Credits of the account. */
	credits: number;
	/** When the trial's first token is no longer taken, in milliseconds from the beginning. */
	tokenEndsAt?: number;
	/** Whether n8n saves an execution after every node, or only at its end. */
	savesProgress: boolean;
	executions: ExecutionPlan[];
	faults: FaultPlan[];
	/** n8n's process dies at this request, and starts again. */
	crash?: Moment;
	/** NemoVideo forgets the n-th session, from 1, so many milliseconds from the beginning. */
	forgets?: { nth: number; at: number };
	/** The machine's clock is set this much ahead, so many milliseconds from the beginning. */
	setsClock?: { at: number; ahead: number };
}

export type NodeKind =
	| 'createSession'
	| 'upload'
	| 'generate'
	| 'submit'
	| 'status'
	| 'export'
	| 'createVideo'
	| 'assistant'
	| 'state'
	| 'credits';

export interface NodePlan {
	name: string;
	kind: NodeKind;
	onError: 'stop' | 'continue' | 'errorOutput';
	/** Of Retry On Fail; 1 where it is off. */
	tries: number;
	/** How often items of the error output come back to the node. */
	rounds: number;
	parallel: number;
	onTimeout: 'error' | 'continue';
	timeoutMinutes: number;
	/** The prompt is an expression that gives the time, so it's another one on every try. */
	tellsTime?: true;
}

export interface RowPlan {
	/** Names what the user wants; the prompt holds it, so that it is found again everywhere. */
	wish: string;
	/** A session that is there before; without one, the workflow makes one. */
	session?: string;
	files: number;
	chat?: string;
}

/** A moment of a story: so many milliseconds after the n-th request of an execution, or of all. */
export interface Moment {
	request: number;
	delay: number;
}

export interface ExecutionPlan {
	name: string;
	/** Milliseconds from the beginning. */
	at: number;
	workflow: string;
	nodes: NodePlan[];
	rows: RowPlan[];
	/** The user presses Stop. */
	/** Either the user presses Stop, or the workflow's timeout is reached. */
	stop?: Moment & { isTimeout?: true };
	/** How often the user presses n8n's Retry after a failure or Stop. */
	retries: number;
	/** The user presses Retry of the first try once more, so many milliseconds later. */
	pressesAgain?: number;
	/** An agent or MCP client calls the node: n8n gives it no execution, no static data and no Stop. */
	isTool?: true;
}

export const ENDPOINTS = [
	'session',
	'prompt',
	'upload',
	'state',
	'credits',
	'render',
	'renderStatus',
	'cancel',
	'download',
	'video',
	'mint',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

export const FAULTS = [
	'refused',
	'lostBefore',
	'lostAfter',
	'unreachableAfter',
	'silentBefore',
	'silentAfter',
	'pageBefore',
	'pageAfter',
	'codeBefore',
	'codeAfter',
	'cut',
	'stall',
	'late',
	'split',
	'slow',
	'repeat',
	'heldHeartbeats',
	'errorEvent',
	'fileLeftOut',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface FaultPlan {
	on: Endpoint;
	/** Which request to that endpoint, from 1. */
	nth: number;
	what: FaultKind;
	/** Where in the answer, 0 to 1. */
	at: number;
	/** Which of several answers of this kind. */
	choice: number;
}
