import type { NemoVideoClient } from '../../api/client';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { filesInState, filesSince, matchFiles, type UploadedFile } from '../../api/sessionFiles';
import type { SessionState } from '../../api/state';
import { PatientReadings, type RecoveryLimits } from '../generate/recoverTurn';
import type { PendingUpload, SentFile } from './uploadCheckpoint';

/** What a session's state says of an upload. */
export interface Arrivals {
	/** By the keys of the files. */
	found: ReadonlyMap<string, UploadedFile>;
	missing: SentFile[];
	/** Whether what is missing has not arrived; otherwise that can't be told. */
	isCertain: boolean;
	/** The session couldn't be read often enough to look for them. */
	isUnreadable?: true;
}

/**
 * Looks in a session's state for the files of an upload whose answer got lost, as patiently as for a
 * lost prompt.
 *
 * @param record the upload; files that arrived by its answer count as found
 * @param isSuperseded something else went to the session since, so that files may be of that
 * @returns as soon as every file is found; else when so many readings as there are checks have shown
 * nothing further, or too many have failed
 * @throws NemoVideoError of kind `cancelled` on Stop; of kind `input` where files came that may be of
 * this upload or of another
 */
export async function findArrivals(
	client: NemoVideoClient,
	record: PendingUpload,
	limits: RecoveryLimits,
	isSuperseded: boolean,
): Promise<Arrivals> {
	const readings = new PatientReadings(client, record.sessionId, limits);
	const known = new Map(record.arrived);
	let latest: Arrivals = {
		found: known,
		missing: record.sent.filter(({ key }) => !known.has(key)),
		isCertain: false,
	};
	for (let misses = 0; ;) {
		const reading = await readings.next();
		if (!reading.ok) return { ...latest, isCertain: false, isUnreadable: true };
		const before = latest.found.size;
		latest = isSuperseded
			? nothingOrUnknown(latest, reading.value, record)
			: arrivalsIn(reading.value, record);
		if (latest.missing.length === 0) return latest;
		if (latest.found.size <= before && ++misses >= limits.checks) return latest;
	}
}

function arrivalsIn({ videoInfos }: SessionState, record: PendingUpload): Arrivals {
	const found = new Map(record.arrived);
	// Of two files with one name, the first that came is the one that the answer named.
	const sent = [...record.sent].sort(
		(one, other) => Number(found.has(other.key)) - Number(found.has(one.key)),
	);
	const files = filesInState(videoInfos);
	const came = filesSince(record.before, files);
	const names = sent.map(({ name }) => name);
	const { places, strangers } = matchFiles(came, names, files.length - record.before.length);
	const missing: SentFile[] = [];
	let isCertain = strangers === 0;
	sent.forEach((file, place) => {
		const arrived = came[places[place] ?? -1];
		if (found.has(file.key)) return;
		if (arrived && arrived.isUnderWay !== true) {
			found.set(file.key, { ...arrived, filename: arrived.filename || file.name });
			return;
		}
		if (arrived) isCertain = false;
		missing.push(file);
	});
	return { found, missing, isCertain };
}

/** @throws NemoVideoError where files are there that may be of this upload or of another */
function nothingOrUnknown(
	latest: Arrivals,
	{ videoInfos }: SessionState,
	{ before }: PendingUpload,
): Arrivals {
	const came = filesSince(before, filesInState(videoInfos));
	const names = latest.missing.map(({ name }) => name);
	const { places } = matchFiles(came, names, 0);
	const isUnclear =
		places.some((place) => place !== undefined) || came.some(({ filename }) => filename === '');
	if (!isUnclear) return { ...latest, isCertain: true };
	throw new NemoVideoError(
		'input',
		"An upload was cut off, and it can't be determined whether its files arrived",
		{
			description:
				'Other work was sent to the same session since then. Look at the session with the State node, and upload only what is missing.',
			outcome: outcomeOf('noAnswer'),
		},
	);
}
