import { isNemoVideoError, NemoVideoError, type ResourceIds } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import type { Render } from '../../api/render';
import type { ExpiredDownload } from './download';
import { isOtherFile } from './videoFaults';

/** Exporting costs no credits, so whatever failed can be done again. */
export function exportFailure(error: unknown, handles: ResourceIds, isPart = false): unknown {
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
	const anew = isOtherFile(error)
		? " If that keeps happening, switch on Export's 'Render Again'."
		: '';
	return `Run ${node} ${when}.${anew}`;
}

/** A finished render whose video nobody gives. */
export function unavailable(
	{ renderId, url }: Render,
	{ refusal }: ExpiredDownload,
	isFresh: boolean,
): NemoVideoError {
	const { httpStatus } = refusal;
	if (url !== undefined && isFresh && httpStatus !== 410) {
		const message = `The video is finished, but its link doesn't work yet (status ${httpStatus})`;
		return new NemoVideoError('server', message, { ...refusal });
	}
	const [message, link] = url
		? ['The rendered video can no longer be downloaded', 'Its link no longer works.']
		: ['The rendered video has no link', 'NemoVideo finished it without returning one.'];
	return new NemoVideoError('render', message, {
		description: `${link} Run the Export node with this session's ID and 'Render Again' switched on to render the session again without another prompt.`,
		handles: { renderId },
	});
}

function keptTimeline(sessionId = ''): string {
	return `Your timeline is kept. After upgrading, run Export with session ID ${sessionId}.`;
}

/** NemoVideo has no render of this ID. */
export function unknownRender(): NemoVideoError {
	return new NemoVideoError('render', 'NemoVideo does not know this render', {
		description:
			"Check 'Render ID': it must be the renderId that Submit returned. Renders of other accounts aren't visible.",
		outcome: outcomeOf({ status: 404 }),
	});
}
