import { isRecord } from '../../api/json';
import type { Timeline } from '../../api/timeline/timeline';
import type { Media } from '../../api/upload';
import type { Checkpoint } from '../checkpoint';
import type { ExportCheckpoint } from '../export/exportCheckpoint';
import type { ExportSettings, SaveVideo } from '../export/exportVideo';
import type { TurnCheckpoint } from '../generate/turnCheckpoint';
import type { Progress } from '../progress';
import type { Stage } from '../stages';
import type { UploadCheckpoint } from '../upload/uploadCheckpoint';
import type { CreditBudget } from './creditBudget';
import type { GenerateSettings } from '../generate/generateSettings';

export interface VideoSettings {
	/** A session that goes on; without one, a session is made. */
	sessionId?: string;
	/** Of a session that is made. */
	taskName: string;
	/** ISO code, of a session that is made. */
	language: string;
	media?: Media;
	/** As NemoVideo's agent receives it. */
	prompt: string;
	turn: Omit<GenerateSettings, 'sessionId' | 'prompt' | 'minimumCredits'>;
	/** Without it, the work ends with the turn. */
	render?: Omit<ExportSettings, 'sessionId'>;
}

export interface VideoResult {
	sessionId: string;
	taskId?: string;
	/** `running`: the time was over and the user chose to continue. */
	status: 'completed' | 'running';
	text: string;
	/** Null where the session could not be read after the turn. */
	timeline: Timeline | null;
	renderId?: string;
	/** Empty until the render is completed. */
	url?: string;
	durationSeconds?: number;
	sizeBytes?: number;
	/** Null where other turns ran beside this one, or the balance could not be read. */
	creditsUsed: number | null;
	stages: Stage[];
	timedOut?: true;
}

export interface Session {
	sessionId: string;
	taskId?: string;
}

/** Where each stage of one video is remembered. */
export interface VideoCheckpoints {
	session: Checkpoint<Session>;
	upload: Checkpoint<UploadCheckpoint>;
	turn: Checkpoint<TurnCheckpoint>;
	/** What the turn took. */
	credits: Checkpoint<{ used: number | null }>;
	render: Checkpoint<ExportCheckpoint>;
	stages: Checkpoint<Stage[]>;
}

/** What the work on a video needs from the batch it belongs to. */
export interface VideoRun {
	budget: CreditBudget;
	progress: Progress;
	/** Takes the finished video in; without one, only its address is given. */
	sink?: SaveVideo;
}

/** Whether a remembered value is a session. */
export function isSession(value: unknown): value is Session {
	return isRecord(value) && typeof value.sessionId === 'string';
}

/** Whether a remembered value tells what a turn took. */
export function isCreditsUsed(value: unknown): value is { used: number | null } {
	return isRecord(value) && (value.used === null || typeof value.used === 'number');
}
