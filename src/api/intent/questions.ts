import { anyOf, wholeWords } from './wordList';

/** What asks in the middle of a sentence, in languages that leave it there. */
const INTERROGATIVES =
	'什么 甚么 甚麼 什麼 啥 多少 几张 几个 几条 几段 幾 怎么 怎麼 怎样 怎樣 何枚 何本 何秒 いくつ いくら どう どこ 몇 뭐 언제 어떻게 얼마 어디';
const SPACED_INTERROGATIVES =
	'berapa gimana kapan kenapa mana mấy bao_nhiêu sao kitna kitne kitni kaise kaisa kab kaç nasıl كم شو ليش متى وش ايش कितना कितने कितनी कब कैसे कैसा';
/** How questions end in languages that ask without an interrogative in front. */
const PARTICLES = '吗 嗎 呢 么 麼 没 沒 か 나 나요 가요 까 까요 죠';
const SPACED_PARTICLES =
	'mi mı mu mü miyim mıyım misin mısın musun müsün misiniz mısınız apa kah ga gak nggak belum kya क्या không chưa gì nào vậy';
const END = '[^\\p{L}\\p{N}]*$';

/** A question with its verb in front, in German: `sprichst du`, `habt ihr`. */
const VERB_FIRST = /^\P{L}*(?:\p{L}{2,}(?:st|ßt) du|\p{L}{2,}t ihr)(?!\p{L})/iu;

const QUESTIONS = [
	/[?？؟]/u,
	new RegExp(anyOf(INTERROGATIVES), 'u'),
	wholeWords(SPACED_INTERROGATIVES),
	new RegExp(`(?:${anyOf(PARTICLES)})${END}`, 'u'),
	wholeWords(SPACED_PARTICLES, END),
	VERB_FIRST,
];

/** Orders to tell something: what NemoVideo says about a video it is to be asked. */
const ORDERS = wholeWords(
	'tell show list explain describe let dime muestra muéstrame sag zeig dis montre dimmi mostra mostre diga скажи расскажи покажи powiedz pokaż',
);

/** Whether a text is a question by its marks, its particles or its interrogatives. */
export function isQuestion(text: string): boolean {
	return QUESTIONS.some((pattern) => pattern.test(text));
}

/** Whether a word orders to tell something. */
export function isOrderToTell(word: string): boolean {
	return ORDERS.test(word);
}
