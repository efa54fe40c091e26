import { asSimplifiedChinese } from './hanWords';
import { saidIn, wholeWords } from './wordList';

/** What takes a wish back, or leaves it open: `no wait`, `I'll ask the client`. */
const TAKEN_BACK_WORDS = saidIn(
	'never_mind nevermind nvm scratch_that forget_it forget_that second_thought no_wait wait_no actually_no nah_leave dont_bother fine_as_is fine_as_it_is good_as_it_is ok_as_is changed_my_mind disregard ignore_that cancel_that maybe_not not_sure idk dunno just_thinking just_an_idea just_a_thought out_loud esquece esqueça deixa_pra_lá deixa_quieto deixa_assim melhor_não não_precisa não_sei olvídalo olvidalo olvida déjalo dejalo déjala dejala mejor_no no_hace_falta no_sé no_se laisse_tomber oublie oubliez finalement_non en_fait_non laisse_comme laissez_comme je_sais_pas je_ne_sais_pas vergiss_es vergiss_das vergesst doch_nicht lass_es lass_mal lieber_nicht passt_schon lassen_wir weiß_nicht keine_ahnung lascia_stare lascia_perdere anzi_no meglio_di_no chiedo_a non_so laat_maar toch_niet weet_niet забудь не_надо передумал передумала не_знаю nieważne jednak_nie nie_wiem boşver vazgeçtim bilmiyorum thôi_khỏi gajadi ga_jadi gak_jadi nggak_jadi tidak_jadi gausah ga_usah gak_usah nggak_usah batal biarin tanya_dulu gatau ga_tau خلاص انسى بلاش سيبها خليها مش_عارف rehne_do rahne_do chhodo chodo poochh_ke pata_nahi रहने_दो छोड़ो छोड़_दो पूछ_कर पता_नहीं',
	'算了 先不要 先别 先别动 先不用 不用了 还是不要 还是别 没事了 当我没说 不加了 不改了 不换了 不要了 不弄了 不做了 问一下 问下 问问 再想想 再看看 再说吧 不确定 不知道 やっぱり やめと やめて やっぱ いいや 大丈夫です 聞いて 確認して 相談して 考え直 아니다 됐어 됐습니다 그냥_두 그냥_놔 취소할 물어볼 물어보고 확인해_볼 생각해_볼 모르겠',
);
const TAKEN_BACK = new RegExp(TAKEN_BACK_WORDS.source, 'giu');
/** The same at the end of a message; in its middle they go on: `leave it out`. */
const LEFT_AS_IS =
	/(?<!\p{L})(?:leave it|keep it|leave it (?:as is|like (?:that|this)|alone)|dont|就这样|就这样吧|このまま|そのまま|그대로)[^\p{L}\p{N}]*$/iu;
/** Notes to oneself, what others wrote, and what others are asked first, whatever it says. */
const ASIDE = saidIn(
	'ill_ask let_me_ask let_me_check need_to_ask need_to_check have_to_ask gotta_ask vou_perguntar vou_ver_com voy_a_preguntar lo_consulto je_vais_demander ich_frage_mal ich_frag_mal note_to_self note_to_myself memo_to_self reminder_to_self remind_me remind_myself nota_mental nota_para_mí nota_para_mim nota_pra_mim lembrete recordatorio rappel_pour_moi note_pour_moi notiz_an_mich notiz_für_mich promemoria appunto_per_me catatan_buat ملاحظة_لنفسي fwd_from fw_from forwarded_from forwarded_message forwarded_by reenviado_de encaminhado_de encaminhada weitergeleitet transféré_de inoltrato_da',
	'备忘 提醒自己 提醒我 自分用 自分へ 메모: 转发自 转发： 转发:',
);
/** Somebody who is spoken to by name; bots are no such people. */
const SPOKEN_TO = /^\s*@(?!\S{0,60}bot(?!\p{L}))(?!nemo)[\p{L}\p{N}_.-]{1,60}/iu;
/** What is to be done another time, or depends on others: `we'll swap the logo tomorrow`. */
const ANOTHER_TIME = wholeWords(
	'ill well we_will i_will we_can i_can we_should we_might i_might lets vamos voy_a te_paso te_mando te_envío cambiamos a_gente vou_te vou_mandar eu_mando podemos je_t_envoie je_tenvoie je_te_passe on_va je_vais nous_allons wir_machen machen_wir ändern_wir wir_ändern ich_mache mach_ich ich_schicke ich_schick faremo facciamo we_gaan nanti besok kita_ganti',
);
const LATER = saidIn(
	'tomorrow next_week on_monday on_tuesday on_wednesday on_thursday on_friday el_lunes el_martes el_miércoles el_jueves el_viernes na_segunda na_terça na_quarta na_quinta na_sexta lundi mardi mercredi jeudi vendredi am_montag am_dienstag am_mittwoch am_donnerstag am_freitag after_lunch after_the_meeting later tonight mañana después_de la_próxima amanhã depois_do semana_que_vem demain la_semaine_prochaine après_le morgen nächste_woche nach_dem domani besok minggu_depan',
	'明天 明早 下周 下午 晚点 回头 等会 待会 之后再 明日 来週 あとで 내일 나중에 다음_주',
);
/** The same in scripts without spaces. */
const LATER_AGAIN =
	/(?:明天|明早|下周|下午|晚点|回头|等会|待会|之后|午饭后|开完会|等我).{0,12}再|先(?:放|存)(?:你|这|着)|(?:明日|来週|あとで|後で|午後|夜に).{0,20}(?:送ります|送りますね|連絡します|お願いします)|(?:내일|나중에|이따).{0,20}(?:보낼|드릴|할게)/u;

/** Whether a message speaks to somebody by name, who is no bot: whatever it orders may be his to do. */
export function speaksToSomebody(message: string): boolean {
	return SPOKEN_TO.test(message);
}

/**
 * Whether a message that may be a wish takes it back in the end, leaves it open, puts it off, or is
 * a note. Then it isn't sure what is wanted now.
 *
 * @param isWish tells whether a text wishes for something; what follows second thoughts counts again
 */
export function hasSecondThoughts(message: string, isWish: (text: string) => boolean): boolean {
	const plain = message.replace(/['’`]/gu, '');
	return [plain, asSimplifiedChinese(plain)].some((text) => {
		if (ASIDE.test(text) || LATER_AGAIN.test(text) || LEFT_AS_IS.test(text)) return true;
		if (ANOTHER_TIME.test(text) && LATER.test(text)) return true;
		const last = [...text.matchAll(TAKEN_BACK)].at(-1);
		return last !== undefined && !isWish(text.slice(last.index + last[0].length));
	});
}
