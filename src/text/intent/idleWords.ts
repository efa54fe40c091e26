/** What people say who wish for nothing yet; parts of regular expressions, as `saidIn` reads them; `~` is any letter. */
type Said = readonly [spaced: string, unspaced: string];

/** Takes back what was said before. */
export const RETRACTED: Said = [
	'never_?mind nvm no_way(?=$|[,.;!]) (?<!don.?t_)forget_(?:it|that|about_it) scratch_that actually_no(?:t)? changed_my_mind fine_as_(?:it_)?is leave_it_how_it_is (?<!~)jk(?!~) leave_it_(?:as_(?:it_)?is|alone|like_(?:that|this)) leave_it(?=[,.;!]|$) don.?t(?=[,.;!]|$) don.?t_bother ignore_that keep_it(?=$|[,.;!]) just_kidding olvídalo olvídate mejor_no déjalo no_nada (?<!não_)esque[cç][ea] deixa_(?:pra_lá|quieto|assim) melhor_não laisse[rz]?_(?:tomber|comme_ça) oublie[rz]?(?!_pas) finalement_non en_fait_non vergiss_es lass_(?:es|mal|gut_sein) doch_nicht lascia_(?:stare|perdere|così) anzi_no come_non_detto laat_maar toch_niet vergeet_het jednak_nie nieważne zapomnij забудь~* неважно передумал~* хотя_нет не_стоит оставь_как vazgeç~* boş_?ver kalsın thôi_(?:không|khỏi|bỏ) bỏ_đi (?:ga|gak|nggak|tidak|enggak)_?jadi batal lupakan रहने_(?:दो|दीजिए) जाने_दो छोड़ो rehne_do ch?hodo jaane?_do خلاص انسى بلاش خليه_(?:كذا|زي) سيبه لا_داعي second_thought no_wait wait_no nah_leave good_as_it_is ok_as_is disregard cancel_that maybe_not not_sure idk dunno just_thinking just_an_idea just_a_thought out_loud não_precisa não_sei olvida déjala dejala no_hace_falta no_sé laisse_comme laissez_comme je_sais_pas je_ne_sais_pas vergiss_das vergesst lieber_nicht passt_schon lassen_wir weiß_nicht keine_ahnung meglio_di_no non_so weet_niet не_надо не_знаю nie_wiem bilmiyorum gausah ga_usah gak_usah nggak_usah biarin gatau ga_tau سيبها خليها مش_عارف rahne_do poochh_ke pata_nahi छोड़_दो पूछ_कर पता_नहीं',
	'算了 不要好了 先不用 [加改换弄做用]了吧?$ 不[加改换弄做用]了 先不要 先别 还是不 当我没说 やっぱり?(?:いい|やめ|なし|いら|大丈夫) やめと やめておき 今のなし 忘れて そのままで(?:いい|大丈夫|ok) 아니다 됐어 됐다 됐습니다 취소 그냥_?[두둬놔] 관둬 없던_걸로 还是别 没事了 不要了 先[放存][你这着] 再想想 再看看 再说吧 不确定 不知道 やっぱり やめて やっぱ いいや 大丈夫です 考え直 생각해_볼 모르겠',
];
/** Begins a note to oneself. */
export const NOTES: Said = [
	'notes?_to_(?:self|myself) remind(?:er_for)?_me nota_(?:para_mí|mental|pra_mim|per_me) recuérdame lembrete me_lembra note_(?:à|pour)_moi notiz_an_mich erinner~*_mich напомни~* catatan_(?:buat|untuk)_(?:diri|sendiri) ingatkan खुद_के_लिए_नोट याद_दिला~* yaad_dila~* ملاحظة_لنفسي ذكرني memo_to_self remind_myself nota_para_mim recordatorio rappel_pour_moi notiz_für_mich promemoria appunto_per_me catatan_buat fwd?_from forwarded_(?:from|message|by) reenviado_de encaminhad[oa] weitergeleitet transféré_de inoltrato_da',
	'备忘 提醒(?:自己|我|一下自己) 自分用 リマインド 나한테_메모 메모: 自分へ 转发自 转发[：:]',
];
/** Speaks with somebody else, in the whole sentence. */
export const OTHERS: Said = [
	'^(?:hi|hello|hey|dear|hallo|liebe[rs]?|hola|bonjour|ciao|oi|olá)_(?:mr|mrs|ms|miss|dr|herr|frau|señora?|madame|monsieur|signora?|dona|seu)(?!~) what_do_(?:you|u|y.all)_(?:all_|guys_)?think (?:i.?ll|let_me|lemme|i_will|gotta|need_to|have_to|wanna|want_to)_(?:ask|check_with) lo_consulto be_late on_my_way qué_(?:opina|te_parece|les_parece)~* pregunt(?:o|ar|aré)_(?:a|al|le) le_pregunto llego_tarde que_(?:você|vc|vcs|vocês)_ach~+ vou_(?:perguntar|ver_com|atrasar) en_penses? en_pensez je_(?:vais_)?demande[r]? en_retard was_(?:meinst|meint|denkst|denkt|haltet) ich_frag~* verspät~* che_ne_pens~+ chiedo_al? in_ritardo wat_(?:vind|vinden|denk)_(?:je|jij|jullie) ik_vraag te_laat co_(?:myśli|sądzi)~+ zapytam что_(?:думае|скаже)~+ спрошу опоздаю ne_dersin~* sor(?:ayım|acağım) nghĩ_sao để_~+_hỏi menurut(?:mu|_kamu|_kalian|_lu) tanya_(?:dulu|klien|bos|client) telat क्या_लगता पूछ(?:ता|ती|कर|ूंगा|ूंगी) kya_lagta p(?:u|oo)ch(?:ta|ti|unga|ungi|_ke) (?:ايش|وش|شو|ما)_رايكم? (?:ب|ه|س)?اسال متاخر (?:ه|ب)?تاخر',
	'你们?觉得 [我先去]问[下一问] 迟到 どう思[ういっ] 聞いて(?:み|き|おき) 確認して(?:み|き|おき) 어떻게_?생각 물어[볼보봐] 확인해_?[볼보] 늦[어을는]',
];
/** Finds fault without saying what is to be different, likes what was done, or tells it. */
export const OPINIONS: Said = [
	'(?:did|made|added|changed|cut|removed|put|do)_(?:~+_){0,3}(?:myself|ourselves) already_(?:added|changed|cut|removed) ya_~+é j.ai_déjà schon_selbst ^(?:are_you_)?still_~+ing ^~+st_du_noch ^(?:(?:it|this|that)_)?(?:looks|feels)_like what_(?:the_hell_)?is_this ^parece ^esto_parece ^isso_parece ^on_dirait ^(?:das_)?sieht_aus_wie ^sembra ^выглядит_как gibi_(?:görün|ol)~+ ^kayak ^(?:kok|ko)_kayak كأنه (?:love|loved|liked|i_like|adore)_(?:how|the_way|what)_(?:you|u) (?:great|good|nice)_(?:job|work)_(?:on|with) me_(?:encanta|gusta|gustó|encantó)_(?:cómo|la_forma|lo_que) (?:adorei|amei|gostei|curti)_(?:de_|d)?(?:como|o_jeito) (?:adore|aime)_(?:comment|la_façon|la_manière) (?:mag|liebe|gefällt_mir)_wie ^wie_(?:du|ihr|sie) (?:piace|adoro)_come ^как_(?:ты|вы) suka_(?:banget_)?(?:cara|gimana) jaise_(?:aapne|tumne) जैसे_(?:आपने|तुमने) (?:حبيت|عجبني|احب)_كيف طريقة',
	'自己[加改换剪做]好?了 自分で~+まし 직접_?~+어요 什么(?:玩意|鬼|东西) [做剪弄]得 [剪做加改换配]的?(?:真好|很好|太好|不错|好棒) 喜欢你 [なに何]これ みたい[。!]*$ この(?:入れ|切り|つなぎ)方 뭐야_?이게 이게_?뭐',
];
/** Asks of the video as it is, or whether it should be changed at all: how a clause begins, and what may stand anywhere. */
export const QUESTIONED: Said = [
	'(?:did|do|does|have|had|are|were|am)_(?:you|u|i|we|they|y.?all) (?:did|does|has|is|was|were|are|would|will)_(?:it|this|that|these|those|the|there|my|our|adding|an?) (?:can|may|could)_(?:i|we)_(?:~+ly_|still_|also_)?(?:add|change|remove|edit|replace|swap|upload|put|cut|turn) (?:should|shall)_(?:i|we|it|the) ya_~+[ai]ste (?:le|me)_~+[ai]ste te_gusta~* ~+[ai]ste_(?:el|las?|los|una?|mi|[oa]s?|subt~+|música) (?:já_)?(?:tir|coloc|adicion|mud|troc|cort)ou has_~+[aiu]do ha[ns]_puesto crees piensas opinas te_parece no_crees (?:você_|vc_|tu_|não_)?achas? (?:você|vc|tu)_(?:já_)?~+(?:ou|eu|iu) será_que est_ce_que (?:tu|vous)_(?:crois|trouves|penses|croyez|trouvez|pensez) (?:crois|trouves|penses|as)_tu (?:avez|croyez|trouvez|pensez)_vous (?:tu_as|t_as|vous_avez)_(?:déjà_)?~+(?:é|is|ée) secondo_te per_te pensi credi ti_sembra trovi_che hai_(?:già_)?~+[ts]o (?:glaubst|findest|meinst|denkst|hast|bist)_du (?:glaubt|findet|meint|denkt|habt|seid)_ihr (?:ist|sind|war|waren|wäre|wären|passt|klingt)_(?:die|der|das|es|mein~*) würdest?_(?:du|es|das) soll(?:te)?_ich kann_ich (?:vind|denk|geloof|heb|ben)_(?:je|jij|jullie|u) (?:is|zijn|was|zou)_(?:de|het|mijn) (?:nie_)?(?:myślisz|uważasz|sądzisz) czy (?:usun|doda|zmieni|wstawi|zrobi|da)~*ł[ea]ś (?:ты|вы)_(?:уже_)?~+(?:л|ла|ли) (?:как_)?(?:ты_|вы_)?(?:думаешь|считаешь|думаете|считаете) тебе_~+ся sence apakah menurut~* (?:kamu|lu|kalian)_(?:udah|sudah) (?:bạn|em|anh|chị)_(?:thấy|nghĩ|đã) هل تعتقد تظن تشوف برايك تتوقع क्या_(?:तुमने|आपने) tumhe aapko तुम्हें आपको tumne aapne तुमने आपने kya_(?:tum|aap)~+ne',
	'_ли(?=_|$) _(?:gak_sih|chưa|kya)$ ~[dt][iu]n_m[iu]$ 你们?(?:觉得|认为|有没有) 是不是 会不会 了(?:吗|没|没有)$ (?:です|ました|ません|でしょう)か$ か[なね]$ (?:할|될|을|울|클|일)까요?$ 나요$ 했[어니]요?$ ไหม มั้ย หรือยัง',
];
/** Tells what the user has done, or does without help. */
export const REPORTED: Said = [
	'(?:i|we)(?:_have|_ve|ve)?_(?:already_|just_)?(?!want|need)(?:~+ed|put|cut|made|did)_(?:the|my|our|an?|it|some|that) (?:i|we)(?:_?ll|_will|_?m_gonna|_(?:am|m)_going_to)_(?:~+_)?(?:add|change|remove|replace|make|do|put|edit|fix|cut|swap|write|record) yo_(?:agreg|pong|quit|cambi)o (?:yo_|ya_)*(?:le_|lo_|la_)?(?:agregué|añadí|puse|quité|cambié_(?:el|la)|borré|edité|corté) (?:ya_)?(?:he|hemos)_~+do (?:eu_)?(?:já_)?(?:coloquei|adicionei|botei|tirei|mudei|troquei|cortei|pus) eu_(?:mesm[oa]_)?(?:vou_)?(?:coloco|adiciono|colocar|adicionar|tiro|mudo) j_ai_(?:déjà_)?(?!besoin|envie)~+(?:é|is|ée|t) je_(?:vais_)?(?:l_|la_|le_)?(?:ajoute|mettr|change|enlèv|enlev|coup)~* (?:la_|lo_)?(?:ho|abbiamo)_(?:già_)?(?!bisogno)~+[ts]o ich_hab~*_.*(?:ge~+t|ge~+en|schon)(?=_|$) ich_~+_.*(?:selbst|selber) ik_heb_.*ge~+ (?:już_)?(?:usun|doda|zmieni|wstawi|zrobi|da)~*ł[ae]m (?:я|мы)_(?:уже_)?(?!хоте)~+(?:л|ла|ли) (?:я|мы)_сам[аи]? (?:aku|saya|gue|gw)_(?:udah|sudah|yang|akan) (?:tôi|mình|em)_(?:đã|sẽ|tự) (?:انا_)?(?:اضفت|غيرت|حذفت|حطيت|ساضيف) maine मैंने main_khud मैं_खुद',
	'(?:yo_mism|eu_mesm|da_sol)[oa]$ (?:pongo|agrego|quito|cambio)_yo$ moi_même_? ~o_io(?!~) (?:ekle|koy|kaldır|sil|değiştir|yap)~*m$ 我(?:已经|自己|会|刚|来).*[加删改换配放做剪] ^我[加删改换配放剪].*了 自分で 私が.*ます [제내]가.*(?:요|어|께|게)$',
];
/** Says what somebody thinks; a wish where it has a verb of change. */
export const THOUGHT: Said = [
	'(?:i|we)_(?:really_|just_|still_)?(?:think|feel|believe|guess|find|like|love) (?:yo_)?(?:creo|pienso|me_parece|opino)_que (?:eu_)?(?:acho|penso|me_parece)_que (?:je|on)_(?:pense|trouve|crois|dirait) (?:penso|credo|trovo|mi_sembra) ich_(?:glaub|find|denk|mein)e? ik_(?:vind|denk|geloof) myślę uważam sądzę wydaje_mi (?:я_)?(?:думаю|считаю|мне_кажется) bence menurutku kayaknya aku_rasa (?:tôi|mình|em)_(?:thấy|nghĩ) اعتقد اظن اشوف احس mujhe_.*lagta मुझे_.*लगता',
	'i_guess$ ^我(?:觉得|认为|感觉) と思(?:う|います) 것_?같',
];
const AFTER_PRAISE =
	'(?:_(?:now|already|too|so|as_is|this_way|ya|así|assim|comme_ça|così|hai|hain|है|हैं|جدا|كثير|banget|kok|sih|lắm|rồi|quá))?$';
/** Praise that a clause ends with: `the music is nice`. */
export const LIKED: Said = [
	`(?:nice|good|great|fine|ok|okay|cool|perfect|beautiful|lovely|awesome|pretty|amazing|bien|buen[oa]s?|bonit[oa]s?|lind[oa]s?|bell[oaie]|bom|boa|boas|ótim[oa]|legal|massa|bonne?s?|belles?|beau|jolie?s?|super|bene|carin[oa]|gut|schön|pass(?:t|en)|toll|klasse|mooi|goed|leuk|prima|dobr[aey]|ładn[aey]|fajn[aey]|хорош~+|отличн~+|красив~+|нравится|класс~+|güzel|iyi|harika|bagus|cocok|pasuje|подходит|keren|oke|enak|hay|đẹp|ổn|tốt|حلوه?|جميله?|رائعه?|ممتازه?|ac?ch?ha|acchi|badhiya|mast|अच्छ[ाीे]|बढ़िया|शानदार)${AFTER_PRAISE} mi_piac~+ me_gusta~* me_plaît j_aime_(?:bien_)?l~+ мне_нравится podoba_mi aku_suka (?:tôi|mình)_thích`,
	'(?:合适|不错|很好|好听|好看|很棒|可以|真好|挺好|喜欢)[的了啊呢]?$ (?:いい|良い|素敵|最高|好き)(?:です)?[ねよ]*$ (?:좋아|좋네|좋습니다|예뻐|괜찮아|괜찮네|괜찮은데|맘에_?들어)요?$',
];
/** Says what would be, or speaks of rights and accounts. */
export const CONDITIONS: Said = [
	'(?:if|once|when|unless)_(?:(?:the|my|our)_(?:client|boss|team|customer|manager)|he|she|they) (?:some_day|someday|one_day)$ asked_(?:if|whether)_(?:you|u)_c would_be_(?:~+_)?(?:cool|nice|fun|funny|great|sick|awesome)_(?:if|with|to) imagine_if who_owns (?:get|be)_sued get_in_trouble copyright_strike hat_(?:eigentlich_)?die_rechte commercially commercial_use uso_comercial usage_commercial kommerziell propriétaire_des propietari~_de dono_d[aoe] eigentümer~* pemilik copyright~* (?:my|the)_account subscription contraseña derechos senha direitos_autorais droits_d.auteur urheberrecht авторск~* hak_cipta maybe_(?:one_day|someday) (?:sería|estaría|quedaría)_(?:~+)_(?:si|que|con) si_(?:el|la|mi)_(?:cliente|jef[ea]) (?:seria|ficaria)_(?:legal|massa|bom|top|daora|engraçado) se_(?:o|a|meu|minha)_(?:cliente|chefe) (?:ce|ça)_serait si_(?:le|la|mon|ma)_(?:client|cliente|patron|boss|chef) wäre_(?:ja_)?(?:cool|schön|lustig|witzig|nett) (?:wenn|falls)_(?:der|die|mein|meine)_(?:kund|chef)~* sarebbe_(?:bello|carino|figo|divertente) se_(?:il|la)_(?:cliente|capo) als_(?:de|mijn)_(?:klant|baas) было_бы_~+ если_(?:клиент|заказчик|начальник|шеф) müşteri_(?:onay|kabul|iste|evet)~* olsa_~+_olur(?:du)? nếu_(?:khách|sếp) (?:अगर|agar)_(?:क्लाइंट|बॉस|client|boss) (?:अच्छा|मज़ा|achha|accha|maza)_(?:होता|आता|hota|aata) (?:اذا|لو)_(?:العميل|الزبون|المدير|وافق)~* حلو_لو',
	'版权 商用 账号 著作権 저작권 (?:如果|要是|等)(?:客户|老板|领导|甲方|[他她]) (?:如果|要是|能).{1,15}就好 (?:客户|老板|领导|甲方).{0,3}(?:同意|通过|确认|说行|点头)(?:的话|了?[就再]) 会不会更 (?:クライアント|上司|社長|お客|先方).{0,8}(?:なら|たら|れば) (?:たら|れば)(?:面白|おもしろ|楽し|素敵) (?:고객|클라이언트|사장님|대표님|팀장님).{0,10}면_ 면_?(?:재밌|멋있|웃기)',
];
/** Puts off what the clause says. */
export const ANOTHER_TIME: Said = [
	'^(?:(?:and|ok|okay|so)_)?(?:tomorrow|later|next_week|next_time)_(?:we|i|you) (?:i.?ll|we.?ll|we_will|i_will)(?:_~+){1,6}_(?:tomorrow|later|next_week|next_time) ^(?:mañana|luego|después|más_tarde)_(?:lo_|la_|le_)?~+(?:mos|ré|remos|amos|o) ^(?:amanhã|depois|mais_tarde)_(?:a_gente|eu|nós|~+mos) ^(?:demain|plus_tard)_(?:on|je|nous) ^(?:morgen|später|nächste_woche)_~+_(?:wir|ich|we|ik) ^(?:domani|dopo)_~+(?:mo|o) ^(?:jutro|później|potem)_~+(?:my|ę) ^(?:завтра|потом|позже)_~+(?:м|у|ю) ^yarın ^(?:ngày_)?mai ^कल ^kal ^(?:غدا|بكرة|بكره|بعدين)_(?:ن|سن|ا|ب|ح|ه|رح)~*',
	'^(?:明天|后天|改天|下周|下次|回头|晚点|以后)(?:我|我们|咱们?)?再? (?:^|は)(?:明日|来週|あとで|後で|今度).*(?:ます|予定|よう|する|思う)(?:ね|よ)?$ ^(?:내일|나중에|다음_?주에?).*(?:께요|게요|거예요|자|ㄹ게)$',
];
/** Asks what can be done at all. */
export const ABILITIES: Said = [
	'(?:do|can|could)_(?:you_guys|you_all|y.?all) (?:can|could|does|will)_(?:you|u|it)_(?:also_)?(?:make|do|create|produce|generate|edit)_(?:(?!these|those|my|our|the|two|three|some)~+_){0,2}(?:videos|films|clips|reels|shorts|ads) can_(?:you|u|it)_(?:also_)?(?:make|do|create)_(?:~+_){1,3}(?:from|out_of)_an?_(?:pdf|link|url|photo|picture|image|article|website|blog|text|script|powerpoint|podcast) kannst_du_(?:auch_)?(?:~+_)?videos (?:puedes|pueden)_hacer_videos (?:faz|consegue_fazer|pode_fazer)_videos (?:fais|faire)_des_videos puoi_fare_(?:dei_)?video_(?:in|per|vert)~* kun_je_(?:ook_)?(?:~+_)?video.?s можешь_делать можете_делать умеешь умеете możesz_robić robisz_filmy bisa_bikin_video_(?:bahasa|vertikal) (?:podéis|hacéis) (?:ou|o|oder|of|or)_(?:não|nao|no|nicht|niet|not) (?:könnt|macht|habt)_ihr kann_(?:das|die_app|der_bot) (?:fate|riuscite|sapete) (?:вы|вы_же)_делаете yapabiliyor~* ekleyebiliyor~* ini_bisa kalian_(?:bisa|bikin|terima) bisa_(?:ga|gak|nggak)_sih apakah_bisa bên_(?:bạn|mình|em)_có تقدرو[نا] بتقدرو بتعرفو يمكنكم',
	'(?:这个|这软件|它|你这)能 できるの(?:か|[?]|$) できるんです 할_?수_?있나요',
];
/** Makes a wish of such a question. */
export const PLEASE: Said = [
	'please pls plz por_favor porfa bitte s.il_(?:te|vous)_pla[iî]t svp stp per_favore alsjeblieft proszę пожалуйста lütfen tolong giúp मुझे कृपया please من_فضلك لو_سمحت',
	'[请帮] お願い ください 주세요 부탁',
];
/** Says who does it, where the time is told too: `we'll swap the logo tomorrow`. */
export const SOMEBODY_WILL: Said = [
	'ill we_will we_can we_should we_might i_might vamos voy_a te_mando te_envío cambiamos a_gente vou_te vou_mandar eu_mando podemos je_t_envoie je_tenvoie je_te_passe on_va je_vais nous_allons wir_machen machen_wir ändern_wir wir_ändern ich_mache mach_ich ich_schick faremo facciamo we_gaan nanti besok',
	'等我 先放 連絡します 보낼 드릴 할게',
];
/** Tells a time that isn't now. */
export const SOME_TIME: Said = [
	'tomorrow next_week on_monday on_tuesday on_wednesday on_thursday on_friday el_lunes el_martes el_miércoles el_jueves el_viernes na_segunda na_terça na_quarta na_quinta na_sexta lundi mardi mercredi jeudi vendredi am_montag am_dienstag am_mittwoch am_donnerstag am_freitag after_lunch after_the_meeting later tonight mañana después_de la_próxima amanhã depois_do semana_que_vem demain la_semaine_prochaine après_le morgen nächste_woche nach_dem domani besok minggu_depan',
	'明天 明早 下周 下午 晚点 回头 等会 待会 之后 明日 来週 あとで 내일 나중에 다음_주 再 这 你 午饭后 开完会 後で 午後 이따',
];
/** What people write to each other of in everyday life: no description of a film. */
export const EVERYDAY: Said = [
	'(?:my|mein|meu)_(?:name|nome)_(?:is|ist|é) me_llamo ich_heiße je_m.appelle mi_chiamo меня_зовут nama_(?:saya|aku) (?:book|order|call|tell|remind|reserv~+)_(?:me|us)?_?(?:an?_|una?_|the_)(?:table|taxi|flight|hotel|mesa|joke|story) parcel homework invoice lunch_break pick_(?:me|us|him|her|them)_up pick_up_(?:the_kids|milk|bread) wrong_window die_kinder rechnung paket los_niños paquete pan_y as_crianças encomenda le_pain les_enfants colis meetingnya rapat doodh दूध خبز',
	'我叫 我的名字 订位 快递 买菜 接孩子 作业 飲み会 牛乳 宅配 우유 택배',
];
