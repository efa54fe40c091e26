import { ApiFailure, messageOf } from './failure.cts';
import type { Draft, Media } from './draft.cts';
import type { Ids } from './ids.cts';
import type { BillingLog } from './billingLog.cts';
import type { Token } from './tokens.cts';

/** One entry of `video_infos`; its inner shape is not published (invention after the upload's). */
export interface VideoInfo {
	filename: string;
	file_type: 'video' | 'image' | 'audio';
	cdn_url: string;
	[detail: string]: unknown;
}

export interface GeneratedClip {
	id: string;
	type: 'video';
	url: string;
	duration_ms: number;
}

/** A conversation and its one timeline. */
export interface Session {
	id: string;
	taskId: string;
	taskName: string;
	language: string;
	userId: string;
	videoInfos: VideoInfo[];
	generated: GeneratedClip[];
	draft: Draft | undefined;
	turns: number;
	/** Turns running or waiting. */
	busy: number;
	/** The last turn ended with a question. */
	asked: boolean;
	/** Turns of a session run one after another. */
	line: Promise<void>;
	/** Streams open now, and the most there ever were at once. */
	streams: { open: number; most: number };
}

export function mediaOf(session: Session): Media[] {
	return session.videoInfos.map((info) => ({
		kind: info.file_type,
		filename: info.filename,
		url: info.cdn_url,
	}));
}

/** A session as it is kept in a file: all but what is going on in it. */
export type SavedSession = Omit<Session, 'line' | 'streams' | 'busy'>;

export class SessionStore {
	private readonly sessions = new Map<string, Session>();

	constructor(
		private readonly ids: Ids,
		private readonly ledger: BillingLog,
	) {}

	create(token: Token, taskName: string, language: string): Session {
		const session: Session = {
			id: this.ids.session(),
			taskId: this.ids.task(),
			taskName,
			language,
			userId: token.account.userId,
			videoInfos: [],
			generated: [],
			draft: undefined,
			turns: 0,
			busy: 0,
			asked: false,
			line: Promise.resolve(),
			streams: { open: 0, most: 0 },
		};
		this.sessions.set(session.id, session);
		this.ledger.session({
			sessionId: session.id,
			taskId: session.taskId,
			token: token.token,
			language,
		});
		return session;
	}

	/** @throws ApiFailure 1002 when it does not exist or belongs to someone else */
	get(id: string, token: Token): Session {
		const session = this.sessions.get(id);
		if (!session || session.userId !== token.account.userId) {
			throw new ApiFailure(1002, messageOf(1002));
		}
		return session;
	}

	/** Takes over sessions that another emulator has had. */
	restore(saved: readonly SavedSession[]): void {
		for (const session of structuredClone(saved)) {
			const idle = { busy: 0, line: Promise.resolve(), streams: { open: 0, most: 0 } };
			this.sessions.set(session.id, { ...session, ...idle });
		}
	}

	/** @returns all sessions, for `restore` */
	save(): SavedSession[] {
		return this.all().map(({ line: _line, streams: _streams, busy: _busy, ...kept }) => kept);
	}

	peek(id: string): Session | undefined {
		return this.sessions.get(id);
	}

	/** Makes a session unknown, as after an idle expiry. */
	forget(id: string): boolean {
		return this.sessions.delete(id);
	}

	all(): Session[] {
		return [...this.sessions.values()];
	}

	clear(): void {
		this.sessions.clear();
	}
}
