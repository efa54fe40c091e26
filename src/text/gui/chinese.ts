import { actionByName, guiRule, type GuiRule } from './rules';

const AREA =
	'(?:面板|菜单|时间轴|时间线|设置|编辑器|侧边栏|工具栏|属性栏|素材库|媒体库|选项卡|标签页|控制台|仪表盘|仪表板|工作区|预览窗口|预览区|播放器|弹窗|对话框|轨道区)(?!的)';
const IN_AREA = `(?:在|从|到|用|通过)[^，。！？]{0,10}?${AREA}[^，。！？]{0,4}?`;
/** Nouns made of the same words: effects and sounds of a video. */
const NO_EFFECT = '(?!音|声|率|量|感|动画|效果|特效|式)';

/** Chinese verbs have no forms, so who acts is looked at as well: see ACTOR and DONE. */
export const CHINESE_RULES: readonly GuiRule[] = [
	guiRule(
		'.{0,12}?(?:查看|检查|核对|前往|打开|管理)(?:一下)?(?:您的|你的|自己的)?(?:账户|账号|帐户|帐号|余额|积分|账单|套餐|订阅)',
		'credits',
	),
	guiRule(
		`.{0,24}?(?:点击|单击|双击|点选|点按|轻点|右键|点一下|点开|按下[^，。！？]{0,8}?(?:按钮|键))${NO_EFFECT}`,
		actionByName,
	),
	guiRule(`.{0,24}?(?:拖拽|拖动|拖放|拖到|拖入|拖至|拖进|拖曳)${NO_EFFECT}`, 'edit'),
	guiRule('.{0,16}?(?:导出|下载|保存|渲染)(?:按钮|图标|选项|菜单)', 'export'),
	guiRule(
		`.{0,12}?(?:打开|展开|进入|前往|切换到|转到|返回|回到|调出|唤出)[^，。！？]{0,14}?${AREA}`,
		actionByName,
	),
	guiRule(`.{0,12}?${IN_AREA}(?:预览|查看|看到|播放|观看|找到)`, 'state'),
	guiRule('.{0,12}?(?:预览|查看|看看)[^，。！？]{0,6}?(?:时间轴|时间线|预览窗口|播放器)', 'state'),
	guiRule(`.{0,12}?${IN_AREA}[^，。！？]{0,6}?(?:调整|修改|编辑|移动|裁剪|剪切|排列|微调)`, 'edit'),
	guiRule('.{0,12}?可以?(?:直接|马上|立即)?(?:导出|下载)', 'export'),
	guiRule('打开[\\s!！.。]*$', 'state'),
	guiRule('(?:导出|下载)(?!了|完成|好|成功|失败|中|过|的|格式|设置|链接|地址)', 'export'),
];

export const CHINESE_LEAD_INS: readonly string[] = [
	'(?:请|您|你|也|还|只需要?|需要?|直接|现在|就|便|然后|接着|随后|再|并且?|或者?|若要|最后|首先|先|一下|即可|尝试|记得|建议|下一步|提示|此时)',
];

/** Who acts in a scene; what they click and open is the video's content. */
export const ACTOR =
	/(?:主角|主人公|男主|女主|人物|角色|[他她]们?|用户|女孩|男孩|女子|男子|女人|男人|孩子|小孩|老人|模特|演员|顾客|观众|手指|画面|镜头|场景|片段|视频[里中]|门|盒子|机器人|猫|狗)/u;

/** A clause of theirs; the next one goes on about them. */
export const PERSONS_CLAUSE =
	/^[^\p{L}]{0,3}(?:主角|主人公|男主|女主|人物|角色|[他她]们?|用户|女孩|男孩|女子|男子|女人|男人|孩子|小孩|老人|模特|演员|顾客|机器人)/u;

/** The agent itself, or something done already. */
export const DONE = /(?:我(?!们?可以)|已|正在|将会?|自动|帮[您你]|为[您你])/u;

/** Says that the user is meant, whoever else is in the clause. */
export const TOLD_TO_USER = /(?:请|[您你](?:也|还|现在|只|就|便|直接|可|能|需|要|点|打|拖|在))/u;
