import { jsonOf, type Service } from './hub.cts';

export interface YouTubeVideo {
	id: string;
	snippet: { title: string; description?: string };
	status: { privacyStatus: string };
	bytes: number;
}

/** YouTube as far as a resumable upload goes. */
export class YouTube {
	readonly videos: YouTubeVideo[] = [];

	constructor(private readonly key: string) {}

	readonly service: Service = (call) => {
		if (call.path !== '/upload/youtube/v3/videos') return undefined;
		if (call.method === 'POST') {
			const id = `video${this.videos.length + 1}`;
			this.videos.push({ ...jsonOf<YouTubeVideo>(call), id, bytes: 0 });
			const query = new URLSearchParams({ upload_id: id, key: this.key });
			return { headers: { location: `https://www.googleapis.com${call.path}?${query}` } };
		}
		const video = this.videos.find(({ id }) => id === call.query.get('upload_id'));
		if (video === undefined) return { status: 404 };
		video.bytes += call.body.length;
		const [, end, total] = /-(\d+)\/(\d+)$/.exec(String(call.headers['content-range'])) ?? [];
		const isWhole = Number(end) + 1 === Number(total);
		return isWhole ? { body: { kind: 'youtube#video', id: video.id } } : { status: 308 };
	};
}
