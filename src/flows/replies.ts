import type { Credits } from '../api/credits';
import { detectLanguage } from '../api/language';

/** What the Assistant says by itself. NemoVideo's own words come in the session's language. */
export interface Replies {
	settingUp: string;
	nothingYet: string;
	askForFiles: string;
	sayExport: string;
	sayEdit: string;
	uploaded(names: string[]): string;
	/** What to say after files that came without words. */
	askForWords(count: number): string;
	credits(credits: Credits): string;
	ready(url: string, megabytes: string | undefined): string;
	stillRendering(status: string, renderId: string): string;
	noSubtitles(summary: string): string;
}

const english: Replies = {
	settingUp: 'Setting up...',
	nothingYet: 'There is no video in this chat yet. Send images, or say what the video is to show.',
	askForFiles:
		'Send the files together with a message: images, videos or audio, 500 MB a file at most.',
	sayExport: "Say 'export' to get the video as an MP4.",
	sayEdit: 'To move or change a clip, say which one and how: it is passed on as an edit.',
	uploaded: (names) =>
		`Uploaded ${names.length === 1 ? '1 file' : `${names.length} files`}: ${names.join(', ')}.`,
	askForWords: (count) => `Now say what to make of ${count === 1 ? 'it' : 'them'}.`,
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `, and ${frozen} are reserved by work under way` : '';
		return `${available} credits are available${reserved}. Exporting costs none.`;
	},
	ready: (url, megabytes) =>
		`Your video is ready${megabytes === undefined ? '' : ` (${megabytes} MB)`}: ${url}`,
	stillRendering: (status, renderId) =>
		`The video is still being rendered (${status}). Say 'export' again in a while. Render: ${renderId}`,
	noSubtitles: (summary) => `The timeline has no text to make subtitles of. ${summary}`,
};

const chinese: Replies = {
	settingUp: '正在准备...',
	nothingYet: '这个对话里还没有视频。请发送图片，或者说说视频要展示什么。',
	askForFiles: '请把文件和消息一起发送：图片、视频或音频，每个文件最大 500 MB。',
	sayExport: '说“导出”即可得到 MP4 视频。',
	sayEdit: '要移动或修改片段，请说明是哪一个、怎么改，我会作为编辑转达。',
	uploaded: (names) => `已上传 ${names.length} 个文件：${names.join('、')}。`,
	askForWords: () => '现在请说说要用它做什么。',
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `，另有 ${frozen} 积分被正在进行的任务占用` : '';
		return `可用积分：${available}${reserved}。导出不消耗积分。`;
	},
	// The space keeps the address apart from the words, where a chat makes it a link.
	ready: (url, megabytes) =>
		`视频已完成${megabytes === undefined ? '' : `（${megabytes} MB）`}： ${url}`,
	stillRendering: (status, renderId) =>
		`视频还在渲染（${status}）。请稍后再说“导出”。渲染编号：${renderId}`,
	noSubtitles: (summary) => `时间线上没有可以导出为字幕的文字。${summary}`,
};

/** Replies in the language of a message: Chinese for Chinese, English for all others. */
export function repliesTo(message: string): Replies {
	return detectLanguage(message) === 'zh' ? chinese : english;
}
