import {
	rawDraft,
	revised,
	segment,
	trackOf,
	TRACK,
	withDuration,
	withSpeed,
	withTrack,
	type Draft,
	type Media,
} from './draft.cts';
import type { TurnKind } from './billingLog.cts';
import { understand, type Wish } from './prompt.cts';
import { guiTalk } from './guiTalk.cts';
import { pick } from './random.cts';

/** What the agent knows when a prompt comes in. */
export interface Situation {
	/** Differs per session and turn. */
	key: string;
	chinese: boolean;
	draft: Draft | undefined;
	/** Uploaded files in upload order. */
	media: Media[];
	/** Where a generated clip would lie. */
	clipUrl: string;
	/** The turn before was the agent's question. */
	answering: boolean;
	extras: boolean;
	/** This answer talks of buttons and panels. */
	guiTalk: boolean;
}

export interface Plan {
	kind: TurnKind;
	wish: Wish;
	tool: string;
	args: Record<string, unknown>;
	/** The timeline after each stage; none for a question. */
	stages: Draft[];
	/** What is told at the end. */
	answer: string;
	/** The clip that was generated, when there were no pictures. */
	generated?: { url: string; durationMs: number };
}

const SMALL_WORDS = new Set(
	'a an the of for with and or to into in on at from this these those my our your me please create make generate turn video videos clip second seconds promo background music images image photos photo 1080p mp4 vertical horizontal landscape square aspect ratio product caption'.split(
		' ',
	),
);

function titleFrom(wish: Wish): string {
	if (wish.quoted !== undefined) return wish.quoted;
	if (/\p{Script=Han}/u.test(wish.text)) {
		return wish.text.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 8);
	}
	const words = wish.text
		.split(/[^\p{L}\p{N}']+/u)
		.filter((word) => word.length > 2 && !SMALL_WORDS.has(word.toLowerCase()) && !/\d/.test(word))
		.slice(0, 3)
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`);
	return words.join(' ') || 'New Video';
}

function withGuiTalk(told: string, wish: Wish, now: Situation): string {
	const wanted = wish.markers.get('gui');
	if (wanted === undefined && !now.guiTalk) return told;
	return `${told} ${guiTalk(now.chinese, wanted, now.key)}`;
}

function generate(wish: Wish, now: Situation): Plan {
	const pictures = now.media.filter((item) => item.kind !== 'audio');
	const durationMs =
		wish.durationMs ?? (pictures.length > 0 ? Math.max(5000, pictures.length * 3000) : 10_000);
	const title = titleFrom(wish);
	const size = wish.size ?? { width: 1920, height: 1080 };
	const raw = rawDraft({
		key: `${now.key} ${wish.text}`,
		title,
		durationMs,
		...size,
		media: now.media,
		generatedUrl: now.clipUrl,
		extras: now.extras,
	});
	let full = raw;
	const own = now.media.find((item) => item.kind === 'audio');
	if (!wish.removeMusic) {
		const style =
			wish.musicStyle ?? pick(['Lo-fi', 'Upbeat', 'Cinematic', 'Ambient'], now.key, wish.text);
		full = withTrack(full, TRACK.audio, [
			segment(now.key, 0, durationMs, {
				title: own?.filename ?? style,
				volume: 0.35,
				...(own ? { url: own.url } : {}),
			}),
		]);
	}
	if (!wish.removeTitle) {
		full = withTrack(full, TRACK.text, [
			segment(now.key, 0, Math.min(3000, durationMs), {
				text: title,
				style: { name: 'bold', color: '#ffffff', in: 'fade-in' },
			}),
		]);
	}
	if (now.extras) {
		full = withTrack(full, TRACK.effect, [
			segment(now.key, 0, durationMs, { title: 'Colour grading', lut: 'warm' }),
		]);
	}
	const seconds = Math.round(durationMs / 100) / 10;
	const told = now.chinese
		? `视频已完成：${seconds} 秒，${pictures.length > 0 ? `${pictures.length} 个画面` : '一个片段'}，标题“${title}”。`
		: `Your ${seconds}-second video is ready: ${pictures.length > 0 ? `${pictures.length} scenes in your order` : 'one generated scene'}, the title "${title}" and background music.`;
	return {
		kind: 'generation',
		wish,
		tool: 'generate_video_with_seedance',
		args: { prompt: wish.text, duration: seconds, ratio: `${size.width}:${size.height}` },
		stages: [raw, full],
		answer: withGuiTalk(told, wish, now),
		...(pictures.length === 0 ? { generated: { url: now.clipUrl, durationMs } } : {}),
	};
}

interface Change {
	draft: Draft;
	told: [english: string, chinese: string];
}

function changesOf(wish: Wish, now: Situation, start: Draft): Change[] {
	const changes: Change[] = [];
	let draft = start;
	const apply = (next: Draft, english: string, chinese: string): void => {
		draft = next;
		changes.push({ draft, told: [english, chinese] });
	};
	if (wish.removeTitle && trackOf(draft, TRACK.text)) {
		apply(withTrack(draft, TRACK.text, []), 'removed the title', '删除了标题');
	}
	if (wish.removeMusic && trackOf(draft, TRACK.audio)) {
		apply(withTrack(draft, TRACK.audio, []), 'removed the music', '删除了音乐');
	}
	if (wish.addTitle) {
		const text = titleFrom(wish);
		const lasts = Math.min(wish.durationMs ?? 3000, draft.d);
		const piece = segment(now.key, 0, lasts, { text, style: { name: 'bold', color: '#ffffff' } });
		apply(
			withTrack(draft, TRACK.text, [piece]),
			`added the title "${text}"`,
			`添加了标题“${text}”`,
		);
	} else if (wish.durationMs !== undefined) {
		apply(
			withDuration(draft, wish.durationMs),
			`set the length to ${wish.durationMs / 1000} seconds`,
			`时长改为 ${wish.durationMs / 1000} 秒`,
		);
	}
	if (wish.addMusic) {
		const style = wish.musicStyle ?? pick(['Lo-fi', 'Upbeat', 'Cinematic'], now.key, wish.text);
		const piece = segment(now.key, 0, draft.d, { title: style, volume: 0.35 });
		apply(withTrack(draft, TRACK.audio, [piece]), `added ${style} music`, `添加了 ${style} 音乐`);
	}
	const music = trackOf(draft, TRACK.audio);
	if (music && (wish.volume !== undefined || wish.louder !== undefined)) {
		const louder = wish.louder ?? 1;
		const segments = music.sg.map((piece) => {
			const volume = wish.volume ?? Math.min(1, (piece.m.volume ?? 0.35) * louder);
			return { ...piece, m: { ...piece.m, volume: Math.round(volume * 100) / 100 } };
		});
		apply(withTrack(draft, TRACK.audio, segments), 'changed the music volume', '调整了音乐音量');
	}
	if (wish.speed !== undefined && wish.speed > 0) {
		apply(
			withSpeed(draft, wish.speed),
			`changed the speed to ${wish.speed}x`,
			`速度改为 ${wish.speed} 倍`,
		);
	}
	if (wish.size) {
		const { width, height } = wish.size;
		const next = { ...structuredClone(draft), m: { ...draft.m, width, height } };
		apply(next, `set the frame to ${width}x${height}`, `画面改为 ${width}x${height}`);
	}
	if (changes.length === 0) {
		const effects = trackOf(draft, TRACK.effect)?.sg ?? [];
		const piece = segment(`${now.key} ${wish.text}`, 0, draft.d, {
			title: titleFrom(wish),
			note: wish.text,
		});
		apply(
			withTrack(draft, TRACK.effect, [...effects, piece]),
			`applied: ${wish.text}`,
			`已应用：${wish.text}`,
		);
	}
	return changes;
}

function edit(wish: Wish, now: Situation, start: Draft): Plan {
	const changes = changesOf(wish, now, start);
	const last = changes.at(-1)?.draft ?? start;
	const list = changes.map((change) => change.told[now.chinese ? 1 : 0]);
	const told = now.chinese ? `好的，${list.join('，')}。` : `Done: I ${list.join(' and ')}.`;
	return {
		kind: 'edit',
		wish,
		tool: 'edit_multitrack',
		args: { instruction: wish.text, tracks: last.t.length },
		stages: wish.markers.has('nothing') ? [] : [revised(last, `${now.key} ${wish.text}`)],
		answer: withGuiTalk(told, wish, now),
	};
}

function ask(wish: Wish, now: Situation): Plan {
	return {
		kind: 'question',
		wish,
		tool: '',
		args: {},
		stages: [],
		answer: now.chinese
			? '您想让视频变成什么样？例如：更快的节奏、别的音乐，还是一个标题？'
			: 'What would you like me to change? For example the pacing, the music, or a title?',
	};
}

/** Decides what a prompt does to the timeline. Pure: equal input gives an equal plan. */
export function planTurn(prompt: string, now: Situation): Plan {
	const wish = understand(prompt);
	if (wish.vague && !(now.answering && !wish.markers.has('vague'))) return ask(wish, now);
	if (!now.draft || wish.generation) return generate(wish, now);
	return edit(wish, now, now.draft);
}
