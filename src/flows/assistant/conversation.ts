import type { NemoVideoClient } from '../../api/client';
import { readCredits } from '../../api/credits';
import type { SuggestedAction } from '../../text/gui/gui';
import { changeOrder, type MessageAction, type RoutedMessage } from '../../text/intent/intent';
import { asksSomething } from '../../text/question';
import type { SessionLease } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import type { AssistantCheckpoints, AssistantResult, AssistantSettings, Understood } from './chat';
import { ChatExport } from './chatExport';
import { ChatUploads } from './chatUploads';
import { tellCredits } from './tellCredits';
import { summaryIn, tellState } from './tellState';
import { inLanguage, toldLanguage } from './chatLanguage';
import type { Progress } from '../progress';
import { repliesIn, type Messages } from './messages/messages';
import { exportLimit } from '../export/startLimit';
import { changeInWords, ownWordsIn, speaking } from '../generate/timelineInWords';
import type { FinishedTurn, GenerateResult } from '../generate/turnCheckpoint';
import { workInSession } from '../workInSession';
import { GenerateTurn } from '../generate/generateTurn';

/** One message in one session. */
export class Conversation {
	private readonly routed: RoutedMessage;
	private readonly replies: Messages;
	private readonly checkpoints: AssistantCheckpoints;
	private readonly progress: Progress;
	private readonly exporter: ChatExport;
	private readonly uploads: ChatUploads;
	/** The turn of a message that is a prompt. */
	private turn: GenerateTurn | undefined;
	/** What an equal message came to that was first. */
	private followed: GenerateResult | undefined;

	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: AssistantSettings,
		private readonly understood: Understood,
	) {
		this.routed = understood.routed;
		this.replies = understood.replies;
		this.checkpoints = understood.chat.checkpoints;
		this.progress = understood.chat.progress;
		this.exporter = new ChatExport(client, settings, understood);
		this.uploads = new ChatUploads(client, settings, understood);
	}

	/** Answers the message; one that sends or exports waits until the session is free. */
	async answer(sessionId: string): Promise<AssistantResult> {
		const { action, uploadFirst } = this.routed;
		if (!uploadFirst && action === 'state')
			return await tellState(this.client, this.understood, sessionId);
		if (!uploadFirst && action === 'credits') {
			return await tellCredits(this.client, this.replies, sessionId);
		}
		let waited = '';
		const onWait = () => {
			waited = `${this.replies.busy}\n\n`;
			this.progress.text(waited);
		};
		const { recovery } = this.settings.turn;
		const queue = await this.client.sessionQueue();
		const isPrompt = action === 'message';
		this.turn = isPrompt ? this.turnOf(sessionId, this.routed.text) : undefined;
		await this.turn?.arrive();
		this.turn?.claim(queue);
		const isExport = !uploadFirst && action === 'export';
		const { poll } = this.settings.render;
		const limit = isExport ? () => exportLimit(this.client, sessionId, poll) : undefined;
		const order = { queue, sessionId, recovery, limit, onWait };
		const work = async (lease: SessionLease) => await this.answerIn(lease);
		const reply = await workInSession(this.client, order, work).finally(() => this.turn?.release());
		return { ...reply, text: waited + reply.text };
	}

	private async answerIn(lease: SessionLease): Promise<AssistantResult> {
		const { sessionId } = lease;
		const { action, uploadFirst } = this.routed;
		const { uploads } = this;
		const uploading = await resultOf(async () =>
			uploadFirst && !(await this.isServed()) ? await uploads.send(lease) : [],
		);
		if (!uploading.ok) return uploads.refuse(uploading.error, sessionId);
		const files = uploading.value;
		const names = files.map(({ filename }) => filename);
		if (action === 'upload') {
			const { askForFiles, askForWords, uploaded } = this.replies;
			if (files.length === 0) return { action, sessionId, text: askForFiles };
			const separator = uploaded(names).endsWith('.') ? ' ' : '';
			return {
				action,
				sessionId,
				text: uploaded(names) + separator + askForWords(names.length),
				files,
			};
		}
		if (files.length === 0) return await this.act(action, lease);
		const uploaded = `${this.replies.uploaded(names)}\n\n`;
		if (action === 'message') this.progress.text(uploaded);
		const reply = await this.act(action, lease);
		return { ...reply, text: uploaded + reply.text, files };
	}

	/** Whether the files of a message need not be sent, because its prompt was. */
	private async isServed(): Promise<boolean> {
		const { turn, uploads } = this;
		if (!turn || uploads.isDone) return false;
		this.followed = await turn.follow();
		return this.followed !== undefined || (await turn.isServed());
	}

	private async act(
		action: Exclude<MessageAction, 'upload'>,
		lease: SessionLease,
	): Promise<AssistantResult> {
		switch (action) {
			case 'credits':
				return await tellCredits(this.client, this.replies, lease.sessionId);
			case 'state':
				return await tellState(this.client, this.understood, lease.sessionId);
			case 'export':
				return await this.exportAsWished(lease);
			case 'message':
				return await this.say(lease, this.routed.text, this.routed.then);
		}
	}

	private get isEnglish(): boolean {
		return this.replies === repliesIn('en');
	}

	/** An order to export, with what it wants changed first. */
	private async exportAsWished(lease: SessionLease): Promise<AssistantResult> {
		const edit = this.checkpoints.turn.read()
			? this.routed.wish?.text
			: await this.exporter.editFirst(lease);
		if (typeof edit === 'object') return edit;
		if (edit !== undefined) return await this.say(lease, changeOrder(edit), 'export');
		const exported = await this.exporter.run(lease);
		this.understood.chat.keeper.note({ isAsked: false });
		return exported;
	}

	private turnOf(sessionId: string, text: string): GenerateTurn {
		const { client, settings, checkpoints, replies, progress } = this;
		const { language, chat } = this.understood;
		const { routed } = this;
		const isTold =
			routed.smallTalk === undefined &&
			toldLanguage(settings.message, routed, language) !== undefined;
		const isCertain = settings.language !== 'auto' || isTold;
		const prompt = inLanguage(
			text.trim(),
			isCertain ? language : undefined,
			chat.keeper.facts().sessionLanguage,
		);
		const shown = this.isEnglish ? progress : speaking(progress, replies.timeline);
		return new GenerateTurn(
			client,
			{ ...settings.turn, sessionId, prompt, files: this.uploads.keys },
			checkpoints.turn,
			shown,
		);
	}

	private async say(
		lease: SessionLease,
		text: string,
		then: RoutedMessage['then'],
	): Promise<AssistantResult> {
		const { replies, progress } = this;
		const { keeper } = this.understood.chat;
		const turn =
			this.followed ?? (await (this.turn ?? this.turnOf(lease.sessionId, text)).runIn(lease));
		const spoken = this.isEnglish
			? turn.text
			: ownWordsIn(turn.text, turn.changes, replies.timeline);
		const isAsked = turn.status === 'awaitingInput' || asksSomething(turn.text);
		keeper.note({ isAsked });
		if (turn.status !== 'completed') return { action: 'message', ...turn, text: spoken };
		const told: string[] = [spoken];
		const tell = (words: string): void => {
			told.push(words);
			progress.text(`\n\n${words}`);
		};
		const fields = await this.afterTurn(lease, turn, then, tell);
		return { ...turn, ...fields, action: 'message', text: told.join('\n\n') };
	}

	/** What the user asked for besides, and what the backend would have him click. */
	private async afterTurn(
		lease: SessionLease,
		turn: GenerateResult,
		then: RoutedMessage['then'],
		tell: (text: string) => void,
	): Promise<Partial<AssistantResult>> {
		const wanted = new Set<SuggestedAction>(turn.suggestedActions);
		let fields: Partial<AssistantResult> = {};
		if (turn.changes.length > 0 || wanted.has('state')) {
			const edits = turn.completedBy === 'state' ? '' : this.beforeAndAfter(turn.changes);
			if (edits !== '') tell(edits);
			if (turn.timeline) tell(summaryIn(turn.timeline, this.replies));
		}
		if (wanted.has('edit')) tell(this.replies.sayEdit);
		if (wanted.has('credits') || then === 'credits') {
			const credits = await readCredits(this.client);
			tell(this.replies.credits(credits));
			fields = { ...fields, credits };
		}
		const suggested = wanted.has('export');
		if (then === 'export' || (suggested && this.settings.afterSuggestedExport === 'perform')) {
			this.progress.text('\n\n');
			const exported = await this.exportTurn(lease);
			tell(exported.text);
			fields = { ...fields, ...exported, timeline: turn.timeline };
		} else if (suggested) {
			tell(this.replies.sayExport);
		}
		return fields;
	}

	/** The video of a turn that has just ended, once its timeline rests. */
	private async exportTurn(lease: SessionLease): Promise<AssistantResult> {
		const record = this.checkpoints.turn.read();
		const isOwn = record?.phase === 'done' && mayHaveChanged(record);
		const { recovery } = this.settings.turn;
		return await this.exporter.run(lease, isOwn ? { record, recovery } : undefined);
	}

	/** What a summary of the timeline as it is now cannot show: what was before, and what is gone. */
	private beforeAndAfter(changes: string[]): string {
		const lines = changes.filter((line) => line.includes(' -> ') || line.includes(' removed'));
		if (this.isEnglish) return lines.join('\n');
		return lines.flatMap((line) => changeInWords(line, this.replies.timeline) ?? []).join('\n');
	}
}

function mayHaveChanged({ before, after }: FinishedTurn): boolean {
	return after?.timelineFingerprint !== before.timelineFingerprint;
}
