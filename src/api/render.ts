import { sanitizeText } from '../text/sanitize';
import { requestJson } from './requestJson';
import type { NemoVideoClient } from './client';
import type { Deadline } from './deadline';
import { CANCEL, GET_RENDER, RENDER_PATH, SUBMIT } from './renderEndpoints';
import { extractCode, extractMessage } from './response';
import { isNemoVideoError } from './errors';
import { canonicalJson, isRecord, toNumber } from './json';
import { resultOf } from './result';
import { parseSafeUrl } from './safeUrl';
import { record, string, unknown, uuidV4, uuidV5 } from '../vendor';

export const RENDER_STATUSES = [
	'pending',
	'processing',
	'completed',
	'failed',
	'cancelled',
] as const;
export type RenderStatus = (typeof RENDER_STATUSES)[number];

export interface Render {
	renderId: string;
	status: RenderStatus;
	/** The backend's own word; an unknown one counts as `processing`. */
	statusWord: string;
	/** 0 to 100. */
	progress?: number;
	/** Where the video lies; http or https, else left out. */
	url?: string;
	durationSeconds?: number;
	sizeBytes?: number;
	/** Why it failed, in the backend's words. */
	reason?: string;
}

/** What the render makes; sent only as far as the user chose. */
export interface RenderOutput {
	format: 'mp4';
	quality: string;
	resolution?: string;
	fps?: number;
}

/** Namespace of our render ids; drawn once, it must never change (ids must repeat themselves). */
const RENDER_NAMESPACE = 'b0a6f0a8-6d3c-4f0a-9c1e-5f6b2f6d1c57';

/**
 * The id under which a render is asked for. The same session, draft, output and attempt give the
 * same id, so a repeated export finds the render that is already there.
 *
 * @param attempt 1, or 2 after a render that failed or was lost
 */
export function renderIdFor(
	sessionId: string,
	draft: unknown,
	output: RenderOutput,
	attempt: number,
): string {
	const name = `${sessionId}\n${canonicalJson({ draft, output })}\n${attempt}`;
	return `render_${uuidV5(name, RENDER_NAMESPACE)}`;
}

/** An id for a render that is wanted once more on purpose. */
export function freshRenderId(): string {
	return `render_${uuidV4()}`;
}

const anything = record(string(), unknown());

/**
 * Looks a render up.
 *
 * @param options.deadline until when it may be tried again
 * @param options.maxTries 1 where the caller's own loop does the repeating
 * @returns undefined when NemoVideo does not know the id
 */
export async function getRender(
	client: NemoVideoClient,
	renderId: string,
	options: { deadline?: Deadline; maxTries?: number } = {},
): Promise<Render | undefined> {
	const found = await resultOf(
		async () =>
			await requestJson(client, {
				endpoint: GET_RENDER,
				request: { path: `${RENDER_PATH}/${encodeURIComponent(renderId)}` },
				schema: anything,
				pick: (data, body) => ({ ...body, ...data }),
				...options,
			}),
	);
	if (found.ok) return readRender(found.value, renderId);
	if (isUnknownRender(found.error)) return undefined;
	throw found.error;
}

/** The shape of "no such render" is not published: 404 as status or code, or words that say so. */
function isUnknownRender(error: unknown): boolean {
	if (!isNemoVideoError(error)) return false;
	if (error.httpStatus === 404 || error.code === 404) return true;
	return (
		error.kind === 'protocol' && /not found|no such|unknown|does ?n.t exist/i.test(error.message)
	);
}

/**
 * Asks for a render (seed: export). The id makes it safe to ask again.
 *
 * @param isRepeat whether the caller's loop makes it again, after a 429
 * @returns `duplicate` when NemoVideo already has a render of this id
 */
export async function submitRender(
	client: NemoVideoClient,
	settings: { renderId: string; sessionId: string; draft: unknown; output: RenderOutput },
	isRepeat = false,
): Promise<Render | 'duplicate'> {
	const { renderId, sessionId, draft, output } = settings;
	const answer = await resultOf(
		async () =>
			await requestJson(client, {
				endpoint: SUBMIT,
				body: { id: renderId, sessionId, draft, output },
				schema: anything,
				pick: (data, body) => ({ ...body, ...data }),
				maxTries: 1,
				isRepeat,
			}),
	);
	if (answer.ok) return readRender(answer.value, renderId);
	if (isDuplicate(answer.error)) return 'duplicate';
	throw answer.error;
}

function isDuplicate(error: unknown): boolean {
	if (!isNemoVideoError(error)) return false;
	if (error.httpStatus === 409 || error.code === 409) return true;
	const words = `${error.message} ${error.description ?? ''}`;
	return (
		(error.kind === 'protocol' || error.kind === 'input') && /duplicate|already exist/i.test(words)
	);
}

/** How long a cancel may take after Stop, in milliseconds. */
const CANCEL_TIMEOUT_MS = 5_000;

/**
 * Cancels a render. The one request that is allowed after Stop, hence a signal of its own.
 *
 * @param signal ends the request; by default the transport's own
 * @returns undefined where NemoVideo knows no such render
 */
export async function cancelRender(
	client: NemoVideoClient,
	renderId: string,
	signal?: AbortSignal,
): Promise<Render | undefined> {
	const path = `${RENDER_PATH}/${encodeURIComponent(renderId)}/cancel`;
	const answer = await resultOf(
		async () =>
			await requestJson(client, {
				endpoint: CANCEL,
				request: signal ? { path, signal, timeoutMs: CANCEL_TIMEOUT_MS } : { path },
				schema: anything,
				pick: (data, body) => ({ ...body, ...data }),
				maxTries: 1,
			}),
	);
	// The answer's shape is not published; one without a status means that the cancel was taken.
	if (answer.ok) return readRender({ status: 'cancelled', ...answer.value }, renderId);
	if (isUnknownRender(answer.error)) return undefined;
	throw answer.error;
}

/** Path of the fallback for videos whose own URL cannot be reached; note that it has no /lambda. */
export function downloadPath(renderId: string): string {
	return `/api/render/proxy/${encodeURIComponent(renderId)}/download`;
}

/** Unknown words of the backend are shown as they are, but not at any length. */
const MAX_STATUS_CHARACTERS = 40;

const STATUS_WORDS: ReadonlyMap<string, RenderStatus> = new Map<string, RenderStatus>(
	Object.entries({
		pending: 'pending',
		queued: 'pending',
		processing: 'processing',
		rendering: 'processing',
		running: 'processing',
		completed: 'completed',
		complete: 'completed',
		done: 'completed',
		succeeded: 'completed',
		success: 'completed',
		failed: 'failed',
		error: 'failed',
		cancelled: 'cancelled',
		canceled: 'cancelled',
	}),
);

/**
 * Reads any of the published answers about a render: nested with `outputUrl`, flat with
 * `output.url`, or mixtures of both.
 */
export function readRender(answer: Record<string, unknown>, renderId: string): Render {
	const output = isRecord(answer.output) ? answer.output : {};
	const word = firstText(answer.status, output.status) ?? 'unknown';
	const url = [answer.outputUrl, output.url, answer.output_url, output.outputUrl, answer.url]
		.map((address) => parseSafeUrl(address))
		.find((address) => address !== undefined);
	const render: Render = {
		renderId,
		status: STATUS_WORDS.get(word.toLowerCase()) ?? 'processing',
		statusWord: sanitizeText(word, MAX_STATUS_CHARACTERS),
	};
	const progress = firstNumber(answer.progress);
	if (progress !== undefined) render.progress = progress;
	if (url !== undefined) render.url = url;
	const duration = firstNumber(output.duration, answer.duration);
	if (duration !== undefined) render.durationSeconds = duration;
	const size = firstNumber(output.size, answer.size, answer.fileSize);
	if (size !== undefined) render.sizeBytes = size;
	const reason = render.status === 'failed' ? failureWords(answer) : undefined;
	if (reason !== undefined) render.reason = reason;
	return render;
}

function failureWords(answer: Record<string, unknown>): string | undefined {
	// Beside `error`, an envelope's own `message` may only say that the request was answered.
	const words =
		extractMessage({ error: answer.error }) ?? extractMessage({ ...answer, error: undefined });
	if (words !== undefined) return words;
	const code = extractCode(answer);
	return code === undefined || code === 0 ? undefined : `code ${code}`;
}

function firstText(...values: unknown[]): string | undefined {
	return values.find((value): value is string => typeof value === 'string' && value !== '');
}

function firstNumber(...values: unknown[]): number | undefined {
	return values.map(toNumber).find((number) => number !== undefined);
}
