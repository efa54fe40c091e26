import { cleanWords } from '../api/backendWords';
import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError, NemoVideoError, type Handles } from '../api/errors';
import { isRecord } from '../api/json';
import { createSession } from '../api/session';
import { settle } from '../api/settle';
import { readState } from '../api/state';
import type { Timeline } from '../api/timeline/timeline';
import type { Budget, Ticket } from './budget';
import { renderOf, type ExportRecord, type ExportResult } from './exportRecord';
import { exportVideo, type ExportSettings, type Sink } from './exportVideo';
import { generate, type GenerateSettings } from './generate';
import type { Progress } from './progress';
import type { Slot } from './slot';
import { Stages, type Stage } from './stages';
import type { GenerateResult, TurnRecord } from './turnRecord';
import { upload, type UploadRecord, type UploadSettings } from './upload';

export interface VideoSettings {
	/** A session that goes on; without one, a session is made. */
	sessionId?: string;
	/** Of a session that is made. */
	taskName: string;
	/** ISO code, of a session that is made. */
	language: string;
	media?: UploadSettings['media'];
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
	timeline: Timeline;
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

interface Session {
	sessionId: string;
	taskId?: string;
}

/** Where each stage of one video is remembered. */
export interface VideoMemory {
	session: Slot<Session>;
	upload: Slot<UploadRecord>;
	turn: Slot<TurnRecord>;
	/** What the turn took. */
	credits: Slot<{ used: number | null }>;
	render: Slot<ExportRecord>;
	stages: Slot<Stage[]>;
}

/** What the work on a video needs from the batch it belongs to. */
export interface VideoRun {
	budget: Budget;
	progress: Progress;
	/** Called when a prompt is about to go to a session. */
	supersede(sessionId: string): void;
	/** Takes the finished video in; without one, only its address is given. */
	sink?: Sink;
}

/**
 * Makes one video: session, upload, turn, render. Each stage is remembered, so that the same work
 * begun again goes on from the stage it reached and does nothing twice.
 *
 * @throws NemoVideoError with the ids in hand and the stage it happened in
 */
export async function createVideo(
	client: NemoVideoClient,
	settings: VideoSettings,
	memory: VideoMemory,
	run: VideoRun,
): Promise<VideoResult> {
	const stages = new Stages(client.clock, memory.stages);
	const outcome = await settle(async () => {
		const turn = await generated(client, settings, memory, run, stages);
		return { turn, ...(await exported(client, settings, memory, run, stages, turn)) };
	});
	if (!outcome.ok) {
		const { error } = outcome;
		throw isNemoVideoError(error) ? error.with(handlesOf(settings, memory)) : error;
	}
	const { turn, video } = outcome.value;
	const timedOut = turn.timedOut === true || video?.timedOut === true;
	const { taskId } = memory.session.read() ?? {};
	return {
		sessionId: turn.sessionId,
		...(taskId === undefined ? {} : { taskId }),
		status: timedOut ? 'running' : 'completed',
		text: turn.text,
		timeline: turn.timeline,
		...(video ? fieldsOf(video) : {}),
		creditsUsed: memory.credits.read()?.used ?? null,
		stages: stages.all(),
		...(timedOut ? { timedOut } : {}),
	};
}

function handlesOf(settings: VideoSettings, memory: VideoMemory): Handles {
	const { sessionId = settings.sessionId, taskId } = memory.session.read() ?? {};
	return { sessionId, taskId, renderId: renderOf(memory.render.read())?.renderId };
}

function fieldsOf(video: ExportResult): Partial<VideoResult> {
	const { renderId, url, durationSeconds, sizeBytes } = video;
	return {
		renderId,
		url,
		...(durationSeconds === undefined ? {} : { durationSeconds }),
		...(sizeBytes === undefined ? {} : { sizeBytes }),
	};
}

/** The stages up to the end of the turn. */
async function generated(
	client: NemoVideoClient,
	settings: VideoSettings,
	memory: VideoMemory,
	run: VideoRun,
	stages: Stages,
): Promise<GenerateResult> {
	// A turn that was sent already is seen to its end, whatever the budget says by now.
	const ticket = memory.turn.read() ? undefined : await run.budget.admit();
	let failure: unknown;
	try {
		for (let renewed = false; ; renewed = true) {
			const outcome = await settle(
				async () => await untilGenerated(client, settings, memory, run, stages, ticket),
			);
			if (outcome.ok) return answerOf(outcome.value, memory);
			failure = outcome.error;
			if (renewed || !isLostOwnSession(failure, settings, memory)) throw failure;
			// Nothing was generated in it, so a new session loses nothing.
			memory.session.clear();
			memory.upload.clear();
		}
	} finally {
		await ticket?.end(failure);
	}
}

function isLostOwnSession(
	error: unknown,
	settings: VideoSettings,
	memory: VideoMemory,
): error is NemoVideoError {
	return (
		isNemoVideoError(error) &&
		error.kind === 'session' &&
		settings.sessionId === undefined &&
		memory.turn.read() === undefined
	);
}

async function untilGenerated(
	client: NemoVideoClient,
	settings: VideoSettings,
	memory: VideoMemory,
	run: VideoRun,
	stages: Stages,
	ticket: Ticket | undefined,
): Promise<GenerateResult> {
	const { progress } = run;
	const { media } = settings;
	const { sessionId } =
		memory.session.read() ??
		(await stages.run('session', async () => {
			progress.stage('Opening a session');
			return await openSession(client, settings, memory.session);
		}));
	if (media && memory.upload.read()?.phase !== 'done') {
		await stages.run(
			'upload',
			async () => await upload(client, { sessionId, media }, progress, memory.upload),
		);
	}
	return await stages.run('generate', async () => {
		if (memory.turn.read() === undefined) run.supersede(sessionId);
		await ticket?.begin();
		const turn = { ...settings.turn, sessionId, prompt: settings.prompt, minimumCredits: 0 };
		const result = await generate(client, turn, memory.turn, progress);
		if (ticket) memory.credits.write({ used: await ticket.end() });
		return result;
	});
}

async function openSession(
	client: NemoVideoClient,
	settings: VideoSettings,
	slot: Slot<Session>,
): Promise<Session> {
	const { sessionId: given, taskName, language } = settings;
	const { sessionId, taskId } =
		given === undefined
			? await createSession(client, { taskName, language })
			: await readState(client, given);
	const session = { sessionId, ...(taskId === undefined ? {} : { taskId }) };
	slot.write(session);
	return session;
}

/** A question is to be read whole; more than this is no question. */
const MOST_QUESTION_CHARACTERS = 2_000;

/** Nobody is there to answer a question, so it is the row's failure; the session can go on. */
function answerOf(turn: GenerateResult, memory: VideoMemory): GenerateResult {
	if (turn.status !== 'awaitingInput') return turn;
	throw new NemoVideoError(
		'input',
		`NemoVideo asked: ${cleanWords(turn.text, MOST_QUESTION_CHARACTERS)}`,
		{
			description:
				"Say it in the prompt, or answer by running the row again with this session in 'Session ID' and the answer as its prompt.",
			handles: { sessionId: turn.sessionId, taskId: memory.session.read()?.taskId },
			stage: 'generate',
		},
	);
}

async function exported(
	client: NemoVideoClient,
	settings: VideoSettings,
	memory: VideoMemory,
	run: VideoRun,
	stages: Stages,
	turn: GenerateResult,
): Promise<{ video?: ExportResult }> {
	const { render } = settings;
	if (!render || turn.status === 'running') return {};
	const { sessionId } = turn;
	const superseded = memory.turn.read()?.superseded === true;
	const video = await stages.run(
		'export',
		async () =>
			await exportVideo(
				client,
				{ ...render, sessionId, existingOnly: superseded },
				memory.render,
				run.progress,
				run.sink,
			),
	);
	return { video };
}

/** Whether a remembered value is a session. */
export function isSession(value: unknown): value is Session {
	return isRecord(value) && typeof value.sessionId === 'string';
}

/** Whether a remembered value tells what a turn took. */
export function isCreditsUsed(value: unknown): value is { used: number | null } {
	return isRecord(value) && (value.used === null || typeof value.used === 'number');
}
