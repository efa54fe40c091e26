import { anyOf, wholeWords } from '../wordList';

/** What asks in the middle of a sentence, in languages that leave it there. */
const INTERROGATIVES =
	'吗 嗎 什么 甚么 甚麼 什麼 啥 咋 多少 几张 几个 几条 几段 幾 怎么 怎麼 怎样 怎樣 何枚 何本 何秒 いくつ いくら どう どこ 몇 뭐 언제 어떻게 얼마 어디';
const SPACED_INTERROGATIVES =
	'combien cuánto cuánta cuanto quanto quanta wieviel wie_viel сколько berapa gimana kapan kenapa mana mấy bao_nhiêu sao kitna kitne kitni kaise kaisa kab kaç nasıl كم شو ليش متى وش ايش कितना कितने कितनी कब कैसे कैसा';
/** How questions end in languages that ask without an interrogative in front. */
const PARTICLES = '吗 嗎 呢 么 麼 没 沒 か 나 나요 가요 까 까요 죠';
const SPACED_PARTICLES =
	'mi mı mu mü miyim mıyım misin mısın musun müsün misiniz mısınız apa kah ga gak nggak belum kya क्या không chưa gì nào vậy';
/** How a wish is put as a question: `could you`. */
const POLITE =
	'can_you can_u can_we could_you could_u could_we would_you will_you may_we how_about what_about why_not why_don_t_you is_there_a_way any_chance puedes puede podrías podría podemos pode poderia dá_pra da_pra consegue peux_tu pouvez_vous pourrais_tu pourriez_vous on_peut tu_peux vous_pouvez kannst_du können_sie könnt_ihr könntest_du könnten_sie können_wir puoi può potresti potete possiamo kun_je kunt_u zou_je możesz można можешь можете можно mısın misin bisa boleh tolong có_thể';
const UNSPACED_POLITE =
	'能不能 能否 可不可以 可以 可否 てもらえ てくれ いただけ できます (?<!く)ないですか (?<!あり)ませんか ほしい 줄래 주세요 주실 수_있 ممكن هل_يمكن सकते_हैं kya_aap(?!ne) क्या_आप(?!ने)';
const END = '[^\\p{L}\\p{N}]*$';

/** How Chinese asks yes or no: `退不退`. */
const A_NOT_A = /(\p{Script=Han})[不没沒]\1/u;
/** A question with its verb in front, in German: `sprichst du`, `habt ihr`. */
const VERB_FIRST = /^\P{L}*(?:\p{L}{2,}(?:st|ßt) du|\p{L}{2,}t ihr)(?!\p{L})/iu;

const ENDING = new RegExp(`[?？؟]|(?:${anyOf(PARTICLES)})${END}`, 'u');

const QUESTIONS = [
	ENDING,
	new RegExp(anyOf(INTERROGATIVES), 'u'),
	A_NOT_A,
	wholeWords(SPACED_INTERROGATIVES),
	wholeWords(SPACED_PARTICLES, END),
	VERB_FIRST,
];

const POLITE_WISH = wholeWords(POLITE);
const UNSPACED_WISH = new RegExp(`${anyOf(UNSPACED_POLITE)}|能[^不没]{1,20}[吗嗎么麼]`, 'u');

/** Orders to tell something: what NemoVideo says about a video it is to be asked. */
const ORDERS = wholeWords(
	'tell show list explain describe let dime muestra muéstrame sag zeig dis montre dimmi mostra mostre diga скажи расскажи покажи powiedz pokaż',
);

/** Whether a text is a question by its marks, its particles or its interrogatives. */
export function isQuestion(text: string): boolean {
	return QUESTIONS.some((pattern) => pattern.test(text));
}

/** Whether the end of a text makes it a question. */
export function endsAsQuestion(text: string): boolean {
	return ENDING.test(text);
}

/** Whether a question may be a wish that is put politely. */
export function isPoliteWish(text: string): boolean {
	return POLITE_WISH.test(text.replaceAll('-', ' ')) || UNSPACED_WISH.test(text);
}

/** Whether a word orders to tell something. */
export function isOrderToTell(word: string): boolean {
	return ORDERS.test(word);
}
