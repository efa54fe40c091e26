import { FaultBook } from './faults.cts';
import { EventBus } from './eventBus.cts';
import { Ids } from './ids.cts';
import { BillingLog } from './billingLog.cts';
import { completeOptions, type EmulatorOptions } from './options.cts';
import { RenderStore } from './renders.cts';
import { RequestLog } from './requests.cts';
import { SessionStore } from './sessions.cts';
import { resolveShapes, type Shapes } from './shapes.cts';
import { Timers } from './timers.cts';
import { TokenStore } from './tokens.cts';
import { TurnRunner } from './turns.cts';
import { UploadStore } from './uploads.cts';

/** Everything the emulated backend knows, in one place. */
export class Backend {
	readonly options: EmulatorOptions;
	readonly hub = new EventBus();
	readonly ids = new Ids();
	readonly timers = new Timers();
	readonly faults = new FaultBook();
	readonly requests: RequestLog;
	readonly ledger: BillingLog;
	readonly tokens: TokenStore;
	readonly sessions: SessionStore;
	readonly uploads: UploadStore;
	readonly renders: RenderStore;
	turns: TurnRunner;
	/** Set once both listeners are up. */
	url = '';
	cdnUrl = '';
	closing = false;
	/** Closes the API's listener and its connections; set by the server. */
	refuse: (gently?: boolean) => Promise<void> = async () => undefined;
	listen: () => Promise<void> = async () => undefined;
	private readonly given: Partial<EmulatorOptions>;

	/** @param folder where uploads and renders are kept */
	constructor(
		given: Partial<EmulatorOptions>,
		readonly folder: string,
	) {
		this.given = structuredClone(given);
		this.options = completeOptions(given);
		this.requests = new RequestLog(this.hub);
		this.ledger = new BillingLog(this.hub);
		this.tokens = new TokenStore(this.options, this.ids, this.ledger, (seconds) =>
			this.retryAfter(seconds),
		);
		this.sessions = new SessionStore(this.ids, this.ledger);
		this.uploads = new UploadStore(this);
		this.renders = new RenderStore(this);
		this.turns = new TurnRunner(this);
	}

	get shapes(): Shapes {
		return resolveShapes(this.options.shapes);
	}

	/** The origin that file URLs name. */
	get filesUrl(): string {
		return this.options.cdn === 'other' ? this.cdnUrl : this.url;
	}

	/** The header of a 429, in the form the options ask for. */
	retryAfter(seconds: number): Record<string, string> {
		const { retryAfter } = this.options;
		if (retryAfter === 'none') return {};
		if (retryAfter === 'date') {
			return { 'retry-after': new Date(Date.now() + seconds * 1000).toUTCString() };
		}
		return { 'retry-after': String(retryAfter) };
	}

	/** Where an uploaded file lies on disk. */
	pathOf(url: string): string | undefined {
		const id = /\/uploads\/([^/]+)\//.exec(url)?.[1];
		return id === undefined ? undefined : this.uploads.source(id)?.path;
	}

	/** Back to the start: all work ends, everything is forgotten, the options are as given. */
	reset(): void {
		this.turns = new TurnRunner(this);
		this.timers.stopAll();
		this.requests.destroyBusy();
		this.renders.clear();
		this.uploads.clear();
		this.sessions.clear();
		this.faults.clear();
		this.ledger.clear();
		this.requests.clear();
		this.hub.clear();
		Object.assign(this.options, completeOptions(this.given));
		this.tokens.start();
	}
}
