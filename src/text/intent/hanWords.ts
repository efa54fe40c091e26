/** Traditional characters of requests, each with its simplified form. */
const PAIRS =
	'匯汇 來来 問问 導导 載载 積积 額额 餘余 點点 數数 狀状 態态 進进 時时 間间 軸轴 線线 軌轨 檔档 視视 頻频 圖图 個个 這这 幫帮 請请 謝谢 嗎吗 麼么 樣样 還还 帳帐 賬账 戶户 號号 詢询 顯显 錄录 傳传 給给 發发 鏈链 連连 結结 為为 麗丽 輸输 橫横 豎竖 裡里 裏里 內内 長长 現现 項项 務务 麽么 條条 們们 會会 沒没 過过 完完 開开 關关 閉闭 聲声 樂乐 幾几 總总 費费 錢钱 買买 質质 畫画 無无 標标 題题 說说 嘗尝 試试 終终 產产 後后 從从 對对 單单 讓让 應应 該该 張张 場场 臺台 變变 達达 寫写 將将 帶带 剛刚 邊边 濾滤 銀银 廣广 業业 貿贸 紹绍 節节 動动 語语 靜静 調调 減减 縮缩 員员 職职 紅红 藍蓝 綠绿 顏颜 電电 腦脑 機机 輯辑 辦办 換换 刪删 夠够 見见 準准 備备 兩两 煩烦 滿满 網网 唄呗 貴贵 讚赞 團团 門门 補补 歡欢 厲厉 確确 認认 愛爱 協协 專专 櫃柜 當当 頭头 聽听 話话 講讲 讀读 誰谁 選选 運运 適适 車车 輕轻 轉转 錯错 鍵键 鏡镜 隨随 難难 雙双 離离 須须 頁页 順顺 預预 領领 願愿 類类 風风 飛飞 飯饭 體体 黃黄 亂乱 優优 勝胜 區区 華华 參参 響响 囉啰 國国 圓圆 執执 報报 塊块 處处 媽妈 學学 寶宝 實实 層层 師师 幣币 強强 彈弹 復复 憶忆 懷怀 戲戏 掛挂 採采 擇择 據据 擴扩 攝摄 敗败 斷断 於于 舊旧 書书 東东 極极 檢检 氣气 決决 淺浅 溫温 熱热 燈灯 獎奖 獲获 環环 盤盘 盡尽 種种 稱称 穩稳 筆笔 簡简 約约 級级 紙纸 細细 組组 統统 絕绝 經经 緊紧 編编 練练 繼继 續续 聯联 腳脚 臉脸 藝艺 術术 覺觉 觀观 計计 訂订 訊讯 記记 設设 許许 評评 詞词 誤误 談谈 證证 識识 譯译 護护 貨货 貼贴 資资 賣卖 贈赠 趕赶 輪轮 遲迟 醜丑 醫医 鎖锁 闆板 隱隐 靈灵 韓韩 飾饰 驚惊 驗验 鬆松 鮮鲜';
const SIMPLIFIED = new Map(
	PAIRS.split(' ').map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]),
);
const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join('')}]`, 'gu');

/** The simplified form of a character. */
export function simplifiedLetter(letter: string): string {
	return SIMPLIFIED.get(letter) ?? letter;
}

/** Words that Taiwan and Hong Kong use for the same. */
const REGIONAL: ReadonlyArray<readonly [RegExp, string]> = [
	[/汇出/gu, '导出'],
	[/点数/gu, '积分'],
	[/档案/gu, '文件'],
	[/连结/gu, '链接'],
];

/** English words in a Chinese request, as people mix them: "Export 视频", "看看 status". */
const MIXED: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bexport(?:ing)?\b/gu, '导出'],
	[/\b(?:download|render)(?:ing)?\b/gu, '下载'],
	[/\bupload(?:ing)?\b/gu, '上传'],
	[/\b(?:credits?|points)\b/gu, '积分'],
	[/\bbalance\b/gu, '余额'],
	[/\b(?:status|state|progress)\b/gu, '状态'],
	[/\btimeline\b/gu, '时间线'],
	[/\b(?:show|check)\b/gu, '查看'],
	[/\b(?:videos?|movie|film)\b/gu, '视频'],
	[/\b(?:subtitles?|captions?)\b/gu, '字幕'],
	[/\bthe\b|\bmy\b/gu, ''],
];

/** Most requests hold none of these. */
const UNUSUAL = new RegExp(`[a-z${[...SIMPLIFIED.keys()].join('')}]|汇出|点数|档案|连结`, 'u');

/**
 * A Chinese request as the rules are written: in simplified characters and Chinese words.
 *
 * @param words in lower case
 */
export function asSimplifiedChinese(words: string): string {
	if (!UNUSUAL.test(words)) return words;
	const simplified = words.replace(TRADITIONAL, (letter) => SIMPLIFIED.get(letter) ?? letter);
	const chinese = REGIONAL.reduce((text, [word, usual]) => text.replace(word, usual), simplified);
	if (!/[a-z]/u.test(chinese)) return chinese;
	return MIXED.reduce((text, [word, usual]) => text.replace(word, usual), chinese);
}
