import type { NemoVideoClient } from '../../api/client';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import {
	freshRenderId,
	getRender,
	renderIdFor,
	type Render,
	type RenderOutput,
} from '../../api/render';
import { readState } from '../../api/state';
import { isReadyToExport, readTimeline } from '../../api/timeline/timeline';
import { renderOf, type ExportCheckpoint } from './exportCheckpoint';
import type { Progress } from '../progress';
import { restingDraft } from '../generate/readAtRest';
import { cancelOnStop, ensureRender, type PollLimits } from './renderJob';
import type { Checkpoint } from '../checkpoint';

export interface StartSettings {
	sessionId: string;
	output: RenderOutput;
	poll: PollLimits;
	/** Whether a render that exists already is passed over. */
	renderAgain: boolean;
	/**
	 * The timeline to render; by default the session's, once nothing works in it anymore. Who holds
	 * the session brings what `readAtRest` gave: it would wait for itself.
	 */
	draft?: unknown;
	/** The timeline has moved on: only a render that was begun before is of use. */
	existingOnly?: boolean;
}

/** A render under way or ended. */
export interface Started {
	render: Render;
	attempt: number;
	attached: boolean;
	draft: unknown;
}

/**
 * The render of a session's timeline: a new one, or the one that was begun in an earlier try.
 *
 * @throws NemoVideoError of kind `input` when there is nothing to export yet
 */
export async function startExport(
	client: NemoVideoClient,
	settings: StartSettings,
	checkpoint: Checkpoint<ExportCheckpoint>,
	progress: Progress,
): Promise<Started> {
	if (settings.existingOnly) return await attach(client, settings, checkpoint);
	const draft = settings.draft ?? (await draftNow(client, settings, checkpoint, progress));
	if (!isReadyToExport(draft)) {
		throw new NemoVideoError('input', 'There is nothing to export in this session yet', {
			description: `${readTimeline(draft).summary}. Run the Generate node first and wait until it has finished.`,
			outcome: outcomeOf('notSent'),
			handles: { sessionId: settings.sessionId },
			stage: 'export',
		});
	}
	progress.stage('Starting the render');
	const { attempt, renderId } = resumableRender(checkpoint.read(), settings, draft);
	const started = await startAttempt(client, settings, checkpoint, { draft, attempt, renderId });
	const { status } = started.render;
	// A render that ended badly in an earlier run is the first attempt of this one.
	if (started.attached && attempt === 1 && (status === 'failed' || status === 'cancelled')) {
		return await startAttempt(client, settings, checkpoint, { draft, attempt: 2 });
	}
	return started;
}

/** A render that was begun before is gone on with, so the timeline is only looked at. */
async function draftNow(
	client: NemoVideoClient,
	settings: StartSettings,
	checkpoint: Checkpoint<ExportCheckpoint>,
	progress: Progress,
): Promise<unknown> {
	if (checkpoint.read()) return (await readState(client, settings.sessionId)).draft;
	return await restingDraft(client, settings, progress);
}

/** A render begun in an earlier try is gone on with as long as it shows the timeline as it is now. */
function resumableRender(
	record: ExportCheckpoint | undefined,
	{ sessionId, output, renderAgain }: StartSettings,
	draft: unknown,
): { renderId?: string; attempt: number } {
	const render = renderOf(record);
	if (!render) return { attempt: 1 };
	const { renderId, attempt } = render;
	const current =
		record?.phase === 'done' ||
		renderAgain ||
		renderId === renderIdFor(sessionId, draft, output, attempt);
	return current ? { renderId, attempt } : { attempt: 1 };
}

/** Finds the render that was begun when the timeline was as it is wanted. */
async function attach(
	client: NemoVideoClient,
	{ sessionId }: StartSettings,
	checkpoint: Checkpoint<ExportCheckpoint>,
): Promise<Started> {
	const known = renderOf(checkpoint.read());
	const render = known && (await getRender(client, known.renderId));
	if (render) return { render, attempt: known.attempt, attached: true, draft: undefined };
	throw new NemoVideoError(
		'render',
		'The timeline has changed since this edit, before its video was rendered',
		{
			description:
				'Another prompt was sent to the same session in the meantime, so a render now would include it. Export the session as it is, or run this edit again.',
			handles: { sessionId, renderId: known?.renderId },
			outcome: outcomeOf('notSent'),
		},
	);
}

/** Starts a render under the id of an attempt, which is remembered first, or attaches to it. */
export async function startAttempt(
	client: NemoVideoClient,
	settings: StartSettings,
	checkpoint: Checkpoint<ExportCheckpoint>,
	wanted: { draft: unknown; attempt: number; renderId?: string },
): Promise<Started> {
	const { sessionId, output } = settings;
	const { draft, attempt } = wanted;
	const renderId =
		wanted.renderId ??
		(settings.renderAgain ? freshRenderId() : renderIdFor(sessionId, draft, output, attempt));
	checkpoint.write({ phase: 'rendering', renderId, attempt });
	const ensured = await cancelOnStop(
		client,
		renderId,
		async () => await ensureRender(client, { renderId, sessionId, draft, output }),
	);
	return { ...ensured, attempt, draft };
}
