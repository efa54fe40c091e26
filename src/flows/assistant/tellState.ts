import type { NemoVideoClient } from '../../api/client';
import { readState } from '../../api/state';
import { readCues, toSubtitles } from '../../api/timeline/subtitles';
import { readTimeline, type Timeline } from '../../api/timeline/timeline';
import { isAtWork } from '../generate/openTurns';
import { timelineInWords } from '../generate/timelineInWords';
import type { AssistantResult, Understood } from './chat';
import { repliesIn, type Messages } from './messages/messages';

/** What a session holds as an answer: its timeline, or its subtitles where those were asked for. */
export async function tellState(
	client: NemoVideoClient,
	{ replies, routed }: Pick<Understood, 'replies' | 'routed'>,
	sessionId: string,
): Promise<AssistantResult> {
	const state = await readState(client, sessionId);
	const { draft } = state;
	const timeline = readTimeline(draft);
	const isOld = await isAtWork(client, sessionId, state);
	const summary = (isOld ? `${replies.atWork}\n\n` : '') + summaryIn(timeline, replies);
	const { subtitles } = routed;
	const text = subtitles === undefined ? summary : toSubtitles(readCues(draft), subtitles);
	return {
		action: 'state',
		sessionId,
		text: text === '' ? replies.noSubtitles(summary) : text,
		timeline,
	};
}

/** A timeline in words of the chat's language. */
export function summaryIn(timeline: Timeline, replies: Messages): string {
	return replies === repliesIn('en')
		? timeline.summary
		: timelineInWords(timeline, replies.timeline);
}
