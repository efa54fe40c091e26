/** What a caller can do instead of what NemoVideo asked the user to do with the mouse. */
export type SuggestedAction = 'export' | 'credits' | 'state' | 'edit';

/** An order to the user: how its clause goes on from the verb, and what it amounts to. */
export interface GuiRule {
	pattern: RegExp;
	/** @param order the clause from its verb on */
	action: (order: string) => SuggestedAction;
}

export function guiRule(source: string, action: GuiRule['action'] | SuggestedAction): GuiRule {
	return {
		pattern: new RegExp(`^(?:${source})`, 'iu'),
		action: typeof action === 'string' ? () => action : action,
	};
}

/** What the names in an order say of its purpose; the first that is found counts. */
const NAMES: ReadonlyArray<readonly [RegExp, SuggestedAction]> = [
	[/export|download|render|publish|\bsave\b|\bshare\b|导出|下载|渲染|保存|分享/iu, 'export'],
	[
		/account|billing|credits?\b|balance|upgrade|top[- ]?up|subscri|账[户号单]|帐[户号]|余额|积分|充值|升级|订阅|套餐/iu,
		'credits',
	],
	[/\bdrag|slider|handles?\b|滑块|拖/iu, 'edit'],
	[
		/panel|menu|\btab\b|timeline|preview|\bplay\b|player|settings|dashboard|editor|sidebar|library|inspector|workspace|\bpage\b|面板|菜单|时间[轴线]|预览|播放|设置|编辑器|素材库|控制台|仪表/iu,
		'state',
	],
];

/** The action of an order that names what it clicks or opens; any other button is an edit. */
export function actionByName(order: string): SuggestedAction {
	const head = order.slice(0, 120);
	return NAMES.find(([pattern]) => pattern.test(head))?.[1] ?? 'edit';
}
