import { current } from '../time/current.cts';
import { VIDEO_ORIGIN } from './renders.cts';
import type { Turn } from './turn.cts';

/** How long NemoVideo takes to look at a file. Milliseconds. */
const ANALYSIS_MS = 20_000;

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
	/** Files that the state showed only some time after they had come. */
	readonly lateFiles: Array<{ at: number; process: number }> = [];
	readonly turns: Turn[] = [];
	/** When the state showed a file first, in milliseconds since the story began. */
	private readonly seenAt = new Map<string, number>();
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

	/** Its link is signed anew for each reading, and it is looked at some time after it has come. */
	private infoOf(filename: string): object {
		const { elapsed } = current.time;
		const seenAt = this.seenAt.get(filename) ?? elapsed;
		this.seenAt.set(filename, seenAt);
		return {
			filename,
			file_type: 'image',
			cdn_url: `${VIDEO_ORIGIN}/files/${filename}?Expires=${elapsed}`,
			...(elapsed > seenAt + ANALYSIS_MS ? { analysis: { labels: ['shoe'] } } : {}),
		};
	}

	get state(): object {
		return {
			session_id: this.id,
			task_id: this.taskId,
			state: {
				draft: this.draft,
				video_infos: this.files.map((filename) => this.infoOf(filename)),
				generated_media: [],
			},
		};
	}
}
