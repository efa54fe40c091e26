import { jsonOf, type Answer, type Service } from './hub.cts';

export interface YouTubeVideo {
	id: string;
	snippet: { title: string; description?: string };
	status: { privacyStatus: string };
	bytes: number;
}

const MAX_TITLE = 100;
const QUOTA =
	'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.';
const BAD = (field: string): string =>
	`The request metadata specifies an invalid or empty video ${field}.`;
/** Half of a character that takes two places in a text. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function refusal(code: number, reason: string, message: string): Answer {
	const errors = [{ message, domain: 'youtube', reason }];
	return { status: code, body: { error: { code, message, errors } } };
}

/** What YouTube says to a title or a description that it doesn't take. */
function faultIn({ title, description = '' }: YouTubeVideo['snippet']): Answer | undefined {
	if (title.trim() === '' || title.length > MAX_TITLE || /[<>]/.test(title) || HALF.test(title)) {
		return refusal(400, 'invalidTitle', BAD('title'));
	}
	return /[<>]/.test(description)
		? refusal(400, 'invalidDescription', BAD('description'))
		: undefined;
}

/** YouTube as far as a resumable upload goes. */
export class YouTube {
	readonly videos: YouTubeVideo[] = [];

	/** @param quota how many videos it takes on a day */
	constructor(
		private readonly key: string,
		private readonly quota = Infinity,
	) {}

	readonly service: Service = (call) => {
		if (call.path !== '/upload/youtube/v3/videos') return undefined;
		if (call.method === 'POST') {
			const video = jsonOf<YouTubeVideo>(call);
			const fault = faultIn(video.snippet);
			if (fault) return fault;
			if (this.videos.length >= this.quota) return refusal(403, 'quotaExceeded', QUOTA);
			const id = `video${this.videos.length + 1}`;
			this.videos.push({ ...video, id, bytes: 0 });
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
