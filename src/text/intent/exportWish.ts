import { ENGLISH_TAIL } from './english';
import { asSimplifiedChinese } from './hanWords';
import { anyOf } from '../wordList';

/** What an order to export says besides. */
export interface ExportWish {
	/** In the user's words, e.g. `in vertical and with subtitles`. */
	text: string;
	/** Whether it is certainly an edit; else the user is asked, because a wrong guess costs credits. */
	isClear: boolean;
	/** The user was asked and has said yes. */
	isAgreed?: true;
}

/** Words of an order to export that say nothing of the video itself. */
export const HARMLESS_WORDS =
	"a about again ahead all already also am an and another any are as asap at away back be been before best better boss buddy but by can client clip complete completed computer copy could cut current customer day deliver desktop device direct directly disk do doing done down download downloaded downloading drive each edit edited email emailed entire error export exported exporting failed file files film final finalize find finish finished first folder for format friend friends from full fully get getting give go going good grab great hand hd have he here high higher highest how i i'd i'll i'm if immediately in instagram is it its it's just laptop last latest launch let let's like link load lossless love mac maximum me mine minute moment mov movie mp4 my need new next nice nicely nothing now of ok okay on once one ones only or original our out output over page pass pc perform phone please pls possible proceed process produce project promo proper properly publish quality quick quickly quite ready real really receive redo reel reels render rendered rendering result resulting right run same save saved say see send sending share she shoot short show size so soon standard start still storage straight stuck sure take team than thank thanks that that's the their them then there these they thing things this those through thx tiktok time timed to today tomorrow tool top trigger try turn up upload url us usb use using version via video videos view wait want watch way we web website well what when where which while whole will window won't work works would x yes yet you your youtube 1080 1080p 1920x1080 hq uhd fullhd";
const HARMLESS = new Set(HARMLESS_WORDS.split(' '));

/** What NemoVideo's export cannot choose, or only the workflow can: told, not done. */
const RENDER_WORD =
	/^(?:4k|2k|8k|2160p?|1440p?|720p?|480p?|360p?|\d{2,3}fps|fps|gif|webm|avi|mkv|prores|h265|hevc|h264|mp3)$/;

/** The order itself, which the agent is never told. */
const ORDER =
	/^.*?\b(?:re-?)?(?:export|download|render|send|give|e?mail|get|save|share)(?:ing)?\b(?: (?:me|us|it|this|that|them|over|to me))*\s*/i;

/** Words that change the picture, the sound or the text of a video. */
const EDIT_WORDS = anyOf(
	`vertical vertically portrait landscape horizontal horizontally wide-?screen square
	9:16 16:9 1:1 4:5 4:3 subtitles? subs captions? titles? text logo watermark intro outro credits
	music bgm soundtrack song audio sound voice voice-?overs? narration muted? silent louder quieter
	transitions? effects? filters? colou?rs? colou?red black white bright brighter dark darker
	zoom zoomed blurr?(?:ed)? background fades? faded trimmed cropped
	shorter longer faster slower slow speed seconds? secs? minutes?
	english spanish french german chinese mandarin japanese korean portuguese italian russian arabic
	hindi turkish dutch polish vietnamese thai indonesian translated dubbed`,
);
const EDIT = new RegExp(`\\b(?:${EDIT_WORDS})\\b`, 'i');
/** Where such words are certainly about what is to be done. */
const CLEAR = /\b(?:in|into|as|with|without|no|but|plus|minus|using|and)\b/i;
/** A purpose says where the video goes, not what it is: `for my sister's birthday`. */
const PURPOSE =
	/\b(?:for|because|since|so that|so (?:i|we)|to (?:show|post|share|send|use|upload|put|my|our|the|a|his|her|their)|on my|on the|via|by|before|when|once|until)\b.*$/i;

/** What is to be done before: `once you've taken out the typo`. */
const ONCE_DONE =
	/\b(?:once|when|after) (?:you|u)(?:['’]?ve| have)? ((?!(?:are|can|finish|finished|done|complete|completed|get|got|have|think|want|wake|know)\b)\p{L}+ \p{L}.*)$/iu;

/**
 * What a clause that orders an export wants changed first.
 *
 * @param clause as the user wrote it
 * @returns undefined for an order and nothing else
 */
export function exportWish(clause: string): ExportWish | undefined {
	if (!/\p{Script=Han}/u.test(clause)) return englishWish(clause);
	// Both languages in one clause: `no music 谢谢`.
	return chineseWish(clause) ?? englishWish(clause.replace(/\p{Script=Han}+/gu, ' ').trim());
}

/** Whether a piece beside an order to export names something of the video. */
export function namesPart(text: string): boolean {
	return EDIT.test(text) || CHINESE_EDIT.test(asSimplifiedChinese(text));
}

/** Words of an order that only the workflow's settings can grant, e.g. `4K`. */
export function renderWords(clause: string): string[] {
	const words = clause.match(/[\p{L}\p{N}]+(?: ?fps)?/giu) ?? [];
	return words.filter((word) => RENDER_WORD.test(word.toLowerCase().replaceAll(' ', '')));
}

function englishWish(clause: string): ExportWish | undefined {
	const trimmed = clause.replace(/[\s.,;:!?…]+$/u, '').trim();
	const [, done = ''] = ONCE_DONE.exec(trimmed) ?? [];
	if (done !== '') return { text: done, isClear: false };
	const withoutPurpose = trimmed.replace(PURPOSE, (purpose) => (EDIT.test(purpose) ? purpose : ''));
	const words = withoutPurpose
		.toLowerCase()
		.replace(/’/gu, "'")
		.split(/[^\p{L}\p{N}:'-]+/u)
		.filter((word) => word !== '');
	const meaning = words.filter(
		(word) => !HARMLESS.has(word) && !RENDER_WORD.test(word) && !/^with(?:out)?$/.test(word),
	);
	if (meaning.length === 0) return undefined;
	const from = firstOf(withoutPurpose, CLEAR);
	const tail = from < 0 ? '' : withoutPurpose.slice(from).trim();
	if (EDIT.test(tail)) return { text: tail, isClear: !/watermark/i.test(tail) };
	const isEdit = EDIT.test(withoutPurpose);
	if (isEdit && meaning.every((word) => EDIT.test(word)) && isFragment(words)) {
		return { text: meaning.join(' '), isClear: true };
	}
	// A word that nobody knows is no wish; several may be one.
	if (!isEdit && meaning.length < 2) return undefined;
	return { text: trimmed.replace(ORDER, '') || trimmed, isClear: false };
}

/** The first place from which on a wish can be read. */
function firstOf(text: string, pattern: RegExp): number {
	const all = [...text.matchAll(new RegExp(pattern, 'gi'))];
	const found = all.find(({ index }) => EDIT.test(text.slice(index)));
	return found?.index ?? -1;
}

/** A piece of a sentence after the order itself: `vertical please`. */
function isFragment(words: readonly string[]): boolean {
	return !words.some((word) => /^(?:export|download|render|send|give|get)/.test(word));
}

/** How one asks how it's done, at a message's start. */
const HOW = anyOf(
	String.raw`how_(?:do|can|could|should|would|does|to) wie(?=_\p{L}+_(?:ich|wir|man)(?!\p{L}))
	comment c[oó]mo(?!_(?:te|le|ya)(?!\p{L})) come(?=_(?:si|posso|faccio|esport|scaric)) hoe как jak
	bagaimana cara làm_sao làm_thế_nào cách`,
);
const CHINESE_HOW = '[我该該要]*(?:怎[么麼](?![还還不没沒])|如何|怎[样樣])';
/** The same in languages where it may stand anywhere. */
const HOW_ANYWHERE = anyOf('どうやって どうすれば どうしたら 어떻게 कैसे nasıl');
/** Asks how it's done instead of ordering it. */
export const ASKS_HOW = new RegExp(
	String.raw`^\P{L}*(?:(?:hi|hey|hello|hallo|hola|ok|so)\P{L}+|[请請][问問])?(?:(?:${HOW})(?!\p{L})|كيف|${CHINESE_HOW})|${HOW_ANYWHERE}`,
	'iu',
);

/** As `HARMLESS_WORDS`. */
const CHINESE_HARMLESS_WORDS = anyOf(
	`导出 下载 输出 渲染 出片 成片 发给我 传给我 发我 给我 发送 分享 保存
	视频 作品 影片 短片 片子 宣传片 文件 项目 结果 成品 链接 按钮 格式 版本 这个 那个 这条
	最终 最后 做好 完成 剪好 整个 全部 高清 超清 完整 原画 清晰 质量 最高 无损
	帮我 麻烦 可以 能不能 能否 直接 现在 马上 立刻 重新 再次 开始 一下 一个 一份 出来
	然后 接着 之后 手机 电脑 本地 相册 需要 mp4 mov 1080p? hd`,
);
const CHINESE_HARMLESS = new RegExp(
	`${CHINESE_HARMLESS_WORDS}|[请把将想要的了吧吗呢啊我你您它并再就和到成为来去给发传拿好快点版出后先]`,
	'giu',
);
const CHINESE_EDIT =
	/竖屏|竖版|竖的|横屏|横版|方形|正方形|字幕|音乐|配乐|bgm|水印|logo|标题|文字|片头|片尾|短一点|长一点|更短|更长|缩短|延长|加快|放慢|加速|减速|\d+秒|秒|配音|旁白|英文|英语|中文|日文|日语|韩语|静音|声音|音量|人声|画面|字体|颜色|滤镜|黑白|特效|转场|9:16|16:9|1:1/iu;
const CHINESE_CLEAR =
	/带上?|加上?|添加|配上?|不要|不带|去掉|去除|没有|没|成|为|改|用|竖|横|方|[大小快慢高低长短亮暗轻响](?:声|音量)?一?[点些]/u;

function chineseWish(clause: string): ExportWish | undefined {
	const bare = asSimplifiedChinese(clause.toLowerCase()).replace(/[\s\p{P}]+/gu, '');
	if (!CHINESE_EDIT.test(bare)) {
		const rest = bare.replace(CHINESE_HARMLESS, '').replace(/[a-z0-9]+/gu, '');
		return [...rest].length > 3 ? { text: clause.trim(), isClear: false } : undefined;
	}
	const isSure = CHINESE_CLEAR.test(bare) && !/水印/u.test(bare);
	const text = clause
		.replace(
			/(?:请|請|帮我|幫我|麻烦|麻煩)?(?:重新|直接|再次)?(?:导出|導出|匯出|下载|下載|输出|輸出|渲染|export)(?:一下|的?(?:[时時]候|[时時]))?/giu,
			'',
		)
		.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
		.replace(ENGLISH_TAIL, '');
	return { text: text === '' ? clause.trim() : text, isClear: isSure };
}
