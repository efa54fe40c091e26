import type { Draft } from './drafts.cts';

export interface SessionFile {
	filename: string;
	file_type: string;
	cdn_url: string;
}

/** A NemoVideo session, with the changes that are still to come over it. */
export class Session {
	draft: Draft | undefined;
	files: SessionFile[] = [];
	generated: unknown[] = [];
	/** Further fields of the state. */
	more: Record<string, unknown> = {};
	/** How often its state was read. */
	readings = 0;
	/** Prompts and uploads that arrived while another prompt was being worked on. */
	overlaps = 0;
	/** Prompts that are being worked on. */
	working = 0;
	private readonly coming: Array<{ at: number; change: () => void }> = [];

	constructor(
		readonly id: string,
		readonly taskId: string,
	) {}

	/**
	 * Changes the session just before one of its next readings is answered.
	 *
	 * @param reading 1 is the next reading
	 */
	atReading(reading: number, change: Draft | (() => void)): void {
		const apply = typeof change === 'function' ? change : () => void (this.draft = change);
		this.coming.push({ at: this.readings + reading, change: apply as () => void });
	}

	addFile(filename: string): SessionFile {
		const file = {
			filename,
			file_type: 'image',
			cdn_url: `https://static.example/${encodeURIComponent(filename)}`,
		};
		this.files.push(file);
		return file;
	}

	/** The state as one more reading finds it. */
	read(): object {
		this.readings++;
		for (const { at, change } of this.coming) if (at === this.readings) change();
		return {
			session_id: this.id,
			task_id: this.taskId,
			state: {
				video_infos: this.files,
				...(this.draft === undefined ? {} : { draft: this.draft }),
				...(this.generated.length === 0 ? {} : { generated_media: this.generated }),
				...this.more,
			},
		};
	}
}
