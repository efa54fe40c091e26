import type { SmallTalk } from './smallTalk';

/** Phrases of one kind, and the languages that have them. */
export interface Phrases {
	/** Alternatives of a regular expression, the longest first. */
	pattern: string;
	/** ISO codes; none for a phrase that is at home everywhere. */
	languages: ReadonlyMap<string, readonly string[]>;
}

/** @param list a line for each language: its code, `-` for none, and the phrases between bars */
function phrases(list: string): Phrases {
	const languages = new Map<string, string[]>();
	for (const line of list.trim().split(/\s*\n\s*/u)) {
		const [code = ''] = line.split(' ', 1);
		for (const phrase of line.slice(code.length + 1).split('|')) {
			const known = languages.get(phrase) ?? [];
			languages.set(phrase, code === '-' ? known : [...known, code]);
		}
	}
	const longestFirst = [...languages.keys()].sort((one, other) => other.length - one.length);
	return { pattern: longestFirst.join('|'), languages };
}

export const HELP = phrases(
	`- info|faq|menu|tutorial|manual
	en help|help me|help please|i need help|can you help me|can you help|what can you do|what do you do|what can you do for me|what can i do|what can i say|what can i do here|how does this work|im new here|i'm new here|new here|how does it work|how do i use this|how do i use it|how do you work|how to use|how to use this|how can i use this|how do i start|how do i begin|where do i start|get started|getting started|who are you|what are you|what is this|what's this|instructions|commands|options|examples|about|usage
	es ayuda|ayúdame|necesito ayuda|qué puedes hacer|que puedes hacer|qué haces|cómo funciona esto|como funciona esto|soy nuevo aquí|cómo funciona|como funciona|quién eres|quien eres
	de hilfe|hilf mir|was kannst du|was kannst du tun|was kannst du machen|wie funktioniert das|wie geht das|ich bin neu hier|wer bist du
	fr aide|aidez-moi|aide-moi|que peux-tu faire|que sais-tu faire|que pouvez-vous faire|comment ça marche|comment ça fonctionne|je suis nouveau ici|comment ca marche|qui es-tu|qui êtes-vous
	it aiuto|cosa puoi fare|cosa sai fare|come funziona|sono nuovo qui|chi sei
	pt ajuda|o que você faz|o que voce faz|o que você pode fazer|como funciona isso|como se usa|sou novo aqui|como funciona|quem é você
	nl hulp|help mij|wat kun je|wat kun je doen|hoe werkt dit|ik ben nieuw hier|hoe werkt het
	pl pomoc|co umiesz|co potrafisz|jak to działa
	id bagaimana cara kerjanya|bantuan|apa yang bisa kamu lakukan
	tr yardım|ne yapabilirsin|nasıl çalışır
	vi trợ giúp|bạn làm được gì
	ru помощь|помоги|помогите|что ты умеешь|что вы умеете|как это работает|я новенький|я тут впервые|кто ты
	uk допомога|що ти вмієш
	ar مساعدة|ماذا يمكنك أن تفعل|كيف يعمل هذا
	hi यह कैसे काम करता है|मदद|तुम क्या कर सकते हो|आप क्या कर सकते हैं`,
);
export const GREETING = phrases(
	`- hi|hey|hiya|yo|start|test|ping|sup
	en hello|howdy|greetings|good morning|good afternoon|good evening|good day|hi there|hello there|hey there|how are you|how are you doing|how are you today|what's up|whats up|nice to meet you|long time no see|testing
	es hola|buenas|buenos días|buenos dias|buenas tardes|buenas noches|qué tal|que tal|cómo estás|como estas
	de hallo|guten tag|guten morgen|guten abend|moin|servus|grüß gott|grüezi|wie geht's|wie gehts|wie geht es dir
	fr bonjour|salut|bonsoir|coucou|ça va|ca va|comment ça va
	it ciao|buongiorno|buonasera|salve|come stai
	pt olá|ola|oi|bom dia|boa tarde|boa noite|tudo bem
	nl hallo|hoi|goedemorgen|goedemiddag|goedendag
	pl cześć|czesc|dzień dobry
	tr merhaba|selam|selamlar
	id halo|hai|selamat pagi|selamat siang
	vi xin chào|chào
	sv hej|hallå
	fi hei
	cs ahoj
	hu szia
	ro bună
	ru привет|здравствуйте|здравствуй|добрый день|доброе утро|добрый вечер|как дела
	uk привіт|вітаю
	ar مرحبا|السلام عليكم|أهلا|اهلا
	hi नमस्ते|हैलो
	th สวัสดี|สวัสดีครับ|สวัสดีค่ะ
	he שלום
	el γεια|γεια σου|γειά σου`,
);
export const THANKS = phrases(
	`- thx|thnx|ty|tysm|thanx|tks|tyvm|bye
	en thanks|thank you|thanks a lot|thank you so much|thank you very much|thanks so much|many thanks|cheers|much appreciated|appreciate it|thank u|i appreciate it|thanks for your help|thank you for your help|goodbye|good bye|see you|see ya|good night
	es gracias|muchas gracias|mil gracias|adiós|adios|hasta luego
	de danke|danke schön|danke schoen|dankeschoen|vielen dank|dankeschön|tschüss|auf wiedersehen
	fr merci|merci beaucoup|merci bcp|mersi|au revoir
	it grazie|grazie mille|grazie tante|arrivederci
	pt obrigado|obrigada|muito obrigado|muito obrigada|tchau|valeu|vlw|brigado|obg
	nl dank je|dank je wel|dankjewel|bedankt
	pl dzięki|dziękuję|dzięki wielkie
	tr teşekkürler|teşekkür ederim|sağ ol|sağol
	id terima kasih|makasih
	vi cảm ơn
	sv tack|tack så mycket
	nb takk
	fi kiitos
	cs děkuji
	hu köszönöm
	ro mulțumesc
	ru спасибо|большое спасибо|благодарю|спс|пасиб|пасибо|пока|до свидания
	uk дякую
	ar شكرا|شكرا جزيلا|شكرا لك
	hi बहुत धन्यवाद|shukriya|धन्यवाद|शुक्रिया
	th ขอบคุณ
	he תודה
	el ευχαριστώ`,
);
export const YES = phrases(
	`en yes|yes please|yep|yeah|yup|sure|sure thing|of course|go ahead|do it|please do|go for it|let's go|lets go|sounds good
	es sí|si|claro|vale|por favor
	de ja|ja bitte|ja gerne|gerne
	fr oui|oui s'il te plaît
	it sì|si|certo
	pt claro|por favor|sim
	nl ja
	pl tak
	tr evet
	ru да
	uk так
	ar نعم
	hi हाँ`,
);
export const NO = phrases(
	`en no|nope|nah|no thanks|no thank you|not yet|never mind|nevermind
	es no|no gracias
	de nein|nein danke
	fr non|non merci
	it no
	pt não|nao
	nl nee
	tr hayır
	ru нет
	uk ні
	ar لا
	hi नहीं`,
);
export const STOP = phrases(
	`- stop|stopp
	en stop it|stop that|stop this|stop now|stop everything|cancel|cancel it|cancel that|cancel this|cancel everything|abort|abort it|halt|quit
	es para|páralo|paralo|detente|detenlo|deténlo|cancela|cancelar|cancélalo|cancelalo|basta
	de halt|halt an|anhalten|abbrechen|abbruch|brich ab|hör auf|aufhören
	fr annuler|annule|annulez|arrête|arrete|arrêtez|arretez|arrêter|stoppe
	it ferma|fermati|annulla|basta
	pt pare|parar|cancele|cancelar|cancela
	nl stoppen|annuleren
	pl anuluj|przestań
	tr dur|durdur|iptal|iptal et
	id berhenti|batal|batalkan
	vi dừng lại|hủy
	sv avbryt|stanna
	ru стоп|остановись|останови|отмена|отмени|отменить|хватит
	uk зупинись|скасувати
	ar توقف|قف|إلغاء
	hi रुको|रद्द करो
	th หยุด|ยกเลิก
	he עצור|ביטול
	el σταμάτα|ακύρωση`,
);
export const NOTE = phrases(
	`- ok|okay|okey|k|kk|super|cool|wow|top
	en alright|all right|fine|good|great|perfect|nice|awesome|amazing|excellent|wonderful|fantastic|lovely|got it|i see|understood|noted|love it|i love it|i like it|looks good|looks great|very good|very nice|well done|good job|great job|nice work
	es bien|muy bien|perfecto|genial|entendido
	de gut|sehr gut|toll|klasse|prima|alles klar|verstanden|genial
	fr bien|bon|très bien|parfait|génial|d'accord
	it bene|benissimo|perfetto
	pt ótimo|otimo|perfeito|beleza
	nl goed|prima
	pl dobrze
	tr tamam
	id oke
	ru хорошо|отлично|супер|класс|понятно|ок|ладно
	uk добре
	ar حسنا
	hi ठीक है`,
);
/** Whom one speaks to, and what says nothing more. */
export const ADDRESS = phrases(
	`- there|nemo|nemovideo|bot|assistant|everyone|all|again|friend|guys|team|please|pls|so much|very much|a lot|dear|sir|mate|man|bro|dude|boss|bhai|yaar|buddy|then|so|and|now|today
	es por favor
	de bitte
	fr s'il te plaît|s'il vous plaît
	it per favore
	ru пожалуйста`,
);

export const CHINESE: ReadonlyArray<readonly [SmallTalk, RegExp]> = [
	[
		'help',
		/^(?:(?:这个|这东西)(?:要|该)?怎么(?:用|操作|使用)|怎么操作|我?(?:是新手|是?新来的|第一次用))(?:呢|呀|啊|吗)?$/u,
	],
	[
		'help',
		/^(?:帮助|帮帮我|救命|使用说明|说明|怎么用|怎么使用|如何使用|这?怎么玩|怎么开始|如何开始|(?:你|您)(?:都)?(?:能|可以|会)(?:做|干|帮我做)?(?:些)?(?:什么|啥|哪些)|(?:你|您)(?:有)?(?:什么|哪些)功能|(?:你|您)是谁|这是什么|我(?:该)?(?:能|可以)做什么|功能|菜单|指令|命令)+(?:呢|呀|啊|吗)?$/u,
	],
	[
		'thanks',
		/^(?:好的?|太好了)?(?:非常|十分|太)?(?:谢谢|谢了|谢啦|谢咯|蟹蟹|3q|多谢|感谢|拜谢|辛苦了?|再见|拜拜|晚安)(?:你|您|啦|了|哦|哈|啊)*(?:谢谢)?$/u,
	],
	[
		'greeting',
		/^(?:你好|您好|大家好|嗨|哈[喽啰罗]|喂|早上好|早安|上午好|中午好|下午好|晚上好|早|在吗|在不在|有人吗|hi|hello|hey|开始|测试)+(?:啊|呀|哦|吗)?$/u,
	],
	['yes', /^(?:是|是的|对|对的|要|要的|需要|可以|行|确定|确认|没问题|好的?是的)+(?:吧|啊|了)?$/u],
	['no', /^(?:不|不是|不要|不用|不行|不需要|没有|算了)+(?:吧|啊|了)?$/u],
	[
		'stop',
		/^(?:请|快|先|马上)?(?:停|停止|停下|停下来|停一下|取消|终止|中止|别做了|不要做了|别弄了)+(?:吧|啊|了|一下)?$/u,
	],
	[
		'note',
		/^(?:好|好的|好吧|嗯+|哦+|ok|不错|很好|很棒|太棒了?|完美|满意|喜欢|厉害|知道了|明白了?|收到|了解|赞)+(?:啊|呀|了|啦)?$/u,
	],
];
export const JAPANESE: ReadonlyArray<readonly [SmallTalk, RegExp]> = [
	[
		'help',
		/^(?:ヘルプ|助けて|使い方|使い方を教えて(?:ください)?|何ができ(?:る|ます)か?|なにができ(?:る|ます)か?|どう使(?:う|います)か?|どうやって使(?:う|います)か?|あなたは誰(?:ですか)?)(?:の)?$/u,
	],
	[
		'thanks',
		/^(?:どうも)?(?:ありがとう|有難う|サンキュー|感謝|ありがと|あざす)(?:ございま(?:す|した))?|^(?:さようなら|バイバイ|おやすみ)$/u,
	],
	[
		'greeting',
		/^(?:こんにち[はわ]|こんばんは|おはよう(?:ございます)?|もしもし|はじめまして|やあ|どうも|ハロー|テスト)$/u,
	],
	['yes', /^(?:はい|ええ|うん|お願いします)$/u],
	['no', /^(?:いいえ|いや|違います)$/u],
	[
		'stop',
		/^(?:止めて|とめて|やめて|止まって|ストップ(?:して)?|キャンセル(?:して)?|中止して|停止して|取り消して|取り消し)(?:ください)?$/u,
	],
	[
		'note',
		/^(?:オーケー|了解(?:です|しました)?|わかりました|いいね|いいですね|素晴らしい|すごい|完璧)$/u,
	],
];
export const KOREAN: ReadonlyArray<readonly [SmallTalk, RegExp]> = [
	[
		'help',
		/^(?:도움말|도와줘(?:요)?|도와주세요|사용법|(?:이거)?어떻게(?:사용해요|사용하나요|써요)|뭐할수있(?:어|어요|나요)|무엇을할수있(?:어요|나요|습니까)|누구세요)$/u,
	],
	[
		'thanks',
		/^(?:정말)?(?:감사합니다|감사해요|고마워|고마워요|고맙습니다|땡큐|땡큐요)$|^(?:안녕히계세요|잘자)$/u,
	],
	[
		'greeting',
		/^(?:안녕|안녕하세요|안녕하십니까|반가워요?|반갑습니다|여보세요|하이|헬로|테스트)$/u,
	],
	['yes', /^(?:네|예|응|부탁해요?|부탁드립니다)$/u],
	['no', /^(?:아니|아니요|아니오)$/u],
	['stop', /^(?:멈춰|멈춰줘|그만|그만해|중지|정지|취소|취소해|취소해줘|스톱|스탑)(?:요|주세요)?$/u],
	['note', /^(?:오케이|알겠습니다|알겠어요?|좋아요?|좋습니다|완벽해요?|멋져요?|굿)$/u],
];
