/**
 * The words of one language that requests consist of. Entries are separated by spaces; an
 * underscore joins the words of a phrase (`how_many`), a star stands for any ending (`export*`).
 * Case and accents don't matter, and an apostrophe parts words (`don_t`).
 */
export interface Words {
	/** ISO code. */
	language: string;
	/** Orders that need no object: export, download. */
	order: string;
	/** Orders that are meant only with the result behind them: send me, I want, where is. */
	give: string;
	/** The video as a whole. */
	result: string;
	/** What is handed over, even with an indefinite article: a link, the MP4. */
	file: string;
	/** Kinds of videos: `the promo` is the result, any other promo is still to be made. */
	work: string;
	/** What stands before a thing that is there: the, my. */
	the: string;
	/** What stands before a thing that is still to be made: a, another. */
	a: string;
	/** What a thing to be made is about. */
	about: string;
	credits: string;
	/** How one asks for something that NemoVideo knows: how many, show me, is left. */
	ask: string;
	state: string;
	/** Questions of time and reason, which ask for the state even beside the word export. */
	query: string;
	/** What turns an order to export around: don't, not yet. */
	hold: string;
	upload: string;
	/** What users upload. */
	media: string;
	/** Where a video may be published. */
	place: string;
	/** What a video looks and sounds like: beside an order to export it's a wish. */
	look: string;
	/** Words of which one is enough for an edit; a plus marks how something of a film may become: `+longer`. */
	edit: string;
	/** What only a video's content is about: `company`, `end credits`. */
	content: string;
	/** Verbs and places that make a wish of words beside files: `use`, `at the end`. */
	use: string;
	/** What turns praise around: `but`, `too loud`. */
	but: string;
	/** What says that the video is liked, and thanks. */
	praise: string;
	/** How one asks what the chat can do at all: `do you support`, `which formats`. */
	able: string;
	/** Words that say nothing more, in any place; those of up to three Latin letters needn't be listed. */
	filler: string;
}

/** What a word may say; several may be true of one. */
export type Meaning = Exclude<keyof Words, 'language'> | 'degree';

/** Words of software that every language has borrowed, and the few that are known of Thai and Hebrew. */
export const BORROWED: Partial<Record<Meaning, string>> = {
	order:
		'export download render exporting downloading rendering export_button download_button download_link downloadlink ส่งออก ดาวน์โหลด ייצא* לייצא הורד* להוריד',
	result: 'video film clip วิดีโอ คลิป סרטון הסרטון סרט הסרט וידאו הווידאו',
	file: 'link mp4 mov file url downloadlink download_link export_link',
	credits: 'credits credit token tokens เครดิต קרדיט*',
	state: 'status timeline',
	upload: 'upload upload_button',
	place: 'youtube tiktok instagram facebook whatsapp insta reels linkedin twitter vimeo shorts',
	look: 'logo volum* громкост* głośnoś* lautstärke 音量 볼륨 음량 เสียง เพลง vertical horizontal watermark intro outro bgm 9_16 16_9 1_1 jazz lofi lo-fi techno hip_hop',
	content: 'button icon business banner export_business status_bar progress_bar tutorial',
	praise: 'wow omg bravo haha* lol ยอดเยี่ยม ขอบคุณ สวยมาก ชอบมาก תודה מדהים מושלם',
	edit: 'ลด ทำ สร้าง เพิ่ม ใส่ เปลี่ยน ลบ ตัด צור* הוסף* שנה מחק* תעשה',
	filler:
		'ok okay please pls thanks thx super perfect cool nemo nemovideo n8n hd full_hd fullhd 4k 2k 720p 1080p uhd hey hi hello wow top gif ให้ ฉัน ผม หน่อย ครับ ค่ะ นี้ לי את שלי בבקשה',
	give: 'ส่ง ขอ שלח* תשלח* תן',
	ask: 'เท่าไหร่ กี่ เหลือ כמה נשאר*',
	hold: 'อย่า ยังไม่ אל',
};
