import { BoundedMap } from '../../api/boundedMap';
import type { NemoVideoClient } from '../../api/client';
import { perQueue } from '../perQueue';
import { patienceOf, type RecoveryLimits } from '../generate/recoverTurn';
import { isPendingUpload, type PendingUpload } from './uploadCheckpoint';

/** Sessions whose open uploads this process remembers, and uploads of one session. */
const MAX_SESSIONS = 100;
const MAX_UPLOADS = 50;

/**
 * How long an upload that nobody waits for may take to show in its session's state: it changes what
 * a prompt's work is told by. Milliseconds.
 */
const ON_THE_WAY_MS = 10_000;

interface OpenUpload {
	record: PendingUpload;
	/** When nobody waited for its answer anymore, in milliseconds since the epoch. */
	leftAt: number;
	/** Until when its files may still turn up, in milliseconds since the epoch. */
	mayArriveUntil: number;
}

/** Those of this process by their sessions, whichever execution, node or chat sent them. */
const openIn = perQueue(() => new BoundedMap<string, OpenUpload[]>(MAX_SESSIONS));

/**
 * Remembers an upload whose end isn't known, for everything that uploads to its session later: an
 * equal file is looked for instead of being sent.
 *
 * @param recovery with which patience its files are looked for
 */
export async function leaveUpload(
	client: NemoVideoClient,
	record: PendingUpload,
	recovery: RecoveryLimits,
): Promise<void> {
	const { sessionId } = record;
	const now = new Set(record.sent.map(({ key }) => key));
	// Sent once more, files belong to the last upload that they were in.
	const isOther = (other: PendingUpload) => other.sent.some(({ key }) => !now.has(key));
	const own = openInExecution(client, sessionId).filter(isOther);
	client.sent.leaveUploads(sessionId, [...own, record].slice(-MAX_UPLOADS));
	const inProcess = openIn(await client.sessionQueue());
	const others = (inProcess.get(sessionId) ?? []).filter((open) => isOther(open.record));
	const leftAt = client.clock.now();
	const upload = { record, leftAt, mayArriveUntil: leftAt + patienceOf(recovery) };
	inProcess.set(sessionId, [...others, upload].slice(-MAX_UPLOADS));
}

/** Forgets the open uploads of which every file is accounted for. */
export async function closeUploads(
	client: NemoVideoClient,
	sessionId: string,
	arrived: ReadonlySet<string>,
): Promise<void> {
	const isOpen = ({ sent }: PendingUpload) => sent.some(({ key }) => !arrived.has(key));
	client.sent.leaveUploads(sessionId, openInExecution(client, sessionId).filter(isOpen));
	const inProcess = openIn(await client.sessionQueue());
	const left = (inProcess.get(sessionId) ?? []).filter(({ record }) => isOpen(record));
	if (left.length > 0) inProcess.set(sessionId, left);
	else inProcess.delete(sessionId);
}

/**
 * The open uploads of equal files. In the execution that sent them, they stay open for good; for
 * others in this process as long as the files may turn up.
 *
 * @param keys of the files that are about to be sent
 */
export async function findOpenUploads(
	client: NemoVideoClient,
	sessionId: string,
	keys: ReadonlySet<string>,
): Promise<PendingUpload[]> {
	const now = client.clock.now();
	const inProcess = openIn(await client.sessionQueue()).get(sessionId) ?? [];
	const own = openInExecution(client, sessionId);
	const isOwn = ({ ticket }: PendingUpload) => own.some((record) => record.ticket === ticket);
	const others = inProcess
		.filter(({ record, mayArriveUntil }) => now < mayArriveUntil && !isOwn(record))
		.map(({ record }) => record);
	return [...own, ...others].filter(({ sent }) => sent.some(({ key }) => keys.has(key)));
}

/**
 * Makes the open uploads of a session this execution's own. For an item that brings the failure of an
 * upload along: it still wants the same files, also where n8n's Retry runs it in another execution.
 */
export async function adoptOpenUploads(client: NemoVideoClient, sessionId: string): Promise<void> {
	if (openInExecution(client, sessionId).length > 0) return;
	const inProcess = openIn(await client.sessionQueue()).get(sessionId) ?? [];
	if (inProcess.length === 0) return;
	client.sent.leaveUploads(
		sessionId,
		inProcess.map(({ record }) => record),
	);
}

/**
 * Waits until what this process was uploading to a session has surely come or is lost, for all but
 * those who look for it.
 *
 * @throws NemoVideoError of kind `cancelled` on Stop
 */
export async function letUploadsArrive(client: NemoVideoClient, sessionId: string): Promise<void> {
	const open = openIn(await client.sessionQueue()).get(sessionId) ?? [];
	const { clock, transport } = client;
	const until = Math.max(0, ...open.map(({ leftAt }) => leftAt + ON_THE_WAY_MS));
	if (until > clock.now()) await clock.wait(until - clock.now(), transport.signal);
}

function openInExecution(client: NemoVideoClient, sessionId: string): PendingUpload[] {
	const known = client.sent.openUploads(sessionId);
	return Array.isArray(known) ? known.filter(isPendingUpload) : [];
}
