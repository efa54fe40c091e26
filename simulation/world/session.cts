import type { Turn } from './turn.cts';

interface Clip {
	name: string;
	track: 0 | 1;
}

/** A session at NemoVideo: a timeline, files, and the turns that work on them. */
export class Session {
	readonly clips: Clip[] = [];
	/** As the state shows them. */
	readonly files: string[] = [];
	/** Every file that has come, and for whom. */
	readonly uploads: string[] = [];
	readonly turns: Turn[] = [];
	/** NemoVideo has forgotten it. */
	isGone = false;

	constructor(
		readonly id: string,
		readonly taskId: string,
	) {}

	/** Every clip has a track of its own, so that its name is told. */
	get draft(): object {
		const tracks = this.clips.map(({ name, track }) => ({
			tt: track,
			sg: [{ d: 5_000, m: { title: name } }],
		}));
		return tracks.length === 0 ? {} : { t: tracks, d: 5_000, m: { width: 1080, height: 1920 } };
	}

	get state(): object {
		return {
			session_id: this.id,
			task_id: this.taskId,
			state: {
				draft: this.draft,
				video_infos: this.files.map((filename) => ({ filename, file_type: 'image' })),
				generated_media: [],
			},
		};
	}
}
