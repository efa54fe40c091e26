import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError, type ResourceIds } from '../../api/errors';
import { createSession } from '../../api/session';
import { isLastSent, type SessionLease } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import { readState } from '../../api/state';
import { readTimeline, type Timeline } from '../../api/timeline/timeline';
import { afterPrompt } from '../generate/afterPrompt';
import { questionError } from '../generate/answerFailures';
import type { Reservation } from './creditBudget';
import { renderOf, type ExportResult } from '../export/exportCheckpoint';
import { VideoExport } from '../export/exportVideo';
import { readAtRest } from '../generate/readAtRest';
import { Stages } from '../stages';
import type { GenerateResult } from '../generate/turnCheckpoint';
import { workInSession } from '../workInSession';
import type { Session, VideoCheckpoints, VideoResult, VideoRun, VideoSettings } from './video';
import { FileUpload } from '../upload/fileUpload';
import { filesOf } from '../upload/uploadCheckpoint';
import { GenerateTurn } from '../generate/generateTurn';

/**
 * Makes one video: session, upload, turn, render. Each stage is remembered, so that the same work
 * begun again goes on from the stage it reached and does nothing twice. The session is held from
 * the upload to the render, so that the video shows this turn and no other.
 *
 * @throws NemoVideoError with the ids in hand and the stage it happened in
 */
export async function createVideo(
	client: NemoVideoClient,
	settings: VideoSettings,
	checkpoints: VideoCheckpoints,
	run: VideoRun,
): Promise<VideoResult> {
	return await new VideoMaker(client, settings, checkpoints, run).make();
}

interface VideoTurn {
	/** Whether the prompt need not be sent, so that its files need not either. */
	isServed(): Promise<boolean>;
	/** @param prepare called once more where an equal prompt that was first came to nothing */
	make(lease: SessionLease, prepare: () => Promise<void>): Promise<GenerateResult>;
}

class VideoMaker {
	private readonly stages: Stages;
	private readonly askedAt: number;

	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: VideoSettings,
		private readonly checkpoints: VideoCheckpoints,
		private readonly run: VideoRun,
	) {
		this.stages = new Stages(client.clock, checkpoints.stages);
		this.askedAt = client.clock.now();
	}

	async make(): Promise<VideoResult> {
		const { checkpoints } = this;
		// A turn that was sent already is seen to its end, whatever the budget says by now.
		const ticket = checkpoints.turn.read() ? undefined : await this.run.budget.reserve();
		const outcome = await resultOf(async () => await this.inSession(ticket));
		await ticket?.end(outcome.ok ? undefined : outcome.error);
		if (outcome.ok) return outcome.value;
		const { error } = outcome;
		if (!isNemoVideoError(error)) throw error;
		throw afterPrompt(error.with({ handles: this.handles() }), checkpoints.turn.read());
	}

	private async inSession(ticket: Reservation | undefined): Promise<VideoResult> {
		const { checkpoints } = this;
		for (let renewed = false; ; renewed = true) {
			const { sessionId } = checkpoints.session.read() ?? (await this.openSession());
			const outcome = await resultOf(async () => await this.workIn(sessionId, ticket));
			if (outcome.ok) return outcome.value;
			if (renewed || !this.isLostOwnSession(outcome.error)) throw outcome.error;
			// Nothing was generated in it, so a new session loses nothing.
			checkpoints.session.clear();
			checkpoints.upload.clear();
		}
	}

	private async workIn(sessionId: string, ticket: Reservation | undefined): Promise<VideoResult> {
		const { client, settings, checkpoints, run } = this;
		const { prompt, media } = settings;
		const files = media && filesOf(media).map(({ key }) => key);
		const asked = { sessionId, prompt, files, askedAt: this.askedAt };
		const order = { ...settings.turn, ...asked, minimumCredits: 0 };
		const turn = new GenerateTurn(client, order, checkpoints.turn, run.progress);
		const make: VideoTurn['make'] = async (lease, prepare) => {
			await ticket?.begin();
			let result = await turn.follow();
			if (!result) {
				await prepare();
				result = await turn.runIn(lease);
			}
			if (ticket) checkpoints.credits.write({ used: await ticket.end() });
			return result;
		};
		const isServed = async () => await turn.isServed();
		const onWait = () => run.progress.stage('Waiting for another turn of this session');
		await turn.arrive();
		const queue = await client.sessionQueue();
		turn.claim(queue);
		const work = { queue, sessionId, recovery: settings.turn.recovery, onWait };
		return await workInSession(
			client,
			work,
			async (lease) => await this.film(lease, { isServed, make }),
		).finally(() => turn.release());
	}

	/** Everything that goes on in the session. */
	private async film(lease: SessionLease, own: VideoTurn): Promise<VideoResult> {
		const turn = await this.generate(lease, own);
		const { video, timeline } = await this.export(lease, turn);
		const { taskId } = this.checkpoints.session.read() ?? {};
		const timedOut = turn.timedOut === true || video?.timedOut === true;
		return {
			sessionId: turn.sessionId,
			...(taskId === undefined ? {} : { taskId }),
			status: timedOut ? 'running' : 'completed',
			text: turn.text,
			timeline: timeline ?? turn.timeline,
			...(video ? fieldsOf(video) : {}),
			creditsUsed: this.checkpoints.credits.read()?.used ?? null,
			stages: this.stages.all(),
			...(timedOut ? { timedOut } : {}),
		};
	}

	/** The stages up to the end of the turn. */
	private async generate(lease: SessionLease, own: VideoTurn): Promise<GenerateResult> {
		const { checkpoints, stages } = this;
		const prepare = async () => {
			if (!(await own.isServed())) await this.upload(lease);
		};
		await prepare();
		const turn = await stages.run('generate', async () => await own.make(lease, prepare));
		if (turn.status === 'awaitingInput')
			throw questionError(turn, checkpoints.session.read()?.taskId);
		return turn;
	}

	private async upload(lease: SessionLease): Promise<void> {
		const { client, settings, checkpoints, run, askedAt } = this;
		const { media } = settings;
		if (!media || checkpoints.upload.read()?.phase === 'done') return;
		const order = { media, recovery: settings.turn.recovery, askedAt };
		const files = new FileUpload(client, order, run.progress, checkpoints.upload);
		await this.stages.run('upload', async () => await files.send(lease));
	}

	private async export(
		lease: SessionLease,
		turn: GenerateResult,
	): Promise<{ video?: ExportResult; timeline?: Timeline }> {
		const { client, settings, checkpoints, run } = this;
		const { render } = settings;
		const record = checkpoints.turn.read();
		if (!render || record?.phase !== 'done') return {};
		const { sessionId } = turn;
		return await this.stages.run('export', async () => {
			const existingOnly = !(await isLastSent(client, sessionId, record.ticket));
			const isBegun = renderOf(checkpoints.render.read()) !== undefined;
			const resting =
				existingOnly || isBegun
					? undefined
					: await readAtRest(client, lease, { record, recovery: settings.turn.recovery });
			const draft = resting?.draft;
			const order = { ...render, sessionId, existingOnly, draft, isPart: true as const };
			const exporting = new VideoExport(client, order, checkpoints.render, run.progress);
			const video = await exporting.run(run.sink);
			return { video, ...(resting ? { timeline: readTimeline(resting.draft) } : {}) };
		});
	}

	private async openSession(): Promise<Session> {
		const { client, settings, checkpoints, run, stages } = this;
		return await stages.run('session', async () => {
			run.progress.stage('Opening a session');
			const { sessionId: given, taskName, language } = settings;
			const { sessionId, taskId } =
				given === undefined
					? await createSession(client, { taskName, language })
					: await readState(client, given);
			const session = { sessionId, ...(taskId === undefined ? {} : { taskId }) };
			checkpoints.session.write(session);
			return session;
		});
	}

	private isLostOwnSession(error: unknown): boolean {
		return (
			isNemoVideoError(error) &&
			error.kind === 'session' &&
			this.settings.sessionId === undefined &&
			this.checkpoints.turn.read() === undefined
		);
	}

	private handles(): ResourceIds {
		const { sessionId = this.settings.sessionId, taskId } = this.checkpoints.session.read() ?? {};
		return { sessionId, taskId, renderId: renderOf(this.checkpoints.render.read())?.renderId };
	}
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
