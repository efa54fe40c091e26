import { isRecord } from '../../api/json';
import type { RenderStatus } from '../../api/render';

export interface ExportResult {
	sessionId: string;
	renderId: string;
	status: RenderStatus;
	/** 0 to 100. */
	progress: number;
	/** One that answered with the video; empty until the render is completed. */
	url: string;
	/** No address of a completed render answers any more. */
	urlExpired?: true;
	durationSeconds?: number;
	sizeBytes?: number;
	/** Why a render failed, in NemoVideo's words. */
	reason?: string;
	attempts: number;
	timedOut?: true;
}

/** What is remembered of an export. */
export type ExportCheckpoint =
	| { phase: 'rendering'; renderId: string; attempt: number }
	| { phase: 'done'; result: ExportResult };

/** The render that an export has come to, and which attempt it is. */
export function renderOf(
	record: ExportCheckpoint | undefined,
): { renderId: string; attempt: number } | undefined {
	if (record?.phase !== 'done') return record;
	const { renderId, attempts } = record.result;
	return { renderId, attempt: attempts };
}

/** Whether a remembered value is an export's record. */
export function isExportCheckpoint(value: unknown): value is ExportCheckpoint {
	return isRecord(value) && (value.phase === 'rendering' || value.phase === 'done');
}
