import { pick } from './random.cts';

type Phrase = readonly [english: string, chinese: string];

/** How NemoVideo's agent talks when it thinks there is a window to click in. */
const PHRASES: Readonly<Record<string, Phrase>> = {
	export: ['Click the Export button to download your video.', '点击“导出”按钮即可下载视频。'],
	click: ['Click [Apply] to confirm the change.', '点击 [应用] 确认修改。'],
	open: ['Open the timeline panel to see all tracks.', '打开时间线面板查看所有轨道。'],
	drag: ['Drag and drop the clips to change their order.', '拖拽片段即可调整顺序。'],
	preview: ['You can preview it in the timeline.', '您可以在时间线中预览。'],
	billing: ['Check your billing page for the remaining credits.', '请在账户页面查看剩余积分。'],
};

/**
 * @param wanted the name of a phrase, `all`, or nothing for one that the key decides
 */
export function guiTalk(chinese: boolean, wanted: string | undefined, key: string): string {
	const say = (phrase: Phrase): string => phrase[chinese ? 1 : 0];
	if (wanted === 'all') return Object.values(PHRASES).map(say).join(' ');
	const named = wanted === undefined ? undefined : PHRASES[wanted];
	const name = pick(['export', 'open', 'preview', 'drag'], key, 'gui phrase');
	return say(named ?? PHRASES[name] ?? ['', '']);
}
