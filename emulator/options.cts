import { resolveShapes, type ShapesInput } from './shapes.cts';

/** What a token may do, what it holds and how long it lives. */
export interface TokenOptions {
	/** Credits at the start. */
	credits?: number;
	/** `read`, `write`, `upload`, `render`, `*`. */
	scopes?: string[];
	/** Milliseconds from now; absent: never. */
	expiresInMs?: number;
	userId?: string;
}

/** How one render ends; `gone` completes with a URL and a download that answer 404. */
export type RenderOutcome = 'completed' | 'failed' | 'noUrl' | 'gone' | 'forever';

export type HeartbeatForm = 'literal' | 'json' | 'empty' | 'comment';

/** Everything that can be set; all of it may be changed while the emulator runs. */
export interface EmulatorOptions {
	/** 0: a free port. Read at the start only, as is `cdnPort`. */
	port: number;
	/** The second origin, for files. */
	cdnPort: number;
	/** Which origin file URLs name: the API's own or the second one. */
	cdn: 'same' | 'other';
	/** Decides everything that looks like chance. */
	seed: number;
	shapes: ShapesInput;
	dialect: 'flat' | 'adk' | 'mixed';
	renders: 'canned' | 'composite';

	/** Milliseconds until a generation's raw clip is in the state. */
	turnMs: number;
	/** Milliseconds from there until music, title and grading are. */
	stageGapMs: number;
	/** `afterStream`: the stream ends with the raw clip, the rest comes later. */
	stageTwo: 'inStream' | 'afterStream';
	editMs: number;
	questionMs: number;
	/** Milliseconds until a canned render is completed. */
	renderMs: number;
	heartbeatMs: number;
	heartbeats: HeartbeatForm[];

	/** Share of edits that close the stream without a text (NemoVideo's skill text says 30%). */
	silentShare: number;
	/** Share of answers that talk of buttons and panels. */
	guiShare: number;
	/** Share of answers followed by the false "temporary issue" text. */
	trailingIssueShare: number;
	/** Markers for the next turns, first come first served, as if the prompt contained them. */
	nextTurns: string[];
	/** ADK text as partial pieces with the whole after them. */
	partials: 'never' | 'always' | 'seeded';
	/** Events as ADK's JavaScript or its Python server writes them. */
	adkFlavour: 'js' | 'py';
	/** Ends streams with `[DONE]`. */
	done: boolean;
	crlf: boolean;
	/** Cuts the stream's bytes at seeded positions, inside characters too. */
	splitWrites: boolean;
	/** A folder for recordings: the bytes of every stream, as `<number>-<session>.sse`. */
	recordDir: string;

	/** Tokens known from the start. */
	tokens: Record<string, TokenOptions>;
	/** Any token of the right form is good, with `anyTokenCredits`. */
	acceptAnyToken: boolean;
	anyTokenCredits: number;
	anonymousCredits: number;
	anonymousScopes: string[];
	anonymousTtlMs: number;
	/** Tokens one client id may get within the window unless the former has expired. */
	anonymousPerClient: number;
	anonymousPerIp: number;
	quotaWindowMs: number;
	/** Milliseconds a mint takes. */
	mintMs: number;
	/** A renewed anonymous token starts with full credits again. */
	renewalRefills: boolean;
	costs: { generation: number; edit: number; question: number };
	/** A bad or expired token: body code 1001 on HTTP 200, or HTTP 401. */
	badTokenAs: 'code' | '401';
	/** An unknown session on /run_sse: body code 1002, or a stock ADK server's 404. */
	sessionLostAs: 'code' | 'adkJs' | 'adkPy';
	outOfCreditsAs: 'code' | 'stream';
	/** Who may export; `registered`: anonymous users get 402. */
	exportPlan: 'all' | 'registered' | 'none';
	/** The Retry-After of quota and rate-limit answers; a number is its seconds. */
	retryAfter: 'none' | 'date' | number;
	/** API requests per second before 429; 0: no limit. */
	requestsPerSecond: number;

	/** A file's largest size in bytes. */
	maxUploadBytes: number;
	/** Bytes per second and connection; 0: no limit. */
	uploadBytesPerSecond: number;
	/** Milliseconds from a file's last byte until the session shows it, whoever still waits for it. */
	uploadSettleMs: number;
	downloadBytesPerSecond: number;
	/** Keeps uploaded bytes on disk; off: only counted and hashed. */
	keepUploads: boolean;

	/** Size of a canned MP4 in bytes. */
	cannedBytes: number;
	/** How the next renders end, first come first served; afterwards all complete. */
	renderOutcomes: RenderOutcome[];
	/** The file URL of a render answers 403, so that the download endpoint is needed. */
	cdnForbidden: boolean;
	duplicateRenderAs: '409' | '400' | '200';
	unknownRenderAs: '404' | '200';
	/** Render frames per second, for composite renders. */
	compositeFps: number;
}

/** The token that is good from the start; it holds enough for hundreds of turns. */
export const EMULATOR_TOKEN = 'nmv_usr_emulator0000000000000000000000000000000000A';

export const DEFAULT_OPTIONS: Readonly<EmulatorOptions> = {
	port: 0,
	cdnPort: 0,
	cdn: 'same',
	seed: 1,
	shapes: 'default',
	dialect: 'flat',
	renders: 'canned',
	turnMs: 60,
	stageGapMs: 40,
	stageTwo: 'inStream',
	editMs: 40,
	questionMs: 15,
	renderMs: 60,
	heartbeatMs: 20,
	heartbeats: ['literal', 'json', 'empty', 'comment'],
	silentShare: 0.3,
	guiShare: 0.5,
	trailingIssueShare: 0,
	nextTurns: [],
	partials: 'seeded',
	adkFlavour: 'js',
	done: false,
	crlf: false,
	splitWrites: true,
	recordDir: '',
	tokens: { [EMULATOR_TOKEN]: { credits: 25_000, userId: 'user_emulator' } },
	acceptAnyToken: false,
	anyTokenCredits: 25_000,
	anonymousCredits: 100,
	anonymousScopes: ['*'],
	anonymousTtlMs: 7 * 24 * 3_600_000,
	anonymousPerClient: 1,
	anonymousPerIp: 10,
	quotaWindowMs: 7 * 24 * 3_600_000,
	mintMs: 0,
	renewalRefills: true,
	costs: { generation: 100, edit: 50, question: 0 },
	badTokenAs: 'code',
	sessionLostAs: 'code',
	outOfCreditsAs: 'code',
	exportPlan: 'all',
	retryAfter: 'none',
	requestsPerSecond: 0,
	maxUploadBytes: 500 * 1024 * 1024,
	uploadBytesPerSecond: 0,
	uploadSettleMs: 0,
	downloadBytesPerSecond: 0,
	keepUploads: true,
	cannedBytes: 64 * 1024,
	renderOutcomes: [],
	cdnForbidden: false,
	duplicateRenderAs: '409',
	unknownRenderAs: '404',
	compositeFps: 25,
};

const CHOICES: Readonly<Partial<Record<keyof EmulatorOptions, readonly string[]>>> = {
	cdn: ['same', 'other'],
	dialect: ['flat', 'adk', 'mixed'],
	renders: ['canned', 'composite'],
	stageTwo: ['inStream', 'afterStream'],
	partials: ['never', 'always', 'seeded'],
	adkFlavour: ['js', 'py'],
	badTokenAs: ['code', '401'],
	sessionLostAs: ['code', 'adkJs', 'adkPy'],
	outOfCreditsAs: ['code', 'stream'],
	exportPlan: ['all', 'registered', 'none'],
	duplicateRenderAs: ['409', '400', '200'],
	unknownRenderAs: ['404', '200'],
};

function check(name: string, value: unknown): void {
	if (!(name in DEFAULT_OPTIONS)) throw new Error(`No such option: ${name}`);
	if (name === 'shapes') {
		resolveShapes(typeof value === 'string' ? value : Object(value));
		return;
	}
	if (
		name === 'retryAfter' &&
		(value === 'none' || value === 'date' || typeof value === 'number')
	) {
		return;
	}
	const normal: unknown = Reflect.get(DEFAULT_OPTIONS, name);
	if (typeof normal !== typeof value || Array.isArray(normal) !== Array.isArray(value)) {
		throw new Error(`Option ${name} takes a ${Array.isArray(normal) ? 'list' : typeof normal}`);
	}
	const choices: unknown = Reflect.get(CHOICES, name);
	if (Array.isArray(choices) && !choices.includes(value)) {
		throw new Error(`Option ${name} is one of ${choices.join(', ')}`);
	}
}

/**
 * A full set of options; the given ones win. Nothing is shared with the defaults.
 *
 * @throws Error when a name is not an option or a value cannot be one of its values
 */
export function completeOptions(given: Partial<EmulatorOptions> = {}): EmulatorOptions {
	for (const [name, value] of Object.entries(given)) check(name, value);
	return structuredClone({ ...DEFAULT_OPTIONS, ...given });
}

/**
 * Changes options at run time from a plain object, as the control endpoint receives it.
 *
 * @throws Error when a name is not an option or a value cannot be one of its values
 */
export function changeOptions(options: EmulatorOptions, changes: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(changes)) {
		check(name, value);
		Reflect.set(options, name, name === 'costs' ? { ...options.costs, ...Object(value) } : value);
	}
}
