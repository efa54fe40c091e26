/** Parts of regular expressions, as `findsPlain` reads them; `~` is any letter. */
type Named = readonly [spaced: string, unspaced: string];

/** What has words, pictures, sounds or a length of its own, and people who are no part of a film. */
export const OTHER_THINGS: Named = [
	[
		// Documents
		'playlists? flyers? leaflets? brochures? menu presentations? powerpoint decks? invoices? e?mails? newsletter letter thesis essay homework paragraphs? press_release article contract resume cv spreadsheet excel sheet invitations? business_cards? posters? passport forms? subject_line annual_report of_the_book of_my_book playlista playliste präsentation rechnung einladung speisekarte flyern? bewerbung vertrag aufsatz brief factura correo presentación invitación menú folleto contrato tesis fatura convite apresentação cardápio folheto relatório facture courriel présentation carte_de_visite dépliant contrat mémoire devis fattura presentazione invito volantino contratto tesi offerte factuur uitnodiging faktura zaproszenie umowa презентаци~* счет~* договор~* письм~* fatura~* sunum~* davetiye~* hóa_đơn email_nya undangan brosur surat चालान ईमेल निमंत्रण فاتوره عرض_تقديمي رساله',
		// Devices and software
		'i.?(?:m|_am)_on_the_phone tv telly radio speakers? stereo alexa siri cortana alarm timer stopwatch calendar to-?do_list shopping_list repo(?:sitory)? pull_request git code_?base commit fernseher wecker kalender radiowecker televisión tele alarma calendario televisão despertador télé réveil minuteur calendrier sveglia televisore televisor budzik телевизор~* будильник~* alarmı tivi kalender~* अलार्म منبه',
		// Places and appointments
		'meeting rehearsal appointment (?:phone|video|zoom|conference|group|team|on_a)_calls? cinema theat(?:er|re) kitchen living_room bedroom bathroom fridge oven kettle lawn the_police termin besprechung küche wohnzimmer kino polizei reunión cita cocina policía cine reunião cozinha polícia réunion rendez-vous cuisine riunione cucina polizia vergadering keuken politie spotkanie kuchni~* policj~* встреч~* кухн~* полици~* toplantı~* mutfak~* polis~* cuộc_họp rapat dapur polisi मीटिंग पुलिस اجتماع المطبخ الشرطه',
		// Home, food and people
		'neighbou?rs? burger pizza eggs? cake_(?:shop|order) trousers tie_clip haircut bandage medicine nachbarn? kuchen haare vecinos? vizinhos? voisins? gâteau vicini buren sąsiad~* сосед~* komşu~* hàng_xóm tetangga पड़ोसी الجيران',
	].join(' '),
	'发票 邮件 演示文稿 幻灯片 简历 合同 论文 作业 菜单 请柬 传单 闹钟 日历 电视 收音机 会议 开会 约会 厨房 客厅 冰箱 电影院 警察 邻居 头发 裤子 歌单 请求書 メール 資料 履歴書 契約 論文 宿題 招待状 チラシ 目覚まし カレンダー テレビ 会議 打ち合わせ 台所 映画館 警察 近所 プレイリスト 청구서 이메일 메일 이력서 계약 논문 숙제 초대장 전단 알람 달력 회의 부엌 영화관 경찰 이웃 재생목록',
];
/** Names of a film, or of what is in it, that are beside such things too: these name something else. */
export const OTHER_FILMS: Named = [
	'(?:video|zoom|conference|group)_?(?:calls?|chats?|games?|conferences?|groups?|meetings?) (?:movie|film)s?_(?:night|tonight|tickets?|club|festival) (?:group|team)_video voice_(?:message|mail|note) watch_(?:a|the)_(?:movie|film) (?:start|beginning|end)_of_the_(?:show|concert|lesson|meeting|book) scene_rehearsal',
	'视频会议 视频通话 看电影 ビデオ会議 ビデオ通話 映画を見 영상_?통화 화상_?회의 영화_?보',
];
/** A film, or a place in one: beside one of these, other things are what it shows. */
export const OWN_FILM: Named = [
	'~*video~* ~*film(?:s|en|e|u|em|ie|ы|а|у)? movie~* clips? reels? shorts? tiktok insta~* stor(?:y|ies) ads? promo~* trailer teaser slideshow timeline scenes? shots? frames? on[_-]?screen intro outro captions? subtitles? voice_?over narrat~* overlay~* footage b-?roll kadr~* кадр~* видео~* ролик~* клип~* फ़िल्म वीडियो (?:ال|لل|ب|و)?فيديو~* szene~* untertitel~* escena~* cena legend(?:a|as) scène~* sous-titres? scena scene sottotitoli (?:at|to|by|from|near)_the_(?:end|start|beginning) (?:al|el|del)_(?:final|principio|inicio|comienzo) [dn]?o_(?:final|começo|início|fim) (?:à_la|la)_fin (?:au|le)_début (?:am|vom|zum)_(?:ende|anfang|schluss) (?:alla|la)_fine all.inizio',
	'视频 影片 短片 片子 镜头 片段 片头 片尾 字幕 旁白 配音 画面 開頭 结尾 开头 動画 映像 ビデオ シーン テロップ ナレーション 最後 冒頭 영상 비디오 장면 자막 내레이션 마지막 처음',
];
