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
	`- hi|hey|hiya|yo|start|test|test 123|testing 123|test 1 2 3|testing 1 2 3|ping|sup
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
	`- thx|thnx|tnx|ty|tysm|thanx|tks|tyvm|bye
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
	`en yes|yes please|yep|yeah|yup|yea|ye|y|yess|absolutely|definitely|confirm|confirmed|i confirm|agreed|sure|sure thing|of course|go ahead|do it|please do|go for it|let's go|lets go|sounds good|go|go on|continue|proceed|next|carry on|keep going
	es sí|si|claro|vale|por favor|sigue|continúa|continua|adelante|siguiente|dale
	de ja|jep|jo|klar|na klar|genau|auf jeden fall|ja bitte|ja gerne|gerne|weiter|mach weiter|los|nächste
	fr oui|oui s'il te plaît|continue|vas-y|allez-y|suivant
	it sì|si|certo|continua|avanti|vai
	pt claro|por favor|sim|continua|continue|pode continuar|bora|próximo
	nl ja
	pl tak|no tak
	tr evet|olur
	id ya|iya|boleh|silakan
	vi vâng|ừ|ừm|dạ|có|đúng|được
	sv ja|japp
	fi kyllä|joo
	cs ano|jo
	hu igen
	ro da
	ru да|ага|угу|конечно|давай
	uk так
	ar نعم|ايوه|أيوة|ايوة|اي|اه|أجل|طبعا
	hi हाँ|हां|हा|जी|जी हाँ|जी हां|haan|haan ji|ji haan
	th ใช่|ใช่ค่ะ|ใช่ครับ|ค่ะ|ครับ|ได้|ตกลง|เอา
	he כן
	el ναι`,
);
export const NO = phrases(
	`en no|nope|nah|no thanks|no thank you|not yet|never mind|nevermind|nvm|forget it|forget about it|nvm forget it|never mind forget it|n a|none|nothing|drop it|leave it|no way|not now|don't|dont|do not|wait|wait a moment|hold on|hang on|one moment|one sec|just a moment|just a sec|later|maybe later|for later|maybe|hmm|hm|as is|as it is|like it is|leave it as is|leave it like it is|sorry|oops|oops wrong chat|sorry wrong chat|wrong chat|my bad|brb|just testing|only testing|not sure|i don't know|idk
	es no|no gracias|olvídalo|olvidalo|déjalo|dejalo|nada|ahora no|más tarde|mas tarde|espera|mejor no|así está bien|no sé
	de nein|nein danke|vergiss es|egal|schon gut|lass mal|lass gut sein|nö|nee|lieber nicht|besser nicht|jetzt nicht|später|warte|moment|so lassen|lass es so|keine ahnung|falscher chat
	fr non|non merci|laisse tomber|oublie|laissez tomber|pas maintenant|plus tard|attends|attendez|non pas encore|je ne sais pas
	it no|lascia stare|lascia perdere|niente|non ora|dopo|aspetta|meglio di no
	pt não|nao|deixa pra lá|deixa pra la|esquece|deixa|nada|agora não|depois|espera|melhor não
	nl nee|nu niet|later|wacht
	pl nie|nie teraz
	tr hayır|yok
	id tidak|nggak|gak|ga|enggak|jangan|ga usah
	vi không|thôi|chưa
	sv nej
	fi ei
	cs ne
	hu nem
	ru нет|неа|не надо|не сейчас|потом|подожди|подождите
	uk ні
	ar لا|لأ
	hi नहीं|nahi|nahin|मत
	th ไม่|ไม่ใช่|ไม่เอา|ไม่ค่ะ|ไม่ครับ
	he לא
	el όχι`,
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
/** To begin again, without a word of what the new video is to show. */
export const ANEW = phrases(
	`- reset|restart|new
	en new video|a new video|new one|another video|another one|next video|new project|new session|new chat|new film|start over|start again|start anew|start fresh|start from scratch|from scratch|from the beginning|begin again|start a new video|start a new one|start a new project|make a new video|make another video|make a new one|make another one|create a new video|i want a new video|i want to start over|i'd like to start over|i want another video|lets start over|let's start over|lets do another one|fresh start|clear|clear chat|redo everything|do it all over again|all over again|scrap it|scrap everything|scratch that
	es nuevo video|video nuevo|un video nuevo|un nuevo video|nuevo vídeo|vídeo nuevo|otro video|otro vídeo|nuevo proyecto|quiero otro video|quiero un video nuevo|quiero hacer otro video|empezar de nuevo|empezar de cero|empecemos de nuevo|empieza de nuevo|comenzar de nuevo|volver a empezar|desde cero|de cero|reiniciar|reinicia
	de neues video|ein neues video|neuer film|neuer clip|neues projekt|noch ein video|nochmal von vorn|nochmal von vorne|noch mal von vorne|noch mal von vorn|von vorn|von vorne|von vorne anfangen|von vorn anfangen|fang von vorne an|alles von vorn|alles von vorne|neu anfangen|neu starten|nochmal neu|neustart|neu beginnen|ich will ein neues video|ich möchte ein neues video|zurücksetzen
	fr nouvelle vidéo|nouvelle video|une nouvelle vidéo|une nouvelle video|autre vidéo|une autre vidéo|nouveau projet|recommencer|recommence|on recommence|recommençons|recommencer à zéro|on recommence à zéro|repartir de zéro|on repart de zéro|depuis le début|à zéro|de zéro|tout recommencer|je veux recommencer
	it nuovo video|un nuovo video|un altro video|altro video|nuovo progetto|ricominciare|ricomincia|ricominciamo|ricominciamo da capo|da capo|da zero|ricominciare da zero|dall'inizio
	pt novo vídeo|novo video|um novo vídeo|vídeo novo|video novo|um vídeo novo|outro vídeo|outro video|mais um vídeo|novo projeto|quero outro vídeo|começar de novo|começar do zero|recomeçar|recomeça|vamos recomeçar|do zero|de novo do zero|desde o início|reiniciar
	nl nieuwe video|een nieuwe video|nieuw filmpje|nog een video|andere video|nieuw project|opnieuw|opnieuw beginnen|begin opnieuw|helemaal opnieuw|van voor af aan|vanaf het begin
	pl nowy film|nowe wideo|nowy filmik|nowy projekt|jeszcze jeden film|inny film|od nowa|zacznij od nowa|zacznijmy od nowa|zacząć od nowa|od początku|jeszcze raz od początku
	tr yeni video|yeni bir video|başka video|başka bir video|yeni proje|baştan|baştan başla|baştan başlayalım|en baştan|sıfırdan|sıfırdan başla|yeniden başla|sıfırla
	id video baru|bikin video baru|buat video baru|video lain|video lagi|satu video lagi|proyek baru|mulai dari awal|mulai lagi|ulang dari awal|ulangi dari awal|dari awal|dari awal lagi|dari nol|ulang
	vi video mới|làm video mới|video khác|dự án mới|làm lại|làm lại từ đầu|bắt đầu lại|từ đầu|lại từ đầu
	ru новое видео|новый ролик|новый видос|другое видео|ещё одно видео|еще одно видео|ещё видео|новый проект|хочу новое видео|сначала|заново|давай заново|давай сначала|давай по новой|по новой|начать заново|начать сначала|начнём сначала|начнем сначала|начни сначала|с нуля|с начала|сброс
	uk нове відео|спочатку|почати спочатку
	ar فيديو جديد|فيديو آخر|فيديو اخر|فيديو ثاني|مشروع جديد|من البداية|من الأول|من الاول|من جديد|من الصفر|ابدأ من جديد|ابدا من جديد|نبدأ من جديد
	hi नया वीडियो|एक नया वीडियो|दूसरा वीडियो|एक और वीडियो|नया प्रोजेक्ट|फिर से शुरू करो|फिर से शुरू|शुरू से|फिर से|naya video|ek naya video|dusra video|ek aur video|naya project|phir se|phir se shuru karo|fir se|fir se shuru karo|shuru se`,
);
export const NOTE = phrases(
	`- ok|okay|okey|k|kk|xd|lol|super|cool|wow|top
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
