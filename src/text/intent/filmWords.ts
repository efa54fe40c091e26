/** Words that name a film; parts of regular expressions, as `findsPlain` reads them; `~` is any letter. */
type Named = readonly [spaced: string, unspaced: string];

/** The film itself, its kinds, and what is shown in it. */
export const FILMS: Named = [
	'~*video~* videy~* ~*film~* movie~* [ck]lip~* wideo видео~* ролик~* клип~* фильм~* वीडियो विडियो (?:ال|لل|ب|و)?فيديو~* (?:a|an|the|for|pro|per|para|pour|für)_(?:tiktok|reels?|stories|shorts|insta~*) explainer~* timeline overlay~* thumbnail~* tarja tutorial~* narra~* müzi[kğ]~* gaan[ae] tulisan~* white_balance cartoon~* banner~* anima(?:ti|ted|c|ç|s|z)~* анимац~* (?:an?|~+load)_button~* icons? cta call_to_action qr_?code slogan~* (?:progress|status)_bar fortschrittsbalken regenerate ^(?:undo|redo)$ (?:undo|revert)_(?:~+_)?(?:last|change|edit|it|that|this) blur_(?:the|his|her|my|their|our|all) loop_(?:it|this|the)',
	'视频 影片 短片 片子 动画 动效 女声 宣传片 教程 首歌 行字 重新生成 cta 按钮 图标 二维码 进度条 状态栏 风格 复古 [竖横][的屏版] ビデオ 映像 動画 ムービー ボタン 영상 비디오 버튼 วิดีโอ คลิป סרטון וידאו',
];
/** How a film, or something of it, may become. */
export const DEGREES: Named = [
	'(?:more|less|too)_(?:dramatic|dynamic|colou?rful|playful|modern|vivid|fast|slow) (?:speed|slow)_(?:it|this|that)_(?:up|down) (?:less|more|no|slow)_zoom motion mo(?:vi|uve|vimi)e?nto? bewegung~* time_?lapse black_and_white make_it_(?:better|nicer|cooler|pop|funny|cute|pretty|cool|red|green|blue|yellow) cinematic vintage retro upbeat (?:más|mais|plus|più|menos|moins|meno|demasiado|muito|trop|troppo)_(?:rapid|velo|vite|court|c[ou]rt|l[ou]ng|larg|lent|grand|brill?h?ant|lumi|fort|fuerte|alt|baix|baj|bas|clar|clair|chiar|oscur|escur|sombre|colo|vi[fv]|energ|d[iy]nam|suave|dou|petit|peque|calm)~* (?:lebih|daha)_~+ ~+_hơn slow[_-]?mo~* (?:और|थोड़ा|थोड़ी|aur|thod[ai])_(?:तेज़|धीम[ाी]|छोट[ाी]|लंब[ाी]|बड़[ाी]|tez|slow|fast|chhot~|lamb~|bad~)',
	'明るさ [大小快慢短长亮暗粗细浅深柔轻](?:一?点|一些) (?:更|再)[大小快慢短长亮暗粗细浅深柔] 太[大小快慢短长亮暗] もっと.{1,6}く 더_?[빠느짧길크작밝어]',
];
/** Places in a film. */
export const PLACES: Named = [
	'scenes? shots? the_(?:opening|ending) cuts кадр~* (?:first|second|middle|last)_(?:part|half|section) (?:at|to|by|from|near)_the_(?:end|start|beginning) (?:end|title|closing)_(?:card|screen|frame) (?:the|this|that|first|last|second|third|new)_tracks? (?:part|bit|moment)_(?:where|when) (?:top|bottom|upper|lower)_(?:left|right|third|corner) the_corner on[_-]?screen à_l.écran slides? fades?_(?:in|out) (?:end|opening|closing|rolling|add|roll|the)_credits (?:al|el|del)_(?:final|principio|inicio|comienzo) [dn]?o_(?:final|começo|início|fim) la_fin (?:le|au|du)_(?:début|milieu) bruit_de_fond (?:am|den|der|vom)_(?:ende|anfang|schluss) (?:l|all|nell|dall).inizio конце конец концовк~* начал[оае] końcu początk~* sonun[ad]~* başın[ad]~* di_(?:akhir|awal) ở_(?:cuối|đầu) (?:parte|partie)_(?:donde|onde|où|dove|del?|que|qui) (?:le|du)_plan_de (?:na|da|essa|primeira|última)_cena (?:le|du)_son créditos générique~*',
	'镜头 片段 片尾 那段 这段 (?:第.{1,2}|最后一|这|那)张 节奏 第.{1,3}[个段条]?(?:镜头|片段|秒|首|幕) 場面 動き 最後に 冒頭 エンドロール クレジット [앞뒷간]_?부분 화면 마지막에 처음에 맨뒤에 맨앞에 크레딧',
];
/** A length, a place in time or a shape: `5 s`, `0:12`, `9:16`. */
export const MEASURES: Named = [
	'(?<!\\d)(?:0?0:\\d\\d|9:16|16:9|4:[35]|3:4)(?!\\d) (?:^|it_|in_|as_|to_)1:1(?!\\d)',
	'第\\d+[秒帧]',
];
/** Words that the lists take for a film's, and that say little by themselves: they don't count. Read by `finds`. */
export const WEAK: Named = [
	'min mins minutes? minutos? minuti minuto minuten minuta minut минут~* menit phút sin sem sans senza ohne zonder без bez tanpa olmadan बिना بدون más mas mais plus più piu fond son own eigenen? eigene archivos ficheros arquivos dateien fichiers files? bestanden propres? propri[aeo]s? mi?ei kendi sendiri berkas अपन[ाीे] сво[ийх]+ project~* proyecto projet projekt~* projeto progetto spot opening (?<!an?_)short black white blanco branco blanc bianco negro preto noir nero weiß schwarz beyaz siyah (?:water|oil|air|coffee)_filter filtre_à text(?=_~+_(?:that|to|about|when)_) for_[~\\d]+_(?:minutes?|hours?) transition_to_an? fade_into color_me (?:in|dans|en|em|tra|через|over|dalam)_\\d+_?[mhs]~* (?:english|spanish|french|german|chinese|japanese|korean|italian)(?=_~)',
	'分钟 分鐘 自己的? 文件 资料 ファイル 自分の もっと なしで 없이 (?<!\\d_?)초 색',
];
