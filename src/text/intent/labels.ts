import { anyOf } from '../wordList';

/** What has words of its own. */
const LABELS =
	'title titles subtitle headline caption text slogan script voiceover narration topic prompt título titulo texto guion tema titel schlagzeile untertitel überschrift thema skript titre texte sujet titolo testo título roteiro titel tekst onderwerp tytuł заголовок текст тема сценарий başlık metin judul teks tiêu_đề العنوان النص शीर्षक 标题 標題 文字 文案 字幕 旁白 主题 主題 脚本 タイトル 字幕 文字 テロップ 台本 제목 자막 텍스트 대본';
/** What is made: three words behind it are what it shows. */
const KINDS = 'video film clip reel short ad promo vídeo vidéo werbung 视频 影片 動画 영상';
/** Longer messages are scripts; what they say stays as it is. */
const LONGEST = 600;
/** Stands for a character that nobody reads, as in `maskQuotes`. */
const MASK = '\uFFFC';

const BEFORE = '(?<![\\p{L}\\p{M}])';
const LABEL = new RegExp(
	`${BEFORE}(?:${anyOf(LABELS)})\\s?[:：]\\s*([\\s\\S]+)$|${BEFORE}(?:${anyOf(KINDS)})\\s?[:：]\\s*([\\p{L}\\p{M}]+[^\\p{L}]+[\\p{L}\\p{M}]+[^\\p{L}]+\\p{L}[\\s\\S]*)$`,
	'iu',
);

/**
 * Covers what is named with a colon before it as a quotation: `title: Download now`.
 *
 * @returns a text of the same length
 */
export function coverLabeled(message: string): string {
	if (message.length > LONGEST) return message;
	const [, words, shown = ''] = LABEL.exec(message) ?? [];
	const covered = (words ?? shown).length;
	return message.slice(0, message.length - covered) + MASK.repeat(covered);
}
