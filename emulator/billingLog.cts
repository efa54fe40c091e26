import type { EventBus } from './eventBus.cts';

export type TurnKind = 'generation' | 'edit' | 'question';

/** One prompt that reached /run_sse with a good token and a known session. */
export interface PromptEntry {
	seq: number;
	at: number;
	/** The request's number in the log. */
	request: number;
	token: string;
	sessionId: string;
	/** The session's turns so far, this one included. */
	turn: number;
	text: string;
	kind: TurnKind;
	/** Whether the backend took it on; a refused one costs nothing. */
	accepted: boolean;
	refusedWith?: number;
	/** Credits taken for it. */
	charged: number;
	/** An earlier accepted prompt of the same session with the same text. */
	duplicateOf?: number;
	/** Another turn of the session was still running. */
	overlapped: boolean;
	status: 'running' | 'done' | 'failed' | 'refused';
	doneAt?: number;
	/** Closed without a text. */
	silent?: boolean;
}

export interface RenderEntry {
	seq: number;
	at: number;
	/** The id the client chose. */
	id: string;
	sessionId: string;
	token: string;
	/** SHA-256 of the draft as canonical JSON. */
	draftHash: string;
	/** Whether the draft equals the session's current one, unknown keys included. */
	sameAsState: boolean;
	output: unknown;
	status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
	/** Times the same id was submitted again. */
	duplicates: number;
	doneAt?: number;
}

export interface MintEntry {
	seq: number;
	at: number;
	clientId: string;
	ip: string;
	/** The token, or the HTTP status that refused it. */
	token?: string;
	refusedWith?: number;
	userId?: string;
}

export interface UploadEntry {
	seq: number;
	at: number;
	sessionId: string;
	filename: string;
	sizeBytes: number;
	sha256: string;
	source: 'multipart' | 'url';
	/** Absent: accepted. */
	refusedWith?: number;
}

/** The totals that tests compare with what they expect. */
export interface BillingSummary {
	promptsAccepted: number;
	promptsRefused: number;
	promptsDuplicated: number;
	creditsCharged: number;
	sessions: number;
	uploads: number;
	renders: number;
	/** Renders of a draft that already had one which neither failed nor was cancelled. */
	rendersDuplicated: number;
	mints: number;
	/** Requests that lacked one of the attribution headers. */
	withoutAttribution: number;
}

/** What was done and what it cost: the emulator's evidence. */
export class BillingLog {
	prompts: PromptEntry[] = [];
	renders: RenderEntry[] = [];
	mints: MintEntry[] = [];
	uploads: UploadEntry[] = [];
	sessions: Array<{
		at: number;
		sessionId: string;
		taskId: string;
		token: string;
		language: string;
	}> = [];
	withoutAttribution: Array<{ request: number; path: string }> = [];
	private count = 0;

	constructor(private readonly hub: EventBus) {}

	private next(): { seq: number; at: number } {
		this.count += 1;
		return { seq: this.count, at: Date.now() };
	}

	prompt(
		detail: Omit<PromptEntry, 'seq' | 'at' | 'duplicateOf' | 'status'> & { refusedWith?: number },
	): PromptEntry {
		const earlier = this.prompts.find(
			(entry) =>
				entry.accepted && entry.sessionId === detail.sessionId && entry.text === detail.text,
		);
		const entry: PromptEntry = {
			...this.next(),
			...detail,
			...(detail.accepted && earlier ? { duplicateOf: earlier.seq } : {}),
			status: detail.accepted ? 'running' : 'refused',
		};
		this.prompts.push(entry);
		this.hub.record(detail.accepted ? 'turn.accepted' : 'turn.refused', {
			prompt: entry.seq,
			sessionId: entry.sessionId,
			text: entry.text,
			request: entry.request,
			duplicate: entry.duplicateOf !== undefined,
		});
		return entry;
	}

	promptDone(entry: PromptEntry, status: 'done' | 'failed', silent: boolean): void {
		entry.status = status;
		entry.doneAt = Date.now();
		entry.silent = silent;
		this.hub.record('turn.done', {
			prompt: entry.seq,
			sessionId: entry.sessionId,
			status,
			silent,
			kind: entry.kind,
		});
	}

	render(detail: Omit<RenderEntry, 'seq' | 'at' | 'status' | 'duplicates'>): RenderEntry {
		const entry: RenderEntry = { ...this.next(), ...detail, status: 'pending', duplicates: 0 };
		this.renders.push(entry);
		this.hub.record('render.created', {
			render: entry.id,
			sessionId: entry.sessionId,
			draftHash: entry.draftHash,
		});
		return entry;
	}

	renderDone(entry: RenderEntry, status: 'completed' | 'failed' | 'cancelled'): void {
		entry.status = status;
		entry.doneAt = Date.now();
		this.hub.record('render.done', { render: entry.id, sessionId: entry.sessionId, status });
	}

	mint(detail: Omit<MintEntry, 'seq' | 'at'>): void {
		const entry = { ...this.next(), ...detail };
		this.mints.push(entry);
		this.hub.record('mint', { clientId: entry.clientId, refusedWith: entry.refusedWith });
	}

	upload(detail: Omit<UploadEntry, 'seq' | 'at'>): void {
		const entry = { ...this.next(), ...detail };
		this.uploads.push(entry);
		this.hub.record('upload', {
			sessionId: entry.sessionId,
			filename: entry.filename,
			sizeBytes: entry.sizeBytes,
			refusedWith: entry.refusedWith,
		});
	}

	session(detail: { sessionId: string; taskId: string; token: string; language: string }): void {
		this.sessions.push({ at: Date.now(), ...detail });
		this.hub.record('session', { sessionId: detail.sessionId, taskId: detail.taskId });
	}

	summary(): BillingSummary {
		const sound = this.renders.filter((entry) => !['failed', 'cancelled'].includes(entry.status));
		const drafts = new Set(sound.map((entry) => `${entry.sessionId} ${entry.draftHash}`));
		return {
			promptsAccepted: this.prompts.filter((entry) => entry.accepted).length,
			promptsRefused: this.prompts.filter((entry) => !entry.accepted).length,
			promptsDuplicated: this.prompts.filter((entry) => entry.duplicateOf !== undefined).length,
			creditsCharged: this.prompts.reduce((sum, entry) => sum + entry.charged, 0),
			sessions: this.sessions.length,
			uploads: this.uploads.filter((entry) => entry.refusedWith === undefined).length,
			renders: this.renders.length,
			rendersDuplicated: sound.length - drafts.size,
			mints: this.mints.filter((entry) => entry.token !== undefined).length,
			withoutAttribution: this.withoutAttribution.length,
		};
	}

	clear(): void {
		this.prompts = [];
		this.renders = [];
		this.mints = [];
		this.uploads = [];
		this.sessions = [];
		this.withoutAttribution = [];
		this.count = 0;
	}
}
