/** Parts of regular expressions, as `findsPlain` reads them; `~` is any letter. */
type Named = readonly [spaced: string, unspaced: string];

/** What has words, pictures, sounds or a length of its own, and people who are no part of a film. */
export const OTHER_THINGS: Named = [
	[
		// Documents
		'playlists? flyers? leaflets? brochures? menu presentations? powerpoint decks? invoices? e?mails? newsletter letter thesis essay homework paragraphs? press_release contract resume cv spreadsheet sheet invitations? business_cards? posters? passport forms? subject_line of_the_book präsentation rechnung einladung speisekarte vertrag factura correo presentación invitación folleto contrato fatura convite apresentação facture présentation contrat fattura presentazione invito faktura презентаци~* письм~* undangan فاتوره',
		// Devices and software
		'i.?(?:m|_am)_on_the_phone tv telly radio stereo alexa siri alarm timer calendar to-?do_list shopping_list repo(?:sitory)? pull_request commit (?:python|javascript|bash|sql|php)_~+ python excel (?:write|code)_me_an?_~+_(?:that|which|function) translate_(?:good|i_am|how|hello|thank)_~+ (?:traduce|traduz|traduis|traduci)_(?:buen|hol|bom|boa|bonj|buon)~+ fernseher wecker alarma televisión réveil sveglia телевизор~*',
		// Places and appointments
		'meeting rehearsal appointment (?:phone|video|zoom|conference|group|team|on_a)_calls? cinema theat(?:er|re) kitchen living_room bedroom bathroom fridge oven kettle lawn the_police termin besprechung küche wohnzimmer kino polizei reunión cocina reunião cozinha réunion cuisine riunione cucina vergadering spotkanie встреч~* toplantı~* rapat मीटिंग اجتماع المطبخ',
		// Home and food
		'neighbou?rs? burger pizza eggs? trousers haircut medicine nachbarn? vecinos? vizinhos? voisins? vicini sąsiad~* сосед~* tetangga الجيران',
	].join(' '),
	'发票 邮件 演示文稿 幻灯片 简历 合同 论文 作业 请柬 传单 闹钟 电视 会议 开会 厨房 客厅 冰箱 电影院 警察 邻居 歌单 请求書 メール 履歴書 契約 宿題 招待状 テレビ 会議 台所 近所 청구서 이메일 계약 숙제 회의 부엌 이웃',
];
/** Names of a film, or of what is in it, that are beside such things too: these name something else. */
export const OTHER_FILMS: Named = [
	'(?:video|zoom|conference|group)_?(?:calls?|chats?|games?|conferences?|groups?|meetings?) (?:movie|film)s?_(?:night|tonight|tickets?|club|festival) (?:group|team)_video voice_(?:message|mail|note) watch_(?:a|the)_(?:movie|film) (?:start|beginning|end)_of_the_(?:show|concert|lesson|meeting|book) scene_rehearsal',
	'视频会议 视频通话 看电影 ビデオ会議 ビデオ通話 映画を見 영상_?통화 화상_?회의 영화_?보',
];
/** A film, or a place in one: beside one of these, other things are what it shows. */
export const OWN_FILM: Named = [
	'~*video~* ~*film(?:s|en|e|u|em|ie|ы|а|у)? movie~* clips? reels? shorts? tiktok insta~* stor(?:y|ies) ads? promo~* trailer teaser slideshow timeline scenes? shots? frames? on[_-]?screen intro outro captions? subtitles? voice_?over narrat~* overlay~* footage видео~* ролик~* वीडियो (?:ال|لل|ب|و)?فيديو~* szene~* untertitel~* escena~* cena legend(?:a|as) scène~* sous-titres? scena scene sottotitoli (?:at|to|by|from|near)_the_(?:end|start|beginning) (?:al|el|del)_(?:final|principio) [dn]?o_(?:final|começo|fim) la_fin (?:au|le)_début (?:am|vom|zum)_(?:ende|anfang) alla_fine',
	'视频 影片 短片 片子 镜头 片段 片头 片尾 字幕 旁白 配音 画面 结尾 开头 動画 映像 シーン テロップ ナレーション 最後 冒頭 영상 비디오 장면 자막 마지막 처음',
];
