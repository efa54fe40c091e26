import type { Messages } from './messages';

const FORMATS = '视频 MP4、MOV、AVI、WebM、MKV；图片 JPG、PNG、GIF、WebP；音频 MP3、WAV、M4A、AAC';

export const chinese: Messages = {
	settingUp: '正在准备...',
	busy: '上一条消息还在处理中，马上轮到这一条。',
	atWork: 'NemoVideo 还在处理上一条消息。目前：',
	gettingStarted:
		'把图片或文字发给我，并告诉我你想要什么，视频由我来做。例如：\n- “把这五张商品照片和一句文案做成 1080p 的 MP4”\n- “把这些图片做成 30 秒的宣传片，配上背景音乐”\n\n说“导出”得到 MP4，“状态”查看时间线，“积分”查看余额，这些都不花积分。',
	welcome: '不客气！告诉我要改什么，或者说“导出”得到 MP4 视频。',
	whatNext: '请告诉我要做什么、改什么，或者说“导出”得到 MP4 视频。',
	cannotStop: '这里没有我能停下的：NemoVideo 已经开始的会继续进行并计费。完成后请告诉我要改什么。',
	askSend:
		'这可能是提问，也可能是修改要求，而 NemoVideo 的回答可能消耗积分，所以还没有转达。说“是”就发送，说“帮助”了解我能做什么，说“状态”查看视频内容。',
	sayNew:
		'这个对话会保留原来的项目，还没有发送任何内容。请说说新视频要展示什么：发给 NemoVideo 后会消耗积分。',
	emptyMessage: '消息是空的。请说说视频要展示什么，或者发送图片。',
	nothingYet: '这个对话里还没有视频。请发送图片，或者说说视频要展示什么。',
	askForFiles: '请把文件和消息一起发送：图片、视频或音频，每个文件最大 500 MB。',
	sayExport: '说“导出”即可得到 MP4 视频。',
	sayEdit: '要移动、修改，或采用某个建议，直接告诉我，我会作为编辑转达。',
	exporting: '正在导出，通常需要 30 到 90 秒…',
	rendering: (percent) => `渲染进度：${percent}%`,
	askWish: (wish) =>
		`我可以按现在的样子导出。你还提到“${wish}”，这属于编辑，会消耗积分。说“是”就先修改再导出，说“导出”就按现在的样子导出。`,
	cannotChoose: (words) => `无法按“${words}”导出：视频为 MP4 格式，分辨率由此工作流设定。`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `“${name}”${what}无法使用：不支持这种文件。可用的格式：${FORMATS}。`,
			fileSize: `“${name}”无法使用：文件超过 500 MB。请压缩或剪短后再发送。`,
			empty: `“${name}”无法使用：文件是空的。`,
			link: `“${name}”无法使用：这不是可用文件的直接链接。请直接附上文件：${FORMATS}。`,
			refused: `NemoVideo 没有接受“${name}”。`,
			notDownloaded: `n8n 没有下载这条消息的文件，所以没有发送或修改任何内容。工作流里的下载方法：${name}。`,
			noFile:
				'n8n 的 Telegram Trigger 不会传递语音消息、音频、贴纸和 GIF 的文件，所以没有发送或修改任何内容。请改为以文档形式发送，例如 MP3 或 MP4。',
		})[reason],
	restUnused: (rest) => `消息的其余部分也没有添加或发送：${rest}。请把这些单独再发一次。`,
	uploaded: (names) => `已上传 ${names.length} 个文件：${names.join('、')}。`,
	askForWords: () => '现在请说说要用它做什么。',
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `，另有 ${frozen} 积分被正在进行的任务占用` : '';
		return `可用积分：${available}${reserved}。制作或修改视频会消耗积分，数量由 NemoVideo 决定；导出不消耗积分。`;
	},
	ready: (link, fileSize) =>
		`视频已完成${fileSize === undefined ? '' : `（${fileSize}）`}：${link}`,
	download: '下载视频',
	mayLack: '之前有一条消息的结果未知，它的修改可能不在这个视频里。',
	stillRendering: (status, renderId) =>
		`视频还在渲染（${status}）。请稍后再说“导出”。渲染编号：${renderId}`,
	noSubtitles: (summary) => `时间线上没有可以导出为字幕的文字。${summary}`,
	answerIn: '请用中文回答。',
	timeline: {
		head: (tracks) => `时间线（${tracks} 条轨道）：`,
		more: (count) => `另 ${count} 项`,
		parts: (count) => `分为 ${count} 段`,
		nothing: '还没有内容',
		video: '视频',
		audio: '背景音乐',
		text: '标题',
		other: '其他',
		added: '新增',
		removed: '删除',
		changed: 'NemoVideo 修改了时间线。',
		unchanged: 'NemoVideo 已结束但没有回复，时间线没有变化。',
	},
};
