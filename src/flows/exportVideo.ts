import type { NemoVideoClient } from '../api/client';
import { quoteBackend } from '../api/errorTable';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { isRecord } from '../api/json';
import {
	cancelRender,
	downloadPath,
	freshRenderId,
	getRender,
	renderIdFor,
	type Render,
	type RenderOutput,
	type RenderStatus,
} from '../api/render';
import { settle } from '../api/settle';
import { readState } from '../api/state';
import { isReadyToExport, readTimeline } from '../api/timeline/timeline';
import { openDownload, type Download } from './download';
import type { Progress } from './progress';
import {
	ensureRender,
	isCancelled,
	renderFailure,
	renderTimeout,
	waitForRender,
	type PollLimits,
} from './renderJob';
import type { Slot } from './slot';

export interface ExportSettings {
	sessionId: string;
	output: RenderOutput;
	/** Whether a render that exists already is passed over. */
	renderAgain: boolean;
	poll: PollLimits;
	onTimeout: 'error' | 'continue';
	/** The timeline has moved on: only a render that was begun before is of use. */
	existingOnly?: boolean;
}

export interface ExportResult {
	sessionId: string;
	renderId: string;
	status: RenderStatus;
	/** 0 to 100. */
	progress: number;
	/** Empty until the render is completed. */
	url: string;
	durationSeconds?: number;
	sizeBytes?: number;
	/** Why a render failed, in NemoVideo's words. */
	reason?: string;
	attempts: number;
	timedOut?: true;
}

export type ExportRecord =
	| { phase: 'rendering'; renderId: string; attempt: number }
	| { phase: 'done'; result: ExportResult };

/** Takes a video in; returns how many bytes it stored. */
export type Sink = (download: Download, render: Render) => Promise<{ sizeBytes: number }>;

interface Started {
	render: Render;
	attempt: number;
	attached: boolean;
	draft: unknown;
}

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
	const started = await start(client, settings, slot, progress);
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
	let started = await start(client, settings, slot, progress);
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

async function start(
	client: NemoVideoClient,
	settings: ExportSettings,
	slot: Slot<ExportRecord>,
	progress: Progress,
): Promise<Started> {
	if (settings.existingOnly) return await attach(client, settings, slot);
	const { draft } = await readState(client, settings.sessionId);
	if (!isReadyToExport(draft)) {
		throw new NemoVideoError('input', 'There is nothing to export in this session yet', {
			description: `${readTimeline(draft).summary}. Run the Generate node first and wait until it has finished.`,
			outcome: 'refused',
			handles: { sessionId: settings.sessionId },
			stage: 'export',
		});
	}
	progress.stage('Starting the render');
	const { attempt, renderId } = begun(slot.read(), settings, draft);
	const started = await startAttempt(client, settings, slot, { draft, attempt, renderId });
	const { status } = started.render;
	// A render that ended badly in an earlier run is the first attempt of this one.
	if (started.attached && attempt === 1 && (status === 'failed' || status === 'cancelled')) {
		return await startAttempt(client, settings, slot, { draft, attempt: 2 });
	}
	return started;
}

/** A render begun in an earlier try is gone on with as long as it shows the timeline as it is now. */
function begun(
	record: ExportRecord | undefined,
	{ sessionId, output, renderAgain }: ExportSettings,
	draft: unknown,
): { renderId?: string; attempt: number } {
	if (record?.phase === 'done') {
		return { renderId: record.result.renderId, attempt: record.result.attempts };
	}
	if (!record) return { attempt: 1 };
	const { renderId, attempt } = record;
	const current = renderAgain || renderId === renderIdFor(sessionId, draft, output, attempt);
	return current ? { renderId, attempt } : { attempt: 1 };
}

/** Finds the render that was begun when the timeline was as it is wanted. */
async function attach(
	client: NemoVideoClient,
	{ sessionId }: ExportSettings,
	slot: Slot<ExportRecord>,
): Promise<Started> {
	const record = slot.read();
	const known = record?.phase === 'done' ? record.result : record;
	const renderId = known?.renderId;
	const attempt = (record?.phase === 'done' ? record.result.attempts : record?.attempt) ?? 1;
	const render = renderId === undefined ? undefined : await getRender(client, renderId);
	if (render) return { render, attempt, attached: true, draft: undefined };
	throw new NemoVideoError(
		'render',
		'The timeline has changed since this edit, before its video was rendered',
		{
			description:
				'Another prompt went to the same session meanwhile, so a render now would show that one too. Export the session as it is, or run this edit again.',
			handles: { sessionId, renderId },
			outcome: 'refused',
		},
	);
}

async function startAttempt(
	client: NemoVideoClient,
	settings: ExportSettings,
	slot: Slot<ExportRecord>,
	wanted: { draft: unknown; attempt: number; renderId?: string },
): Promise<Started> {
	const { sessionId, output } = settings;
	const { draft, attempt } = wanted;
	const renderId =
		wanted.renderId ??
		(settings.renderAgain ? freshRenderId() : renderIdFor(sessionId, draft, output, attempt));
	slot.write({ phase: 'rendering', renderId, attempt });
	const ensured = await cancelOnStop(
		client,
		renderId,
		async () => await ensureRender(client, { renderId, sessionId, draft, output }),
	);
	return { ...ensured, attempt, draft };
}

/** How long the one request after Stop may take, in milliseconds. */
const CANCEL_MS = 5_000;

/** Runs a part of the work in which a render may be under way; Stop cancels that render. */
async function cancelOnStop<T>(
	client: NemoVideoClient,
	renderId: string,
	work: () => Promise<T>,
): Promise<T> {
	const outcome = await settle(work);
	if (outcome.ok) return outcome.value;
	if (isCancelled(outcome.error)) {
		const ownSignal = AbortSignal.timeout(CANCEL_MS);
		await settle(async () => await cancelRender(client, renderId, ownSignal));
	}
	throw outcome.error;
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

/** Whether a remembered value is an export's record. */
export function isExportRecord(value: unknown): value is ExportRecord {
	return isRecord(value) && (value.phase === 'rendering' || value.phase === 'done');
}
