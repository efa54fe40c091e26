import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from './backend.cts';
import { fileSource, type ByteSource } from './bytes.cts';
import { canonical, draftHash } from './canonical.cts';
import { SyntheticVideo } from './syntheticVideo.cts';
import { composite } from './composite.cts';
import type { Draft } from './draft.cts';
import { ApiFailure, errorBody } from './failure.cts';
import type { RenderEntry } from './billingLog.cts';
import type { RenderOutcome } from './options.cts';
import type { Session } from './sessions.cts';
import { sha256OfFile } from './sha256.cts';
import { Stopped } from './timers.cts';
import type { Token } from './tokens.cts';

export interface Render {
	id: string;
	session: Session;
	entry: RenderEntry;
	outcome: RenderOutcome;
	/** 0 to 100. */
	progress: number;
	createdAt: number;
	completedAt?: number;
	durationSeconds: number;
	error?: string;
	file?: ByteSource;
	path?: string;
	/** Cuts a running composition short. */
	stop: AbortController;
}

/** What a client asks to be rendered. */
export interface Job {
	id: string;
	draft: Draft;
	output: unknown;
}

/** Export jobs, known by the id the client chose. */
export class RenderStore {
	private readonly renders = new Map<string, Render>();

	constructor(private readonly backend: Backend) {}

	get(id: string): Render | undefined {
		return this.renders.get(id);
	}

	/** Makes a completed render's file disappear: its URL and its download answer 404. */
	expire(id: string): void {
		const render = this.renders.get(id);
		if (render) render.outcome = 'gone';
	}

	/** SHA-256 of a completed render's file, to compare a download with. */
	async sha256(id: string): Promise<string | undefined> {
		const render = this.renders.get(id);
		if (render?.file instanceof SyntheticVideo) return render.file.sha256();
		return render?.path === undefined ? undefined : await sha256OfFile(render.path);
	}

	clear(): void {
		for (const render of this.renders.values()) {
			render.stop.abort();
			if (render.path !== undefined) rmSync(render.path, { force: true });
		}
		this.renders.clear();
	}

	/** @throws ApiFailure when the id was used before */
	submit(job: Job, session: Session, token: Token): Render {
		const { id, draft, output } = job;
		const known = this.renders.get(id);
		if (known) {
			known.entry.duplicates += 1;
			const status = Number(this.backend.options.duplicateRenderAs);
			const message = `Render id already exists: ${id}`;
			const body = {
				...errorBody(this.backend.shapes, 409, message),
				success: false,
				error: message,
			};
			throw new ApiFailure(409, message, status, { body });
		}
		const entry = this.backend.ledger.render({
			id,
			sessionId: session.id,
			token: token.token,
			draftHash: draftHash(draft),
			sameAsState: canonical(draft) === canonical(session.draft),
			output: output ?? null,
		});
		const render: Render = {
			id,
			session,
			entry,
			outcome: this.backend.options.renderOutcomes.shift() ?? 'completed',
			progress: 5,
			createdAt: Date.now(),
			durationSeconds: typeof draft.d === 'number' ? draft.d / 1000 : 0,
			stop: new AbortController(),
		};
		this.renders.set(id, render);
		void this.work(render, draft).catch((error: unknown) => {
			if (error instanceof Stopped || render.stop.signal.aborted) return;
			this.fail(render, error instanceof Error ? error.message : String(error));
		});
		return render;
	}

	private fail(render: Render, error: string): void {
		render.error = error;
		this.backend.ledger.renderDone(render.entry, 'failed');
	}

	private async work(render: Render, draft: Draft): Promise<void> {
		const { options, timers, ledger, folder } = this.backend;
		const composing = options.renders === 'composite' && render.outcome !== 'failed';
		await timers.sleep(composing ? 0 : options.renderMs * 0.2);
		if (render.stop.signal.aborted) return;
		render.entry.status = 'processing';
		render.progress = 10;
		if (render.outcome === 'forever') return;
		if (composing) {
			render.path = join(folder, `render-${this.backend.ids.short('render')}.mp4`);
			const sizeBytes = await composite(draft, {
				path: render.path,
				fps: options.compositeFps,
				signal: render.stop.signal,
				pathOf: (url) => this.backend.pathOf(url),
				progress: (share) => {
					render.progress = Math.max(render.progress, Math.min(99, Math.round(share * 100)));
				},
			});
			const etag = render.entry.draftHash.slice(0, 16);
			render.file = fileSource(render.path, sizeBytes, 'video/mp4', etag);
		} else {
			for (let step = 1; step <= 4; step++) {
				await timers.sleep(options.renderMs * 0.2);
				render.progress = Math.min(99, 10 + step * 22);
			}
			render.file = new SyntheticVideo(render.entry.draftHash, options.cannedBytes);
		}
		if (render.stop.signal.aborted) return;
		if (render.outcome === 'failed') {
			this.fail(render, 'Render worker crashed');
			return;
		}
		render.progress = 100;
		render.completedAt = Date.now();
		ledger.renderDone(render.entry, 'completed');
	}

	cancel(render: Render): void {
		if (['completed', 'failed', 'cancelled'].includes(render.entry.status)) return;
		render.stop.abort();
		this.backend.ledger.renderDone(render.entry, 'cancelled');
	}

	url(render: Render): string | undefined {
		if (render.entry.status !== 'completed' || render.outcome === 'noUrl') return undefined;
		return `${this.backend.filesUrl}/render-result/${encodeURIComponent(render.id)}.mp4`;
	}

	/** The file of a completed render; undefined: 404. */
	file(id: string): ByteSource | undefined {
		const render = this.renders.get(id);
		if (render?.entry.status !== 'completed' || render.outcome === 'gone') return undefined;
		return render.file;
	}
}
