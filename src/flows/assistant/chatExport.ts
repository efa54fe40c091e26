import type { NemoVideoClient } from '../../api/client';
import { roundedSize } from '../../api/fileSize';
import type { SessionLease } from '../../api/sessionQueue';
import {
	isReadyToExport,
	readTimeline,
	type Timeline,
	type Track,
} from '../../api/timeline/timeline';
import { hasSubtitles } from '../../api/timeline/subtitles';
import type { AssistantResult, AssistantSettings, Understood } from './chat';
import type { ExportResult } from '../export/exportCheckpoint';
import { VideoExport } from '../export/exportVideo';
import { anyOf } from '../../text/wordList';
import { withKeepAlive } from '../keepAlive';
import type { Progress } from '../progress';
import { readAtRest, type OwnTurn } from '../generate/readAtRest';

/** The export of a chat's video, told in words while it goes on. */
export class ChatExport {
	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: AssistantSettings,
		private readonly understood: Understood,
	) {}

	/**
	 * What an order to export wants edited first.
	 *
	 * @returns the edit; undefined where the video is to be exported as it is; or the reply where
	 *   there is nothing to export, or the user must be asked, because a wrong guess costs credits
	 */
	async editFirst(lease: SessionLease): Promise<string | AssistantResult | undefined> {
		const { routed, replies, chat } = this.understood;
		const { wish } = routed;
		if (!wish || chat.checkpoints.render.read() !== undefined) return undefined;
		const { sessionId } = lease;
		const { draft } = await readAtRest(this.client, lease);
		const timeline = readTimeline(draft);
		if (!isReadyToExport(draft)) return this.nothingToExport(sessionId, timeline);
		const left = wishesLeft(wish.text, timeline, hasSubtitles(draft));
		if (left === '') return undefined;
		// The text on the timeline may be what the user calls subtitles.
		const isThere = SUBTITLES.test(left) && hasTrack(timeline, 'text');
		if (wish.isAgreed || (wish.isClear && !isThere)) return left;
		chat.keeper.note({ wish: left });
		return { action: 'export', sessionId, text: replies.askWish(left), timeline };
	}

	private nothingToExport(sessionId: string, timeline: Timeline): AssistantResult {
		return { action: 'export', sessionId, text: this.understood.replies.nothingYet, timeline };
	}

	/**
	 * Renders the timeline and tells where the video is.
	 *
	 * @param turn where it's the film of one turn alone
	 */
	async run(lease: SessionLease, turn?: OwnTurn): Promise<AssistantResult> {
		const { client, settings } = this;
		const { replies, chat } = this.understood;
		const { checkpoints, progress, sink } = chat;
		const { sessionId } = lease;
		let draft: unknown;
		if (checkpoints.render.read() === undefined) {
			({ draft } = await readAtRest(client, lease, turn));
			if (!isReadyToExport(draft)) return this.nothingToExport(sessionId, readTimeline(draft));
		}
		progress.text(`${replies.exporting}\n\n`);
		const result = await withKeepAlive(client, progress, async () => {
			const order = { ...settings.render, sessionId, draft, isPart: true as const };
			const progress = this.tellingPercent();
			return await new VideoExport(client, order, checkpoints.render, progress).run(sink);
		});
		const text = this.exportInWords(result);
		const lacks = lease.isBesideUnknown ? `\n\n${replies.mayLack}` : '';
		return { action: 'export', ...result, text: text + lacks };
	}

	/** Tells how far a render is, so that nobody stares at three dots for a minute. */
	private tellingPercent(): Progress {
		const { replies, chat } = this.understood;
		const { progress } = chat;
		let told = 0;
		return {
			listens: progress.listens,
			text: (piece) => progress.text(piece),
			waiting: () => progress.waiting(),
			hint: (message) => progress.hint(message),
			stage: (name) => {
				progress.stage(name);
				const percent = Number(/\((\d{1,3})%\)$/u.exec(name)?.[1] ?? 0);
				if (percent < told + PERCENT_STEP) return;
				told = percent;
				progress.text(`${replies.rendering(percent)}\n\n`);
			},
		};
	}

	private exportInWords({ url, status, timedOut, renderId, sizeBytes }: ExportResult): string {
		const { replies, routed } = this.understood;
		const { settings } = this;
		if (timedOut) return replies.stillRendering(status, renderId);
		const fileSize = sizeBytes === undefined ? undefined : roundedSize(sizeBytes);
		const { resolution, fps } = settings.render.output;
		const chosen = [resolution, fps === undefined ? undefined : `${fps}fps`];
		const notChosen = (routed.renderWords ?? []).filter(
			(word) => !chosen.includes(word.toLowerCase().replaceAll(' ', '')),
		);
		const ready = replies.ready(asLink(url, replies.download), fileSize);
		return notChosen.length === 0
			? ready
			: `${ready}\n\n${replies.cannotChoose(notChosen.join(', '))}`;
	}
}

/** A render is told again when it has got so much further. */
const PERCENT_STEP = 20;

/** An address as a link in Markdown, which n8n's chat shows as one. */
function asLink(url: string, label: string): string {
	const safe = url.replace(/[()<>\s\\]/gu, (mark) =>
		encodeURIComponent(mark).replace(/[()]/gu, escapeMark),
	);
	return `[${label}](${safe})`;
}

function escapeMark(mark: string): string {
	return mark === '(' ? '%28' : '%29';
}

const WITH_THE = anyOf(
	'with mit avec con com met с z the my den de les des los os i 带上? 帶上? 加上? 配上?',
);
const SUBTITLE_WORDS = anyOf(
	'subtitles? subs captions? untertiteln? sous-titres subt[ií]tulos legendas? sottotitoli ondertitel(?:s|ing)? субтитрами napisami 字幕 자막',
);
const WITH_BEHIND = anyOf('的(?:视频|影片)? 付きで? を?つけて 과_함께');
/** Subtitles, and not none or others, in the languages of chats. */
const SUBTITLES = new RegExp(
	`^(?:(?:${WITH_THE})\\s*)*(?:${SUBTITLE_WORDS})(?:${WITH_BEHIND})?$`,
	'iu',
);

/** Wishes that the timeline has not fulfilled already. */
function wishesLeft(wish: string, timeline: Timeline, isSubtitled: boolean): string {
	const isThere = (piece: string): boolean => {
		if (SUBTITLES.test(piece)) return isSubtitled;
		const [, kind = ''] = /^(?:with )?(?:the |my )?(\w+)$/iu.exec(piece) ?? [];
		if (/^(?:titles?|text)$/iu.test(kind)) return hasTrack(timeline, 'text');
		return /^(?:music|audio|sound|bgm|soundtrack)$/iu.test(kind) && hasTrack(timeline, 'audio');
	};
	const pieces = wish.split(/\s*(?:,|\band\b|&|\+)\s*/iu).filter((piece) => piece !== '');
	const left = pieces.filter((piece) => !isThere(piece.trim()));
	return left.length === pieces.length ? wish : left.join(' and ');
}

function hasTrack({ tracks }: Timeline, type: Track['type']): boolean {
	return tracks.some((track) => track.type === type);
}
