import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { quoteSanitized } from '../../text/sanitize';
import { cancelRender, getRender, type Render } from '../../api/render';
import { resultOf } from '../../api/result';
import { ExpiredDownload, withVideo } from './download';
import { exportFailure, unavailable, unknownRender } from './exportFailures';
import type { ExportCheckpoint, ExportResult } from './exportCheckpoint';
import type { Progress } from '../progress';
import { cancelOnStop, renderFailure, renderTimeout, waitForRender } from './renderJob';
import type { Checkpoint } from '../checkpoint';
import { startAttempt, startExport, type StartSettings, type Started } from './startExport';
import type { Download } from './openVideo';

export interface ExportSettings extends StartSettings {
	onTimeout: 'error' | 'continue';
	/** The work of another node: how the video is had once more is told in other words. */
	isPart?: true;
}

/** Takes a video in; returns how many bytes it stored. */
export type SaveVideo = (download: Download, render: Render) => Promise<{ sizeBytes: number }>;

/** One export of a session's timeline. */
export class VideoExport {
	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: ExportSettings,
		private readonly checkpoint: Checkpoint<ExportCheckpoint>,
		private readonly progress: Progress,
	) {}

	/**
	 * Starts the render, or attaches to the one that is there, and returns at once.
	 *
	 * @throws NemoVideoError of kind `input` when there is nothing to export yet
	 */
	async submit(): Promise<ExportResult> {
		const { client, settings } = this;
		let started = await this.start();
		let located = await locate(client, started.render);
		if (located instanceof ExpiredDownload && started.attempt === 1 && !settings.existingOnly) {
			started = await this.startAgain(started);
			located = await locate(client, started.render);
		}
		return toResult(settings.sessionId, started.render, started.attempt, located);
	}

	/**
	 * Waits for the video, and downloads it where it is to be saved. A failed or lost render is tried
	 * once more; Stop cancels a render that is under way.
	 *
	 * @throws NemoVideoError with session and render id in its handles
	 */
	async run(save?: SaveVideo): Promise<ExportResult> {
		const { settings, checkpoint } = this;
		const { sessionId } = settings;
		const remembered = checkpoint.read();
		if (remembered?.phase === 'done' && save === undefined) return remembered.result;
		const outcome = await resultOf(async () => await this.renderAndFetch(save));
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

	private async start(): Promise<Started> {
		return await startExport(this.client, this.settings, this.checkpoint, this.progress);
	}

	private async startAgain({ draft }: Started): Promise<Started> {
		return await startAttempt(this.client, this.settings, this.checkpoint, { draft, attempt: 2 });
	}

	private async renderAndFetch(save: SaveVideo | undefined): Promise<ExportResult> {
		const { client, settings, progress } = this;
		const { sessionId, poll, existingOnly, onTimeout } = settings;
		let started = await this.start();
		for (;;) {
			const { render, attempt } = started;
			const wait = await cancelOnStop(
				client,
				render.renderId,
				async () => await waitForRender(client, render, poll, progress),
			);
			if (wait.how === 'timeout') {
				if (onTimeout === 'error') throw renderTimeout(wait.render, poll);
				return { ...toResult(sessionId, wait.render, attempt), timedOut: true };
			}
			const { render: ended } = wait;
			const isLast = attempt > 1 || existingOnly;
			if (ended.status === 'completed') {
				if (save) progress.stage('Downloading');
				const isFresh = !started.attached || render.status !== 'completed';
				const located = await locate(client, ended, save, isFresh);
				if (!(located instanceof ExpiredDownload)) {
					return toResult(sessionId, ended, attempt, located);
				}
				if (isLast) throw unavailable(ended, located, isFresh);
			} else if (isLast) {
				throw renderFailure(ended, attempt);
			}
			started = await this.startAgain(started);
		}
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
