import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError, NemoVideoError, type ResourceIds } from '../../api/errors';
import { quoteSanitized } from '../../text/sanitize';
import { outcomeOf } from '../../api/outcome';
import { cancelRender, getRender, type Render } from '../../api/render';
import { resultOf } from '../../api/result';
import { ExpiredDownload, withVideo, type Download } from './download';
import type { ExportCheckpoint, ExportResult } from './exportCheckpoint';
import type { Progress } from '../progress';
import { cancelOnStop, renderFailure, renderTimeout, waitForRender } from './renderJob';
import type { Checkpoint } from '../checkpoint';
import { startAttempt, startExport, type StartSettings, type Started } from './startExport';
import { isOtherFile } from './videoFaults';

export interface ExportSettings extends StartSettings {
	onTimeout: 'error' | 'continue';
	/** The work of another node: how the video is had once more is told in other words. */
	isPart?: true;
}

/** Takes a video in; returns how many bytes it stored. */
export type SaveVideo = (download: Download, render: Render) => Promise<{ sizeBytes: number }>;

/**
 * Starts the render of a session's timeline, or attaches to the one that is there, and returns at
 * once.
 *
 * @throws NemoVideoError of kind `input` when there is nothing to export yet
 */
export async function submitExport(
	client: NemoVideoClient,
	settings: ExportSettings,
	checkpoint: Checkpoint<ExportCheckpoint>,
	progress: Progress,
): Promise<ExportResult> {
	let started: Started = await startExport(client, settings, checkpoint, progress);
	let located = await locate(client, started.render);
	if (located instanceof ExpiredDownload && started.attempt === 1 && !settings.existingOnly) {
		started = await startAttempt(client, settings, checkpoint, {
			draft: started.draft,
			attempt: 2,
		});
		located = await locate(client, started.render);
	}
	return toResult(settings.sessionId, started.render, started.attempt, located);
}

/**
 * Renders a session's timeline and waits for the video; downloads it into the sink when one is
 * given. A failed or lost render is tried once more; Stop cancels a render that is under way.
 *
 * @throws NemoVideoError with session and render id in its handles
 */
export async function exportVideo(
	client: NemoVideoClient,
	settings: ExportSettings,
	checkpoint: Checkpoint<ExportCheckpoint>,
	progress: Progress,
	sink?: SaveVideo,
): Promise<ExportResult> {
	const { sessionId } = settings;
	const remembered = checkpoint.read();
	if (remembered?.phase === 'done' && sink === undefined) return remembered.result;
	const outcome = await resultOf(
		async () => await renderAndFetch(client, settings, checkpoint, progress, sink),
	);
	if (!outcome.ok) {
		const { error } = outcome;
		const record = checkpoint.read();
		const renderId = record?.phase === 'rendering' ? record.renderId : undefined;
		// A render that has failed for good is not gone on with when the user tries again.
		if (isNemoVideoError(error) && error.kind === 'render') checkpoint.clear();
		throw exportFailure(error, { sessionId, renderId }, settings.isPart);
	}
	if (outcome.value.timedOut !== true) checkpoint.write({ phase: 'done', result: outcome.value });
	return outcome.value;
}

function keptTimeline(sessionId = ''): string {
	return `Your timeline is kept. After upgrading, run Export with session ID ${sessionId}.`;
}

async function renderAndFetch(
	client: NemoVideoClient,
	settings: ExportSettings,
	checkpoint: Checkpoint<ExportCheckpoint>,
	progress: Progress,
	sink: SaveVideo | undefined,
): Promise<ExportResult> {
	const { sessionId } = settings;
	let started = await startExport(client, settings, checkpoint, progress);
	for (;;) {
		const { render, attempt } = started;
		const wait = await cancelOnStop(
			client,
			render.renderId,
			async () => await waitForRender(client, render, settings.poll, progress),
		);
		if (wait.how === 'timeout') {
			if (settings.onTimeout === 'error') throw renderTimeout(wait.render, settings.poll);
			return { ...toResult(sessionId, wait.render, attempt), timedOut: true };
		}
		const { render: ended } = wait;
		if (ended.status === 'completed') {
			if (sink) progress.stage('Downloading');
			const isFresh = !started.attached || render.status !== 'completed';
			const located = await locate(client, ended, sink, isFresh);
			if (!(located instanceof ExpiredDownload))
				return toResult(sessionId, ended, attempt, located);
			if (attempt > 1 || settings.existingOnly) throw unavailable(ended, located, isFresh);
		} else if (attempt > 1 || settings.existingOnly) {
			throw renderFailure(ended, attempt);
		}
		started = await startAttempt(client, settings, checkpoint, {
			draft: started.draft,
			attempt: 2,
		});
	}
}

/** Where a finished render's video was found, and how large it was where it was taken in. */
type Located = { url: string; sizeBytes?: number } | ExpiredDownload;

/**
 * Finds the address that answers with a render's video; the sink takes the video in on the way.
 *
 * @param isFresh whether the render ended a moment ago
 * @returns undefined where the render is not finished
 */
async function locate(
	client: NemoVideoClient,
	render: Render,
	sink?: SaveVideo,
	isFresh = false,
): Promise<Located | undefined> {
	if (render.status !== 'completed') return undefined;
	const take = async (download: Download) => {
		const { url } = download;
		if (sink) return { url, ...(await sink(download, render)) };
		download.close();
		return { url };
	};
	return await withVideo(client, render, take, isFresh);
}

/** Exporting costs no credits, so whatever failed can be done again. */
function exportFailure(error: unknown, handles: ResourceIds, isPart = false): unknown {
	if (!isNemoVideoError(error)) return error;
	const { kind, outcome, description = '', stage } = error;
	const isKept = stage === 'download' && kind !== 'fileSize';
	const advice =
		kind === 'plan' ? keptTimeline(handles.sessionId) : isKept ? howToGet(error, isPart) : '';
	return error.with({
		handles,
		stage: 'export',
		description: `${description} ${advice}`.trim(),
		outcome: outcome === 'unknown' ? outcomeOf('noAnswer', true) : outcome,
	});
}

/** How a video that is made and wasn't delivered is had. */
function howToGet(error: NemoVideoError, isPart: boolean): string {
	const node = isPart ? "the Export node with this session's ID" : 'this node again';
	const minutes = Math.ceil((error.retryAfterMs ?? 0) / 60_000);
	const when = minutes === 0 ? 'later' : `in about ${minutes} min`;
	const anew = isOtherFile(error) ? " If it stays so, switch on Export's 'Render Again'." : '';
	return `Run ${node} ${when}.${anew}`;
}

function unavailable(
	{ renderId, url }: Render,
	{ refusal }: ExpiredDownload,
	isFresh: boolean,
): NemoVideoError {
	const { httpStatus } = refusal;
	if (url !== undefined && isFresh && httpStatus !== 410) {
		const message = `The video is made, but its link doesn't work yet (status ${httpStatus})`;
		return new NemoVideoError('server', message, { ...refusal });
	}
	const [message, link] = url
		? ['The rendered video can no longer be downloaded', 'Its link no longer works.']
		: ['NemoVideo says that the video is rendered, but not where it is', 'Its answer has no link.'];
	return new NemoVideoError('render', message, {
		description: `${link} Run the Export node with this session's ID and 'Render Again' switched on: the session is rendered anew, without another prompt.`,
		handles: { renderId },
	});
}

/**
 * Looks a render up without failing for a render that failed: the status tells.
 *
 * @throws NemoVideoError of kind `render` when NemoVideo does not know the id
 */
export async function exportStatus(
	client: NemoVideoClient,
	settings: { sessionId: string; renderId: string },
	progress: Progress,
	sink?: SaveVideo,
): Promise<ExportResult> {
	const outcome = await resultOf(async () => await lookUp(client, settings, progress, sink));
	if (outcome.ok) return outcome.value;
	const { sessionId, renderId } = settings;
	throw exportFailure(outcome.error, { sessionId, renderId });
}

async function lookUp(
	client: NemoVideoClient,
	{ sessionId, renderId }: { sessionId: string; renderId: string },
	progress: Progress,
	sink: SaveVideo | undefined,
): Promise<ExportResult> {
	const render = await getRender(client, renderId);
	if (!render) throw unknownRender();
	if (sink && render.status === 'completed') progress.stage('Downloading');
	const located = await locate(client, render, sink);
	return toResult(sessionId, render, 1, located);
}

function unknownRender(): NemoVideoError {
	return new NemoVideoError('render', 'NemoVideo does not know this render', {
		description:
			"Check 'Render ID': it is the renderId that Submit gave. A render of another account is not visible.",
		outcome: outcomeOf({ status: 404 }),
	});
}

/** Cancels a render. */
export async function cancelExport(
	client: NemoVideoClient,
	settings: { sessionId: string; renderId: string },
): Promise<ExportResult> {
	const { sessionId, renderId } = settings;
	const outcome = await resultOf(async () => {
		const render = await cancelRender(client, renderId);
		if (!render) throw unknownRender();
		return toResult(sessionId, render, 1, await locate(client, render));
	});
	if (outcome.ok) return outcome.value;
	throw exportFailure(outcome.error, { sessionId, renderId });
}

function toResult(
	sessionId: string,
	render: Render,
	attempts: number,
	located?: Located,
): ExportResult {
	const done = render.status === 'completed';
	const found = located instanceof ExpiredDownload ? undefined : located;
	const sizeBytes = found?.sizeBytes ?? render.sizeBytes;
	return {
		sessionId,
		renderId: render.renderId,
		status: render.status,
		progress: done ? 100 : (render.progress ?? 0),
		url: found?.url ?? '',
		...(located instanceof ExpiredDownload ? { urlExpired: true } : {}),
		...(render.durationSeconds === undefined ? {} : { durationSeconds: render.durationSeconds }),
		...(sizeBytes === undefined ? {} : { sizeBytes }),
		...(render.reason === undefined ? {} : { reason: quoteSanitized(render.reason) }),
		attempts,
	};
}
