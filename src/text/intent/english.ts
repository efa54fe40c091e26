import { intentRule, type IntentRule } from './rules';
import { anyOf } from '../wordList';

/** What NemoVideo makes, as users call it. */
const RESULT =
	'(?:(?:video|mp4|mov)(?: file)?|movie|film|result|cut|file|promo|reel|short|ad|edit|project|version|render|export|output|thing)s?';
const FINISHED =
	'(?:(?:final|finished|full|complete|completed|whole|entire|rendered|exported|resulting|new|current|edited|last|latest|hd|vertical|promo) )*';
const THE_RESULT = `(?:it|this|that|everything|all of it|(?:(?:the|my|our|this|that) )?${FINISHED}${RESULT})`;
/** What may follow the result in an order to hand it over. */
const HOW_WORDS = anyOf(
	`as at again asap now please file link url when once with without today via by_email over
	so_(?:i|we)_can for_(?:me|us|youtube|instagram|tiktok|download)`,
);
const FORMAT = anyOf('mp4 mov gif hd 4k 1080p? 720p full high best my me us \\d disk file');
const HOW = `(?:$| (?:${HOW_WORDS}|(?:in|to|as) (?:an? )?(?:${FORMAT})(?!.* (?:with|and) (?:a|an|new|more)\\b)))`;
const SUBTITLES =
	'(?:(?:the|my|a|just|only|all|an) )*(?:srt|vtt|webvtt|subtitles?|captions?|transcript)(?: (?:files?|tracks?|only|format|as|in|to|srt|vtt)\\b.*)?$';

const NOT = anyOf(
	"do_not don['’]?t never not no_need_to without stop cancel abort hold_off(?:_on)? hold wait_(?:with|before) skip no",
);

const EXPORTED = anyOf(
	`it this that them all everything now again as to in at with without the my our an? final full
	video the_video mp4 mov gif hd 4k 1080p? 720p vertical horizontal for and only what whatever \\d`,
);
const RUN = anyOf(
	`do start begin run make hit press click tap trigger go_ahead_with move_on_to finish launch
	perform get give_me i_want i_need want need redo proceed_with continue_with`,
);
const HAND_OVER = anyOf('send give e?mail get hand deliver share fetch grab pass have receive');

const REPORT = anyOf('show check get give tell see view report update');
const LOOK = anyOf('show list display see view print describe summari[sz]e get give tell check');
const STATE_OF = anyOf(
	'current project video session job render export overall timeline generation',
);
const AFTER_STATUS = `(?:update|report|check|now|of (?:it|(?:the|my|this|our) (?:video|project|session|edit|render|timeline|job|generation)))`;
const AFTER_TRACKS = anyOf(
	`summary list now so_far again there overview do_we_have we_have are_there
	in_(?:it|the_(?:video|timeline|project))`,
);
const IN_IT = anyOf(
	`in_it in_there in_(?:the|my)_(?:video|project|draft|timeline|edit) on_the_timeline there
	going_on happening done the_(?:length|duration|plan_so_far)`,
);
const ADDED = anyOf(
	'music song soundtrack subtitles captions voice-?over narration audio sound titles? text clips transitions',
);
const HEARD_OR_READ = anyOf('music subtitles captions a_voice-?over audio sound titles');
const ON_IT = '(?:in|on) (?:it|there|the (?:video|timeline))';
const WORKED_ON = anyOf(
	'it the_video my_video that everything we you the_edit the_generation the_clip',
);
const WORK = anyOf('done ready finished complete completed working generating processing running');

const UPLOADED = anyOf(
	`it this these them those the my our some a an more another all files? photos? images? pictures?
	pics videos? clips? media assets? footage music songs? audio logo here from via by \\d+
	two three four five several https?`,
);
const PUBLISHED_AT =
	'(?:youtube|tiktok|instagram|facebook|drive|google|dropbox|(?:my|our) (?:channel|site|website|page))';
const OF_VIDEO = anyOf('transition icon animation button bar style effect screen scene');
const HERE_ARE = anyOf(
	`here(?:['’]?s|_is|_are|_you_go) (?:these|those)_are this_is(?=_(?:my|our|the))
	i(?:['’]?m|_am|_have|['’]?ve)?(?:_just)?_(?:send|sending|attach(?:ed|ing)?|upload(?:ed|ing)?|sent|adding|added)
	send(?:ing)?(?=_(?:you|some|my|our|over)) sending attached(?:_are|_is)?
	(?:please_)?(?:find|see)_attached`,
);
const HOW_MANY = anyOf(
	'you my our the some all a an few couple of these more \\d+ two three four five six',
);
const MATERIAL = anyOf(
	`photos? images? pictures? pics? files? videos? clips? footage assets? media logos? songs? music
	track material screenshots? shots recordings? voice-?over link url`,
);

/** How the order of an edit begins. */
const EDIT = anyOf(
	`add make create generate build produce change remove delete drop trim cut crop speed slow replace
	swap insert put use turn set increase decrease lower raise reduce mute fade merge split reorder
	rearrange move translate caption subtitle write apply fix shorten lengthen extend loop rotate flip
	zoom blur start end keep show include adjust brighten darken color colour mix duck animate resize
	convert regenerate redo try give align center centre enlarge boost sharpen stabili[sz]e combine
	join narrate dub overlay place edit update tweak improve undo revert
	louder quieter longer shorter bigger smaller faster slower i_(?:want|would_like)
	i_need(?!_(?:it|this|that)_(?:by|for|before|until|asap|today|tonight|now|soon)\\b)
	the_(?:title|music|video|clip|text|logo|voice)\\b.*\\b(?:should|must|needs?|is_too) title: text:`,
);

/** Tried in this order on a clause in lower case, without its lead-in and without a closing please. */
export const ENGLISH_INTENTS: readonly IntentRule[] = [
	intentRule(
		'credits',
		'(?:how (?:many|much)|what)\\b.*\\b(?:credits?\\b|cost|charged?\\b|price)(?!.*\\b(?:roll|scene|title|at the end))',
		'how (?:many|much)(?: (?:is|are|do i have|have i got|credits?))?(?: still)? (?:left|remaining)(?: (?:on|in) (?:my|the|our|this) account)?$',
		'(?:do|have) (?:i|we) (?:have |got )?enough credits?',
		'(?:am i|are we) (?:out of|running (?:low|out)(?: on| of)?) credits?',
		'(?:buy|top up|purchase|recharge|get)(?: (?:some|more|my|extra|the))* credits?$',
		'add (?:some |more )?credits? to (?:my|the|our) (?:account|balance)',
		'top ?-?up$|recharge$|have (?:i|we) (?:run|ran) out\\b',
		'(?:did|does|do|will|would|is|has)\\b.*\\b(?:cost|costs|use|charge|spend|spent|free|take)\\b.*\\bcredits?\\b',
	),
	intentRule(
		'subtitles',
		`(?:re-?)?(?:export|download|get|save|give me|send me) ${SUBTITLES}`,
		'(?:(?:the|my) )?(?:srt|vtt|subtitles?|captions?) files?$',
	),
	intentRule(
		'notExport',
		`(?:${NOT})(?: (?:the|you|to|a|an|any|yet|just|my))*(?: (?:export|download|render)(?:ing|s)?\\b)`,
	),
	intentRule(
		'aside',
		"(?:before|until|once|when|after|as soon as) (?:you |i |we |it is |it['’]s )?(?:export|download|render)(?:ing|ed)?\\b",
	),
	intentRule(
		'state',
		'(?:why|when|how long|how much longer|what|how big)\\b.{0,40}\\b(?:export|render|download)',
	),
	intentRule(
		'export',
		`(?:re-?)?export(?:ing)?(?:$| (?:${EXPORTED})\\b)`,
		`(?:the |my |an? )?(?:final |video )?(?:export|download)(?: (?:link|url|file|video|mp4|it|please|version))?$`,
		`(?:the |my )?export (?:failed|did(?: not|n['’]?t)|is stuck|got stuck|timed out|does(?: not|n['’]?t) work|again)`,
		`(?:is|has|are)(?: the| my| your)? (?:export|render|download)(?:ing)?\\b`,
		`(?:${RUN})(?: (?:an?|the|my|another|your|final|video|new|to))* (?:export|render|download)(?:ing)?(?:$| (?:link|file|now|process|job))`,
		`download(?:ing)?(?: (?:link|video|mp4|${THE_RESULT}))?${HOW}`,
		`(?:${HAND_OVER})(?: (?:me|us|over|back))*(?: (?:the|my|our|that|this))(?: (?:download )?link(?: to)?(?: the)?)? ?${FINISHED}(?:${RESULT}|)${HOW}`,
		`(?:show|see|watch)(?: me| us)? (?:the|my|our) ${FINISHED}${RESULT}$`,
		`(?:send|give|e?mail|hand|deliver|share|pass) (?:it|this|that)(?: (?:over|back|to (?:me|us)|by email|now))*$`,
		`(?:send|give|e?mail|get|hand) (?:me|us) (?:it|(?:the )?(?:${FINISHED}${RESULT}|(?:download )?link))${HOW}`,
		`(?:send|get) (?:video|mp4|file|link|download link)$`,
		`(?:an? |the )?mp4(?: file)?$`,
		`(?:send|give|get|hand|have|show|see|want|need|i want|i need)(?: me| us)? (?:the|my|our) (?:(?:final|finished|completed?|rendered|exported) )+clip$`,
		`i(?:['’]d| would)? (?:want|need|like|take) (?:the|my) ${FINISHED}${RESULT}$`,
		`(?:i )?(?:want|need) (?:the|my) ${FINISHED}${RESULT}$`,
		`where(?:['’]?s| is| are| can i find) (?:the|my) ${FINISHED}(?:${RESULT}|download|link|download link)$`,
		`(?:can|could) (?:it|this|the video) be (?:exported|downloaded)`,
		`render(?:ing)?(?:$| (?:now|it|this|(?:the |my )?${FINISHED}${RESULT})(?: out)?(?:$| (?:now|for (?:me|us)|as|in (?:hd|full|high|4k|1080p?|720p)|at|to mp4)))`,
		`save (?:it|this|(?:the|my) ${FINISHED}${RESULT}) (?:as|to|in|on) (?:an? |my |the )?(?:mp4|mov|file|disk|computer|device|phone|drive|hd|laptop)`,
	),
	intentRule(
		'state',
		`(?:(?:${REPORT})(?: me| us)?(?: on)? )?(?:what(?:['’]?s| is) )?(?:(?:the|my|our|its|a|any) )?(?:(?:${STATE_OF}) )*(?:status|state|progress)(?: ${AFTER_STATUS})*$`,
		`(?:${LOOK}|what(?:['’]?s| is| are))(?: me| us)?(?: (?:all|the|my|current|our|of|about))* (?:tracks?|timeline|layers|segments|track list)(?: (?:${AFTER_TRACKS}))*$`,
		`(?:how many|which|what) (?:tracks?|clips|titles|layers|segments|files|photos|images|music|song)\\b(?! (?:should|would|could|can|goes|fits))(?:.{0,30}\\b(?:are|do|have|is|does|did|used|left)\\b|$)`,
		`(?:show|tell)(?: me| us)? what(?:['’]?s| is| we| you| has| have)(?: \\w+){0,4}$`,
		`what(?:['’]?s| is) (?:${IN_IT})(?: (?:so far|now|right now|currently|yet|of (?:it|the video)))*$`,
		`what (?:do|have|did|has) (?:we|you|i|been|it)(?: (?:have|got|done|do|change|changed|made|make|so far|now|right now|been))*$`,
		`(?:is|are) there (?:(?:already|any|some|a|still|now) )*(?:${ADDED})(?: (?:already|now|yet|so far|(?:in|on) (?:it|there|the (?:video|timeline|project|edit))))*$`,
		`(?:does|do|has|have) (?:it|the (?:video|timeline|edit|project)|my video|we)(?: already| have| got| any| some)+ (?:${HEARD_OR_READ})(?: (?:already|now|yet|so far|${ON_IT}))*$`,
		`where are we(?: (?:now|at|with (?:it|this|the video)))*$`,
		`how(?:['’]?s| is| does| are)(?: (?:it|the video|my video|things|everything|that))(?: (?:going|look|looking|coming|along|coming along|progressing|now|so far))+$`,
		`how far (?:along )?(?:are|is|have|has)\\b.{0,30}$`,
		`(?:is|are|has|have)(?: (?:${WORKED_ON}))(?: (?:all|still|already))*(?: (?:${WORK}))+(?: (?:yet|now|already|on it|with it))*$`,
		`how long is (?:it|the video|my video|the timeline|the edit)(?: (?:now|so far|right now|currently))*$`,
		`what (?:does|do|did) (?:it|the (?:video|timeline|edit|draft|project)) look like(?: (?:now|so far))?$`,
		`list (?:(?:all|the|my) )*(?:clips|titles|files|photos)$`,
		`(?:(?:show|see|open|get|play|watch)(?: me| us)? )?(?:(?:the|a|my) )?preview(?: (?:now|again|please))*$`,
		`any (?:progress|updates?|news)(?: (?:on|with|about|for) (?:it|this|(?:the|my) (?:video|project|edit|render)))?$`,
		`(?:current |full )?(?:timeline|tracks?|track list|timeline summary|summary)(?: (?:of|for) (?:it|(?:the|my) (?:timeline|video|project)))?$`,
		`what(?:['’]?s| has| is)? (?:been )?(?:changed|new|different)$`,
	),
	intentRule(
		'upload',
		`upload(?:ing|s)?(?:$| (?!.*\\bto ${PUBLISHED_AT})(?:${UPLOADED})\\b(?! (?:${OF_VIDEO})))`,
		`(?:${HERE_ARE})(?: (?:${HOW_MANY}))*(?: \\p{L}+){0,3}? (?:${MATERIAL})(?: (?:of|for|from|to)(?: \\p{L}+){1,4}| \\p{L}+)?$`,
		`(?:add|attach|import)(?: (?:this|these|those|the attached))(?: \\p{L}+)? (?:photos?|images?|pictures?|files?|videos?|clips?|assets?|media)$`,
		`(?:(?:i|we)(?:['’]ve got| have| got) )(?:.{1,40} )?to upload$`,
		`(?:add|attach|import|use|bring in) (?:my|our) own (?:photos?|images?|pictures?|pics|files?|videos?|clips?|footage|music|songs?|logos?)$`,
		`(?:see |find )?attached$|here you go$|here (?:they are|it is)$`,
	),
	intentRule('edit', `(?:${EDIT})\\b`),
];

/** Words of which a question for the balance consists. */
export const CREDIT_WORDS = new Set(
	"a about account amount any are available balance can check checking could count credit credits current currently display do does enough for free frozen get give got has have how i in is know left let like look low many me more much my need nemo nemovideo now number of on our out please query quota remain remaining running see show so far spent still tell the there this to token tokens how's hows it's total up used us view want was we what what's whats would you your i'd".split(
		' ',
	),
);
export const CREDIT_NOUN = /\b(?:credits?|balance|quota|tokens (?:do|are|left|remain))\b/u;

const COURTESIES = anyOf(
	`please pls plz kindly thanks thank_you hey hi hello nemo nemovideo hmm um
	ok okay yes yep yeah yup sure fine no nope great perfect cool nice good awesome alright all_right
	now then just so well also finally next first and but or after_that afterwards again once_more
	immediately directly quickly simply maybe perhaps actually`,
);
const POLITE_FORMS = anyOf(
	`(?:can|could|would|will)_(?:you|u|i|we|somebody) may_i shall_(?:we|i) should_(?:we|i)
	(?:i|we)(?:['’]ll|_will|['’]m_going_to|_am_going_to) you_(?:can|may|should|could)
	i_(?:want|need|would_like|wish|have)(?:_you)?_to i['’]?d_(?:like|love)(?:_you)?_to i_wanna
	i_think_(?:(?:we|you|i)_(?:can|should)|it['’]?s_time_to) (?:want|need|try|like|be_able)_to
	(?:(?:i|we)(?:['’]?m|['’]?re|_am|_are)_|it['’]?s_|it_is_)?(?:ready|time|good)_to
	let['’]?s let_(?:us|me) help_me(?:_to)? go_ahead(?!_with)(?:_and)? feel_free_to do_you_mind
	how_(?:do|can|could|should)_(?:i|we) how_to where_(?:can|do)_(?:i|we) is_it_possible_to`,
);
/** What stands before the verb of a request. */
export const ENGLISH_LEAD_IN = new RegExp(`^(?:${COURTESIES}|${POLITE_FORMS})\\b[\\s,!.:…-]*`, 'u');

/** What stands after a request and says nothing more. */
export const ENGLISH_TAIL =
	/[\s,]+(?:please|pls|plz|now|thanks|thank you|thx|for me|for us|asap|right now|immediately|already|then|too|ok|okay|right away|at once|if you can|when you can|today|straight away)$/u;
