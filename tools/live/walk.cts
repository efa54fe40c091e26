import type { NemoVideoClient } from '../../src/api/client';
import type { UploadPart } from '../../src/api/transport';
import type { Progress } from '../../src/flows/progress';
import type { Checkpoint } from '../../src/flows/checkpoint';
import { NodeTransport } from './transport.cts';
import { Recorder, type Sightings } from './recorder.cts';
import { source } from './source.cts';

/** Small and plain: one photo for a few seconds, nothing that is generated. */
export const PROMPT =
	'Put the uploaded photo on the timeline for 3 seconds. No new clips, no music, no effects.';
const TASK = 'n8n-nodes-nemovideo live check';
const UNKNOWN_SESSION = '1234567890123456789';
const WRONG_TOKEN = 'nmv_usr_0000000000000000000000000000000000000000000';
const WEB_URL = 'https://nemovideo.com';
/** An MP4 begins with a length of four bytes and this word. */
const MP4_WORD = 'ftyp';

export interface WalkOptions {
	baseUrl: string;
	token: string;
	photo: UploadPart;
	/** Asked once, before anything is spent. */
	maySpend(available: number): Promise<boolean>;
	print(line: string): void;
	/** Milliseconds between two looks at the render. */
	pollMs: number;
}

export interface Walked {
	sightings: Sightings;
	/** Steps that failed, each with the reason in the package's own words. */
	failures: string[];
	declined: boolean;
}

type Step = <T>(name: string, work: () => Promise<T>, tell: (result: T) => string) => Promise<T>;

/** Goes through NemoVideo as a user does, once, with the package's own code. */
export async function walk(options: WalkOptions): Promise<Walked> {
	const recorder = new Recorder();
	const failures: string[] = [];
	const step: Step = async (name, work, tell) => {
		const started = Date.now();
		const outcome = await source.resultOf(work);
		const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
		if (!outcome.ok) {
			failures.push(`${name}: ${inWords(outcome.error)}`);
			options.print(`  ${name.padEnd(16)} FAILED after ${seconds}: ${inWords(outcome.error)}`);
			throw outcome.error;
		}
		options.print(`  ${name.padEnd(16)} ${tell(outcome.value)} (${seconds})`);
		return outcome.value;
	};
	const client = clientFor(options, options.token, recorder);
	const outcome = await source.resultOf(async () => await spend(client, options, step));
	// Only steps may fail; anything else is a fault of this tool.
	if (!outcome.ok && failures.length === 0) throw outcome.error;
	// Who cannot be reached cannot refuse either.
	const unreachable = !outcome.ok && kindOf(outcome.error) === 'network';
	if (!unreachable) await expectRefusals(options, recorder, failures);
	return {
		sightings: await recorder.finish(),
		failures,
		declined: outcome.ok && outcome.value === 'declined',
	};
}

async function spend(
	client: NemoVideoClient,
	options: WalkOptions,
	step: Step,
): Promise<'declined' | 'done'> {
	const balance = await step(
		'Credits',
		async () => await source.readCredits(client),
		({ available }) => `${available} available`,
	);
	if (!(await options.maySpend(balance.available))) return 'declined';
	const { sessionId } = await step(
		'Session',
		async () => await source.createSession(client, { taskName: TASK, language: 'en' }),
		({ taskId, userId }) =>
			`made, ${taskId ? 'with' : 'without'} task, ${userId ? 'with' : 'without'} user`,
	);
	await step(
		'Empty state',
		async () => await source.readState(client, sessionId),
		() => 'read',
	);
	await step(
		'Upload',
		async () =>
			await source.upload(client, { sessionId, media: { files: [options.photo] } }, quiet, slot()),
		(files) => files.map(({ fileType }) => fileType).join(', '),
	);
	await step(
		'Edit',
		async () => await source.generate(client, turn(sessionId), slot(), quiet),
		({ status, completedBy, tools, changes }) =>
			`${status} by ${completedBy}, ${tools.length} tools, ${changes.length} changes`,
	);
	await step(
		'State',
		async () => source.readTimeline((await source.readState(client, sessionId)).draft),
		({ tracks, durationMs }) => `${tracks.length} tracks, ${durationMs} ms`,
	);
	await step(
		'Export',
		async () => await exported(client, sessionId, options.pollMs),
		(bytes) => `an MP4 of ${bytes} bytes`,
	);
	await step(
		'Credits',
		async () => await source.readCredits(client),
		({ available }) => `${Number((balance.available - available).toFixed(2))} spent`,
	);
	return 'done';
}

/** What NemoVideo refuses costs nothing, and shows the shapes of its refusals. */
async function expectRefusals(
	options: WalkOptions,
	recorder: Recorder,
	failures: string[],
): Promise<void> {
	const stranger = clientFor(options, WRONG_TOKEN, recorder);
	const client = clientFor(options, options.token, recorder);
	const refusals = [
		{ name: 'Wrong token', kind: 'auth', work: async () => await source.readCredits(stranger) },
		{
			name: 'Unknown session',
			kind: 'session',
			work: async () => await source.readState(client, UNKNOWN_SESSION),
		},
	];
	for (const { name, kind, work } of refusals) {
		const outcome = await source.resultOf<unknown>(work);
		const got = outcome.ok ? 'no refusal' : kindOf(outcome.error);
		const right = got === kind;
		options.print(`  ${name.padEnd(16)} ${right ? `refused as ${kind}` : `WRONG: ${got}`}`);
		if (!right) failures.push(`${name}: expected the failure ${kind}, got ${got}`);
	}
	const render = await source.resultOf(
		async () => await source.getRender(client, source.freshRenderId()),
	);
	const right = render.ok && render.value === undefined;
	options.print(`  ${'Unknown render'.padEnd(16)} ${right ? 'not found' : 'WRONG'}`);
	if (!right) failures.push('Unknown render: it was not told to be unknown');
}

function clientFor({ baseUrl }: WalkOptions, token: string, recorder: Recorder): NemoVideoClient {
	const limiter = new source.RateLimiter(source.systemClock);
	const queue = new source.SessionQueue();
	return {
		transport: new NodeTransport(baseUrl, token, recorder),
		clock: source.systemClock,
		rateLimiter: async () => limiter,
		sessionQueue: async () => queue,
		sent: {
			last: () => undefined,
			note: () => undefined,
			isOvertaken: () => false,
			noteOvertaken: () => undefined,
			open: () => undefined,
			leaveOpen: () => undefined,
			openUploads: () => undefined,
			leaveUploads: () => undefined,
		},
		account: async () => ({
			trial: false,
			baseUrl,
			webUrl: WEB_URL,
			attribution: { source: 'live walk', version: '1', platform: 'unknown' },
		}),
	};
}

function turn(sessionId: string): Parameters<typeof source.generate>[1] {
	return {
		sessionId,
		prompt: PROMPT,
		timeoutMs: 900_000,
		idleMs: 600_000,
		recovery: { firstWaitMs: 30_000, intervalMs: 60_000, checks: 5 },
		onTimeout: 'error',
		minimumCredits: 0,
	};
}

/** @returns the video's size in bytes */
async function exported(
	client: NemoVideoClient,
	sessionId: string,
	intervalMs: number,
): Promise<number> {
	let beginning = '';
	const { sizeBytes = 0 } = await new source.VideoExport(
		client,
		{
			sessionId,
			output: { format: 'mp4', quality: 'high' },
			renderAgain: false,
			poll: { intervalMs, timeoutMs: 600_000 },
			onTimeout: 'error',
		},
		slot(),
		quiet,
	).run(async ({ bytes }) => {
		let size = 0;
		for await (const chunk of bytes) {
			if (size === 0) beginning = Buffer.from(chunk).subarray(4, 8).toString('latin1');
			size += chunk.byteLength;
		}
		return { sizeBytes: size };
	});
	if (beginning !== MP4_WORD) throw new Error('What was downloaded does not begin as an MP4');
	return sizeBytes;
}

const quiet: Progress = {
	listens: false,
	stage: () => {},
	text: () => {},
	waiting: () => {},
	hint: () => {},
};

/** Nothing is begun again here, so nothing has to outlive the call. */
function slot<T>(): Checkpoint<T> {
	let record: T | undefined;
	return {
		read: () => record,
		write: (value) => (record = value),
		clear: () => (record = undefined),
	};
}

function kindOf(error: unknown): string {
	return source.isNemoVideoError(error) ? error.kind : 'another error';
}

function inWords(error: unknown): string {
	if (!source.isNemoVideoError(error))
		return error instanceof Error ? error.message : String(error);
	return `${error.kind}: ${error.message}. ${error.description ?? ''}`.trim();
}
