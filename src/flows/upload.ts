import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { isRecord } from '../api/json';
import { isTransient } from '../api/retry';
import { settle } from '../api/settle';
import { readState } from '../api/state';
import type { UploadPart } from '../api/transport';
import { filesInState, namesOf, uploadMedia, type UploadedFile } from '../api/upload';
import type { Progress } from './progress';
import type { Slot } from './slot';

export interface UploadSettings {
	sessionId: string;
	media: { files: UploadPart[] } | { urls: string[] };
}

/** What is remembered of an upload. Written before the files leave. */
export type UploadRecord =
	| {
			phase: 'sending';
			sessionId: string;
			/** Files that the session held before. */
			held: number;
			/** Other work went to the session since: files in it may be another item's. */
			superseded?: boolean;
	  }
	| { phase: 'done'; files: UploadedFile[] };

/** Sendings of one upload, the first included; each further one follows a look at the state. */
const MOST_SENDINGS = 3;

/**
 * Puts files into a session. A file that is sent twice would be in the video twice, so after an
 * answer that got lost the session's state tells whether the files have arrived.
 *
 * @param slot where the upload is remembered, for the case that it is begun again
 * @throws NemoVideoError with the session's id in its handles
 */
export async function upload(
	client: NemoVideoClient,
	settings: UploadSettings,
	progress: Progress,
	slot?: Slot<UploadRecord>,
): Promise<UploadedFile[]> {
	const { sessionId } = settings;
	const remembered = slot?.read();
	if (remembered?.phase === 'done') return remembered.files;
	const outcome = await settle(
		async () => await sendMissing(client, settings, progress, slot, remembered),
	);
	if (outcome.ok) {
		slot?.write({ phase: 'done', files: outcome.value });
		return outcome.value;
	}
	const { error } = outcome;
	throw isNemoVideoError(error) ? error.with({ sessionId }, 'upload') : error;
}

async function sendMissing(
	client: NemoVideoClient,
	{ sessionId, media }: UploadSettings,
	progress: Progress,
	slot: Slot<UploadRecord> | undefined,
	remembered: Extract<UploadRecord, { phase: 'sending' }> | undefined,
): Promise<UploadedFile[]> {
	const present = async () => filesInState((await readState(client, sessionId)).videoInfos);
	const before = await present();
	// Begun in an earlier try: the files may have arrived after it was given up.
	const held = remembered?.held ?? before.length;
	const names = namesOf(media);
	let found = remembered?.superseded
		? nothingOrUnknown(before.slice(held), names)
		: matchArrivals(before.slice(held), names);
	// What another item uploads meanwhile must not be taken for this one's: it is counted as held.
	const counted = remembered?.superseded ? before.length : held;
	slot?.write({ phase: 'sending', sessionId, held: counted });
	for (let sending = 1; ; sending++) {
		const missing = names.flatMap((_name, index) => (found[index] ? [] : [index]));
		if (missing.length > 0) {
			progress.stage(
				missing.length === 1 ? 'Uploading 1 file' : `Uploading ${missing.length} files`,
			);
			const sent = await settle(
				async () => await uploadMedia(client, sessionId, select(media, missing)),
			);
			if (sent.ok) {
				missing.forEach((index, place) => (found[index] = sent.value[place]));
				return found.flatMap((file) => file ?? []);
			}
			const refused = isNemoVideoError(sent.error) && sent.error.outcome === 'refused';
			if (refused && sending === 1 && !remembered) slot?.clear();
			if (refused || !isTransient(sent.error)) throw sent.error;
			found = matchArrivals((await present()).slice(counted), names);
			if (sending >= MOST_SENDINGS && !found.every(Boolean)) throw sent.error;
		} else {
			return found.flatMap((file) => file ?? []);
		}
	}
}

type Media = UploadSettings['media'];
/** For each name of an upload, the file that has arrived under it. */
type Found = Array<UploadedFile | undefined>;

function select(media: Media, indexes: number[]): Media {
	const wanted = (_value: unknown, index: number) => indexes.includes(index);
	return 'files' in media
		? { files: media.files.filter(wanted) }
		: { urls: media.urls.filter(wanted) };
}

/**
 * Which files of an upload have arrived. Files are told by their names; where NemoVideo changed or
 * omitted these, by their order, in which it keeps them.
 */
function matchArrivals(arrived: UploadedFile[], names: string[]): Found {
	const left = [...arrived];
	const byName = names.map((name) => {
		const index = left.findIndex(({ filename }) => filename === name);
		return index < 0 ? undefined : left.splice(index, 1)[0];
	});
	if (left.length === 0) return byName;
	return names.map((name, index) => {
		const file = arrived[index];
		return file && { ...file, filename: file.filename || name };
	});
}

/** @throws NemoVideoError where files are there that may be of this upload or of another */
function nothingOrUnknown(arrived: UploadedFile[], names: string[]): Found {
	const others = arrived.every(({ filename }) => filename !== '' && !names.includes(filename));
	if (others) return names.map(() => undefined);
	throw new NemoVideoError(
		'input',
		'An upload was cut off, and whether its files have arrived can no longer be told',
		{
			description:
				'Other files went to the same session since. Look at it with the State node, and upload only what is missing.',
		},
	);
}

/** Whether a remembered value is an upload's record. */
export function isUploadRecord(value: unknown): value is UploadRecord {
	return isRecord(value) && (value.phase === 'sending' || value.phase === 'done');
}
