import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { quoteBackend } from '../api/errorTable';
import { cancelRender, downloadPath, getRender, type Render } from '../api/render';
import { settle } from '../api/settle';
import { openDownload, type Download } from './download';
import type { ExportRecord, ExportResult } from './exportRecord';
import type { Progress } from './progress';
import {
	cancelOnStop,
	renderFailure,
	renderTimeout,
	waitForRender,
	type PollLimits,
} from './renderJob';
import type { Slot } from './slot';
import { startAttempt, startExport, type StartSettings } from './startExport';

export interface ExportSettings extends StartSettings {
	poll: PollLimits;
	onTimeout: 'error' | 'continue';
}

/** Takes a video in; returns how many bytes it stored. */
export type Sink = (download: Download, render: Render) => Promise<{ sizeBytes: number }>;

/**
 * Starts the render of a session's timeline, or attaches to the one that is there, and returns at
 * once.
 *
 * @throws NemoVideoError of kind `input` when there is nothing to export yet
 */
export async function submitExport(
	client: NemoVideoClient,
	settings: ExportSettings,
	slot: Slot<ExportRecord>,
	progress: Progress,
): Promise<ExportResult> {
	const started = await startExport(client, settings, slot, progress);
	return await toResult(client, settings.sessionId, started.render, started.attempt);
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
	slot: Slot<ExportRecord>,
	progress: Progress,
	sink?: Sink,
): Promise<ExportResult> {
	const { sessionId } = settings;
	const remembered = slot.read();
	if (remembered?.phase === 'done' && sink === undefined) return remembered.result;
	const outcome = await settle(
		async () => await renderAndFetch(client, settings, slot, progress, sink),
	);
	if (!outcome.ok) {
		const { error } = outcome;
		const record = slot.read();
		const renderId = record?.phase === 'rendering' ? record.renderId : undefined;
		// A render that has failed for good is not gone on with when the user tries again.
		if (isNemoVideoError(error) && error.kind === 'render') slot.clear();
		throw isNemoVideoError(error) ? error.with({ sessionId, renderId }, 'export') : error;
	}
	if (outcome.value.timedOut !== true) slot.write({ phase: 'done', result: outcome.value });
	return outcome.value;
}

async function renderAndFetch(
	client: NemoVideoClient,
	settings: ExportSettings,
	slot: Slot<ExportRecord>,
	progress: Progress,
	sink: Sink | undefined,
): Promise<ExportResult> {
	const { sessionId } = settings;
	let started = await startExport(client, settings, slot, progress);
	for (;;) {
		const { render, attempt } = started;
		const wait = await cancelOnStop(
			client,
			render.renderId,
			async () => await waitForRender(client, render, settings.poll, progress),
		);
		if (wait.how === 'timeout') {
			if (settings.onTimeout === 'error') throw renderTimeout(wait.render, settings.poll);
			return { ...(await toResult(client, sessionId, wait.render, attempt)), timedOut: true };
		}
		const { render: ended } = wait;
		if (ended.status === 'completed') {
			const fetched = await fetchVideo(client, ended, started.attached, progress, sink);
			if (fetched !== 'gone') {
				return { ...(await toResult(client, sessionId, ended, attempt)), ...fetched };
			}
			if (attempt > 1 || settings.existingOnly) throw gone(ended.renderId);
		} else if (attempt > 1 || settings.existingOnly) {
			throw renderFailure(ended, attempt);
		}
		started = await startAttempt(client, settings, slot, { draft: started.draft, attempt: 2 });
	}
}

async function fetchVideo(
	client: NemoVideoClient,
	render: Render,
	attached: boolean,
	progress: Progress,
	sink: Sink | undefined,
): Promise<{ sizeBytes?: number } | 'gone'> {
	if (sink === undefined) {
		// The link of a render made earlier may have expired; that of a new one is fresh.
		if (!attached) return {};
		const probe = await openDownload(client, render);
		if (probe === 'gone') return 'gone';
		probe.close();
		return {};
	}
	progress.stage('Downloading');
	const download = await openDownload(client, render);
	if (download === 'gone') return 'gone';
	return await sink(download, render);
}

function gone(renderId: string): NemoVideoError {
	return new NemoVideoError('render', 'The rendered video can no longer be downloaded', {
		description: "Its link has expired. Switch on 'Render Again' and run the export once more.",
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
	sink?: Sink,
): Promise<ExportResult> {
	const { sessionId, renderId } = settings;
	const render = await getRender(client, renderId);
	if (!render) {
		throw new NemoVideoError('render', 'NemoVideo does not know this render', {
			description:
				"Check 'Render ID': it is the renderId that Submit gave. A render of another account is not visible.",
			handles: { sessionId, renderId },
			stage: 'export',
			outcome: 'refused',
		});
	}
	const result = await toResult(client, sessionId, render, 1);
	if (render.status !== 'completed' || sink === undefined) return result;
	const fetched = await fetchVideo(client, render, true, progress, sink);
	if (fetched === 'gone') throw gone(renderId).with({ sessionId });
	return { ...result, ...fetched };
}

/** Cancels a render. */
export async function cancelExport(
	client: NemoVideoClient,
	settings: { sessionId: string; renderId: string },
): Promise<ExportResult> {
	const outcome = await settle(async () => await cancelRender(client, settings.renderId));
	if (outcome.ok) return await toResult(client, settings.sessionId, outcome.value, 1);
	throw isNemoVideoError(outcome.error) ? outcome.error.with(settings, 'export') : outcome.error;
}

async function toResult(
	client: NemoVideoClient,
	sessionId: string,
	render: Render,
	attempts: number,
): Promise<ExportResult> {
	const done = render.status === 'completed';
	const fallback = async () =>
		`${(await client.account()).baseUrl}${downloadPath(render.renderId)}`;
	return {
		sessionId,
		renderId: render.renderId,
		status: render.status,
		progress: done ? 100 : (render.progress ?? 0),
		url: done ? (render.url ?? (await fallback())) : '',
		...(render.durationSeconds === undefined ? {} : { durationSeconds: render.durationSeconds }),
		...(render.sizeBytes === undefined ? {} : { sizeBytes: render.sizeBytes }),
		...(render.reason === undefined ? {} : { reason: quoteBackend(render.reason) }),
		attempts,
	};
}
