import { anyOf } from '../wordList';
import { actionByName, guiRule, type GuiRule, type SuggestedAction } from './rules';

/** Up to three marks around a button's name. */
const MARK = String.raw`["'“‘「【\[*_<\x60]{0,3}`;
const THE = String.raw`(?:the |your |an? |its )?`;
/** A few words between article and noun. */
const FEW = String.raw`(?:[^\s.,]{1,20} ){0,3}?`;
/** The rest of the clause up to something. */
const LATER = '[^.!?]{0,80}?';

const BUTTON =
	'export|download|render|save|share|publish|generate|apply|burn|play|preview|upload|upgrade';
const WIDGET = 'button|panel|menu|toolbar|sidebar|dropdown|slider|checkbox';
const AREA = anyOf(
	`panels? menus? tabs? sidebar side_bar toolbar drawer inspector dialog(?:ue)? dropdown drop-down
	settings editor timeline dashboard workspace media_(?:bin|library|pool) asset_library
	preview_window player account billing`,
);
const PLACE = anyOf(
	`timeline preview(?:_window|_panel|_area)? panel sidebar toolbar inspector canvas sliders? handles?
	playhead workspace (?:audio|video|text|title|music|bgm)_track`,
);
const INTO = anyOf('in on onto into to along within from using via with through inside');
/** Where a mouse works; words that scenes use as well (player, mouse) only after few prepositions. */
const IN_EDITOR = String.raw`\b(?:(?:${INTO}) (?:the |your |its |our )?(?:[\p{L}-]+ ){0,2}(?:${PLACE})|(?:in|inside|from|using|via) (?:the |your )?(?:[\p{L}-]+ ){0,2}(?:editor|player|mouse|media library))\b`;
const VIDEO = anyOf(
	'videos? clips? results? edits? changes cut draft timeline project movie files? mp4 version promo reel',
);
const OWN_VIDEO = String.raw`(?:it|this|that|them|everything|changes|(?:the|your|my|this|that|all)(?: [\p{L}\d-]+){0,3}? (?:${VIDEO}))\b`;
const PIECE =
	'(?:clips?|segments?|titles?|text|layers?|playhead|tracks?|sliders?|elements?|handles?|blocks?)';

/** Words after which `the export button` is where it's looked for. */
const AFTER_WIDGET = String.raw`(?=$|[^\p{L}\s]| (?:to|in|on|at|for|if|when|below|above|here)\b)`;
const DROPPED = String.raw`(?:it|them|this|(?:the|your|any|more) (?:[\p{L}-]+ ){0,2}?(?:clips?|files?|images?|photos?|videos?|media|assets?|tracks?))`;
const CHECK = anyOf('check visit review view see open manage look_at go_to head_to');
const DONE = anyOf('moved previewed opened found adjusted edited accessed seen viewed trimmed');
const GO = anyOf('go head navigate switch jump scroll return move proceed');

/** Tried on a clause whose lead-in is gone, so that the verb stands first. */
export const ENGLISH_RULES: readonly GuiRule[] = [
	guiRule(
		String.raw`(?:${CHECK})(?: on| out)? (?:(?:your |the )?(?:\p{L}+ )?(?:account|billing|subscription|credit balance)|your (?:\p{L}+ )?(?:credits?|plan|balance))\b`,
		'credits',
	),
	guiRule(
		String.raw`(?:(?:double|right|left)?[- ]?click|tap)\b(?! ?(?:sounds?|tracks?|noises?|through|bait|rates?|danc\p{L}*|water|shoes)\b)(?!-)`,
		actionByName,
	),
	guiRule(
		`(?:press|hit|select|choose|pick|push|toggle|enable|tick) (?:on )?${THE}${FEW}${MARK}(?:(?:${BUTTON})\\b(?! (?:the|an?|of)\\b)|(?:[^\\s.,]{1,20} ?)?(?:${WIDGET})\\b)`,
		actionByName,
	),
	guiRule(
		`(?:use|find|locate|look for|see|notice) ${THE}${FEW}${MARK}(?:(?:${BUTTON})${MARK} (?:button|option|icon|tab|menu)\\b|(?:[^\\s.,]{1,20} ?)?(?:${WIDGET}|tab)s?\\b${AFTER_WIDGET})`,
		actionByName,
	),
	// The name of a button and nothing else.
	guiRule(
		`(?:the |your )?${MARK}(?:${BUTTON})${MARK} (?:button|icon)${MARK}[\\s!.:]*$`,
		actionByName,
	),
	guiRule(
		`use ${THE}(?:timeline|preview(?: window| panel| area| player)?|player|editor|inspector|sidebar|toolbar|playhead) (?:to|for|and) (?:(?:preview|watch|view|see|check|play|review|inspect)(?:ing)?\\b)`,
		'state',
	),
	guiRule(
		`use ${THE}(?:timeline|editor|inspector|sidebar|toolbar|playhead|handles?|sliders?) (?:to|for|and) (?:adjust|edit|trim|cut|split|move|arrange|rearrange|resize|change|fine-?tune|tweak)(?:ing)?\\b`,
		'edit',
	),
	guiRule('open[\\s!.]*$', 'state'),
	guiRule('(?:select|choose|pick) (?:mp4|mov|1080p|720p|4k)\\b', 'export'),
	guiRule(
		String.raw`drag(?:(?: and |[-/ ]|\s?&\s?)drop)?\b(?! ?(?:rac\p{L}*|queens?|shows?|strips?|nets?|kings?|on)\b)(?!-)`,
		'edit',
	),
	guiRule(
		`drop (?:${DROPPED} ?)?(?:here\\b|(?:in|on)?to (?:the|your|this) (?:\\p{L}+ )?(?:timeline|track|canvas|editor|panel|chat|box|area|window)\\b|(?:in|on) the (?:timeline|track|canvas|editor|panel)\\b)`,
		'edit',
	),
	guiRule(
		`(?:move|arrange|rearrange|re-arrange|reorder|resize|reposition|rotate|scrub) (?:(?:the|your|any|each|this|these|all)(?: [\\p{L}-]+){0,2}? ${PIECE}|(?:it|them) (?:around|left|right|up|down))\\b`,
		'edit',
	),
	guiRule(
		`(?:move|arrange|rearrange|reorder|resize|reposition|trim|cut(?! to)|split|adjust|edit|fine-?tune|tweak|change|scrub|modify|customi[sz]e|work)\\b${LATER}${IN_EDITOR}`,
		'edit',
	),
	guiRule(
		`(?:preview|watch|view|see|find|check(?: out)?|play|review|look at|notice|inspect)\\b${LATER}${IN_EDITOR}`,
		'state',
	),
	guiRule(`(?:preview|play back) ${OWN_VIDEO}`, 'state'),
	guiRule(
		'(?:check|view|see|inspect|look at) (?:out )?(?:the|your) (?:timeline|preview|editor|dashboard)\\b(?! of)',
		'state',
	),
	guiRule(
		`(?:open|expand|launch|bring up)(?: up)? ${THE}${FEW}${MARK}(?:(?:${AREA})\\b(?! of)|your project\\b)`,
		actionByName,
	),
	guiRule(
		`(?:${GO})(?: back| over| on| up| down)? (?:to|into) ${THE}${FEW}${MARK}(?:(?:${AREA}|export|profile|preferences|subscription)\\b(?! of)|(?:exports?|downloads?|project|render) page\\b)`,
		actionByName,
	),
	guiRule(
		`(?:export|download) (?:${OWN_VIDEO}|now\\b|from\\b|as an? (?:mp4|mov|video)\\b|to (?:mp4|mov)\\b|in (?:mp4|mov|hd|4k|1080p)\\b|at (?:1080p|720p|4k)\\b|when(?:ever)?\\b)`,
		'export',
	),
	guiRule(String.raw`(?:export|download)[\s!.]*$`, 'export'),
	guiRule(
		`(?:the |your |there(?:['’]s| is) (?:an? |the )?|an? )${FEW}${MARK}(?:${BUTTON})${MARK} (?:button|icon|tab|menu|panel|option)${MARK} (?:is|sits|can|will|lives|appears|in|at|on|to|above|below|lets)\\b`,
		actionByName,
	),
	guiRule(
		`(?:[^\\s.,!?]+ ){1,8}?can (?:now |also |then |easily )?be (?:(?:exported|downloaded|dragged|dropped)\\b|(?:${DONE})\\b${LATER}${IN_EDITOR})`,
		actionByPassive,
	),
	guiRule(
		`(?:by (?:simply |just )?)?(?:clicking|tapping|pressing|dragging|opening|selecting|going to)\\b${LATER}\\b(?:${BUTTON}|${AREA}|button|slider|handles?|icon)\\b`,
		actionByName,
	),
];

function actionByPassive(order: string): SuggestedAction {
	if (/be (?:exported|downloaded)/iu.test(order)) return 'export';
	return /be (?:previewed|opened|found|accessed|seen|viewed)/iu.test(order) ? 'state' : 'edit';
}

/** What may stand before the verb of an order, piece by piece. */
export const ENGLISH_LEAD_INS: readonly string[] = [
	`(?:${anyOf(
		`and or but so then also next first second third finally lastly last afterwards alternatively
		otherwise instead now once_done when_done please kindly just simply either maybe directly easily
		quickly here below that`,
	)})\\b`,
	"(?:you|we)(?:['’]ll| will)? (?:(?:can|could|may|might|should|must|would|will|need to|have to|want to|be able to|only need to|just need to)\\b ?){1,2}",
	"you(?:['’]ll| will)? (?=find|see|notice|click|open|drag)",
	"(?:feel free|be sure|make sure|remember|don['’]t forget|try|go ahead|it['’]s time|time|be able|all (?:that )?you (?:need|have)(?: to do)?(?: is)?)\\b(?: to| and)?",
	'(?:step \\d{1,2}|(?:pro |quick )?tip|note|hint|next steps?)\\b ?[:.)]?',
];
