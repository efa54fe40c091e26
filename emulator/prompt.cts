/** What a prompt asks for, as far as the emulator's agent understands it. */
export interface Wish {
	/** The prompt without its markers. */
	text: string;
	/** `[[name]]` or `[[name:value]]` in the prompt; they steer the emulator. */
	markers: Map<string, string>;
	/** Asks for a new video. */
	generation: boolean;
	/** Says too little to act on. */
	vague: boolean;
	durationMs?: number;
	size?: { width: number; height: number };
	/** Quoted words. */
	quoted?: string;
	addTitle: boolean;
	removeTitle: boolean;
	addMusic: boolean;
	removeMusic: boolean;
	/** 0 to 1. */
	volume?: number;
	louder?: number;
	speed?: number;
	musicStyle?: string;
}

const QUOTED =
	/(?:^|[\s,:：，])['"‘“「『《]([^'"’”」』》]+)['"’”」』》]|[“「『《]([^”」』》]+)[”」』》]/;
const NEW_THING =
	/\b(?:video|promo|clip|reels?|ad|advert|short|film|movie|slideshow|story|tiktok|montage|trailer|teaser|mp4|commercial)\b/i;
const MAKE =
	/\b(?:create|generate|produce|make|build|render)\s+(?:me\s+)?(?:an?|another|some|one|two|three|four|five|\d+|it\s+a|videos?)\b/i;
const TURN_INTO = /\bturn\b.+\binto\b/i;
const AGAIN =
	/\b(?:regenerate|redo|generat(?:e|ing))\b|重新生成|再来一个|生成|制作|做(?:一|成)个?|创建/i;
const VAGUE =
	/^(?:please\s+|can you\s+|could you\s+)?(?:make|do)?\s*(?:it|this|that|the video)?\s*(?:look|a bit|a little|much|even)?\s*(?:better|nicer|cooler|good|great|awesome|pop|more interesting|improve(?:\s+it)?|enhance(?:\s+it)?)[\s.!?]*$|^(?:让它)?(?:弄|变|做)?得?(?:更好|好看)(?:一点|看)?[。！]?$/i;
const REMOVE =
	/\b(?:remove|delete|drop|strip|no|without|take out|get rid of)\b|去掉|删除|移除|不要/i;
const ADD_TEXT =
	/\b(?:add|put|insert|include|overlay|write|show|change|set|rename|update)\b|加|添加|改/i;
const TEXT_WORD = /\b(?:titles?|captions?|text|headline|subtitles?|heading)\b|标题|字幕|文字/i;
const MUSIC_WORD = /\b(?:music|bgm|soundtrack|song|score|beat)\b|音乐|配乐/i;
const STYLES: ReadonlyArray<[RegExp, string]> = [
	[/lo-?fi/i, 'Lo-fi'],
	[/upbeat|energetic|happy|欢快/i, 'Upbeat'],
	[/jazz|爵士/i, 'Jazz'],
	[/piano|钢琴/i, 'Piano'],
	[/cinematic|epic|史诗/i, 'Cinematic'],
	[/calm|ambient|soft|舒缓/i, 'Ambient'],
	[/rock|摇滚/i, 'Rock'],
	[/electronic|techno|电子/i, 'Electronic'],
];
const SIZES: ReadonlyArray<[RegExp, { width: number; height: number }]> = [
	[
		/9\s*[:：x]\s*16|\bvertical|\bportrait|tiktok|\breels?\b|\bshorts\b|竖屏/i,
		{ width: 1080, height: 1920 },
	],
	[/16\s*[:：x]\s*9|\blandscape|\bwidescreen|横屏/i, { width: 1920, height: 1080 }],
	[/1\s*[:：x]\s*1(?!\d)|\bsquare|方形/i, { width: 1080, height: 1080 }],
];

function markersOf(prompt: string): Map<string, string> {
	const markers = new Map<string, string>();
	for (const [, name = '', value = ''] of prompt.matchAll(/\[\[([a-z]+)(?::([^\]]*))?\]\]/gi)) {
		markers.set(name.toLowerCase(), value);
	}
	return markers;
}

function durationOf(text: string): number | undefined {
	const seconds = /(\d+(?:\.\d+)?)\s*-?\s*(?:seconds?|secs?|s\b|秒)/i.exec(text);
	if (seconds) return Math.round(Number(seconds[1]) * 1000);
	const minutes = /(\d+(?:\.\d+)?)\s*-?\s*(?:minutes?|mins?|分钟)/i.exec(text);
	return minutes ? Math.round(Number(minutes[1]) * 60_000) : undefined;
}

function speedOf(text: string): number | undefined {
	const times = /(\d+(?:\.\d+)?)\s*(?:x\b|×|times (?:as fast|faster)|倍)/i.exec(text);
	if (times && /speed|fast|slow|速|快|慢|\dx\b/i.test(text)) return Number(times[1]);
	if (/\b(?:faster|speed\s+(?:it\s+)?up|speed up)\b|快一点|加速/i.test(text)) return 1.25;
	if (/\b(?:slower|slow\s+(?:it\s+)?down|slow motion)\b|慢一点|减速/i.test(text)) return 0.8;
	return undefined;
}

/** Understands a prompt well enough to keep a coherent timeline; English and Chinese. */
export function understand(prompt: string): Wish {
	const markers = markersOf(prompt);
	const text = prompt
		.replace(/\[\[[^\]]*\]\]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	const about = text.replace(QUOTED, ' ');
	const quotedHit = QUOTED.exec(text);
	const quoted = (quotedHit?.[1] ?? quotedHit?.[2])?.trim();
	const removing = REMOVE.test(about);
	const generation =
		(MAKE.test(about) && NEW_THING.test(about)) || TURN_INTO.test(about) || AGAIN.test(about);
	const size = SIZES.find(([pattern]) => pattern.test(about))?.[1];
	const durationMs = durationOf(about);
	const percent = /(\d+)\s*%/.exec(about);
	const loudness = /volume|music|bgm|loud|quiet|音量|音乐/i.test(about);
	const musicStyle = STYLES.find(([pattern]) => pattern.test(about))?.[1];
	const speed = speedOf(about);
	const letters = text.replace(/[^\p{L}\p{N}]/gu, '');
	const han = /\p{Script=Han}/u.test(text);
	const music = MUSIC_WORD.test(about);
	const volume = percent && loudness ? Number(percent[1]) / 100 : undefined;
	const louder = /\blouder\b|turn up|大声/i.test(about)
		? 1.5
		: /\bquieter|softer|turn down|lower\b.*volume|小声/i.test(about)
			? 0.5
			: undefined;
	return {
		text,
		markers,
		generation,
		vague: markers.has('vague') || VAGUE.test(text) || letters.length < (han ? 3 : 4),
		...(durationMs === undefined ? {} : { durationMs }),
		...(size === undefined ? {} : { size }),
		...(quoted === undefined || quoted === '' ? {} : { quoted }),
		addTitle: TEXT_WORD.test(about) && ADD_TEXT.test(about) && !removing,
		removeTitle: TEXT_WORD.test(about) && removing,
		addMusic: music && !removing && volume === undefined && louder === undefined,
		removeMusic: (music && removing) || /raw (?:clip )?only|只要原片/i.test(about),
		...(volume === undefined ? {} : { volume }),
		...(louder === undefined ? {} : { louder }),
		...(speed === undefined ? {} : { speed }),
		...(musicStyle === undefined ? {} : { musicStyle }),
	};
}
