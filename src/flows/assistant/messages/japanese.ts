import type { Messages } from './messages';

const FORMATS = '動画 MP4・MOV・AVI・WebM・MKV、画像 JPG・PNG・GIF・WebP、音声 MP3・WAV・M4A・AAC';

export const japanese: Messages = {
	settingUp: '準備中...',
	busy: '前のメッセージを処理中です。次にこのメッセージを処理します。',
	atWork: 'NemoVideo は前のメッセージをまだ処理しています。現在の状態：',
	gettingStarted:
		'画像やテキストを送って、ほしい動画を教えてください。動画はこちらで作ります。例：\n- 「商品写真5枚とキャプションを1080pのMP4にして」\n- 「この画像を音楽付きの30秒のプロモーション動画にして」\n\n「エクスポート」でMP4、「状態」でタイムライン、「残高」でクレジットを確認できます。いずれも無料です。',
	welcome: 'どういたしまして！変更したい点を教えてください。「エクスポート」でMP4を受け取れます。',
	whatNext: '作りたいもの、変えたい点を教えてください。「エクスポート」でMP4を受け取れます。',
	cannotStop:
		'ここでは止められません。NemoVideoが始めた処理は続き、クレジットも消費されます。完了したら変えたい点を教えてください。',
	askSend:
		'質問かご要望か分からず、NemoVideoの回答にはクレジットがかかることがあるため、まだ送っていません。送るには「はい」、できることは「ヘルプ」、動画の内容は「ステータス」と言ってください。',
	sayNew:
		'このチャットのプロジェクトはそのままで、まだ何も送っていません。新しい動画の内容を教えてください。NemoVideoに送ると、クレジットがかかります。',
	emptyMessage: 'メッセージが空です。動画の内容を書くか、画像を送ってください。',
	nothingYet: 'このチャットにはまだ動画がありません。画像を送るか、動画の内容を教えてください。',
	askForFiles:
		'ファイルをメッセージと一緒に送ってください。画像・動画・音声、1ファイル500 MBまでです。',
	sayExport: '「エクスポート」でMP4を受け取れます。',
	sayEdit: '移動や変更、提案の適用は、そのまま言葉で伝えてください。編集として反映します。',
	exporting: 'エクスポート中です。通常30〜90秒かかります…',
	rendering: (percent) => `レンダリング：${percent}%`,
	askWish: (wish) =>
		`このままの動画をエクスポートできます。「${wish}」は編集になり、クレジットがかかります。編集してからエクスポートするなら「はい」、このままなら「エクスポート」と言ってください。`,
	cannotChoose: (words) =>
		`「${words}」は反映できませんでした。動画はMP4で、解像度はこのワークフローの設定になります。`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `「${name}」${what}は使えません。この種類のファイルには対応していません。対応形式：${FORMATS}。`,
			fileSize: `「${name}」は使えません。500 MBを超えています。圧縮するか短くしてもう一度送ってください。`,
			empty: `「${name}」は使えません。ファイルが空です。`,
			link: `「${name}」は使えません。対応ファイルへの直接リンクではありません。ファイルを添付してください：${FORMATS}。`,
			refused: `NemoVideoは「${name}」を受け付けませんでした。`,
			notDownloaded: `n8nがこのメッセージのファイルをダウンロードしていないため、何も送信・変更していません。ワークフローでのダウンロード方法：${name}。`,
			noFile:
				'n8nのTelegram Triggerは音声メッセージ・オーディオ・ステッカー・GIFのファイルを渡さないため、何も送信・変更していません。MP3やMP4などをドキュメントとして送ってください。',
		})[reason],
	restUnused: (rest) =>
		`メッセージの残りも追加・送信していません：${rest}。その部分だけもう一度送ってください。`,
	uploaded: (names) =>
		names.length === 1
			? `1個のファイルをアップロードしました：${names.join('、')}。`
			: `${names.length}個のファイルをアップロードしました：${names.join('、')}。`,
	askForWords: () => 'これで何を作るか教えてください。',
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `（ほかに${frozen}が作業中で確保されています）` : '';
		return `利用できるクレジット：${available}${reserved}。動画の作成や変更にはクレジットがかかり、その数はNemoVideoが決めます。エクスポートは無料です。`;
	},
	ready: (link, fileSize) => {
		const size = fileSize === undefined ? '' : `（${fileSize}）`;
		return `動画が完成しました${size}：${link}`;
	},
	download: '動画をダウンロード',
	mayLack:
		'前のメッセージがどうなったか確認できません。その変更はこの動画に入っていないかもしれません。',
	stillRendering: (status, renderId) =>
		`動画はまだレンダリング中です（${status}）。しばらくしてからもう一度「エクスポート」と言ってください。レンダー：${renderId}`,
	noSubtitles: (summary) => `タイムラインに字幕にできる文字がありません。${summary}`,
	answerIn: '日本語で答えてください。',
	timeline: {
		head: (tracks) => `タイムライン（${tracks}トラック）：`,
		more: (count) => `ほか${count}件`,
		parts: (count) => `${count}個に分割`,
		nothing: 'まだ空です',
		video: '動画',
		audio: '音楽',
		text: 'タイトル',
		other: 'その他',
		added: '追加',
		removed: '削除',
		changed: 'NemoVideoがタイムラインを変更しました。',
		unchanged: 'NemoVideoはメッセージなしで終了し、タイムラインは変わっていません。',
	},
};
