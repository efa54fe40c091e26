import { maskQuotes } from '../quotes';
import { coverLabeled } from './labels';
import { coverUrls } from './messageUrls';
import { coverPictures } from './plainWords';

/** Longer messages are scripts; what they say stays as it is. */
const LONGEST = 600;

/** Where such words end: before the end of the clause, or before another order. */
const END =
	"(?=[^\\p{L}\\p{N}\\p{M}]*$|\\s*[^\\p{L}\\p{N}\\p{M}\\s'’]|\\s+(?:and|but|just|please|then|y|e|et|und|en|и|i)(?!\\p{L}))";

const FILES = 'photos?|pics|pictures|files|clips';

/** That nothing is to be changed, and what is wanted before the work goes on. */
const SPACED = [
	"(?:(?:do not|don['’]?t|without|no need to) (?:chang|touch|edit|alter)(?:e|ing)? anything|nothing(?: else| more)? to change)(?: else| more| further)?(?: please| now)?",
	"(?:i (?:do not|don['’]?t) (?:want|need) any|no|without)(?: any| more| further| other)* (?:changes?|edits)(?: needed| please)?",
	'(?:leave|keep) (?:everything|it all|it) (?:just |exactly )?(?:as (?:it )?is|unchanged)',
	"(?:please )?(?:do not|don['’]?t) (?:start|begin|make|do|create|generate)(?: (?:it|anything|the video))?(?: (?:yet|now|for now))?",
	`(?:and )?i(?:['’]?ll| will) (?:tell you|let you know|explain|send (?:you )?(?:more|the rest|others?))(?: (?:${FILES}|more|later|tomorrow|soon|tonight|then|in a (?:bit|minute)|what i want))*`,
	`(?:there (?:are|is) )?more (?:${FILES}) (?:are )?(?:coming|to come|to follow)(?: soon)?`,
	'(?:mach|macht|machen sie)(?: bitte)? noch nichts|noch nicht (?:anfangen|starten|loslegen)|warte(?: bitte)?(?: noch)?|ich schick(?:e)? (?:dir )?(?:gleich |noch )*(?:mehr )?(?:bilder|fotos|dateien)',
	'no hagas nada(?: todavía| aún)?|espera(?: un momento)?|aún no empieces|no empieces(?: todavía| aún)?',
	'não (?:faça|faz|comece|começa)(?: nada)?(?: ainda)?|espera(?: aí)?|ne (?:commence|commencez|fais|faites) (?:pas|rien)(?: encore)?|attends|attendez',
	'non (?:iniziare|fare)(?: (?:ancora|niente))*|aspetta',
	'подожди(?:те)?|не начинай(?:те)?(?: пока)?|ничего не делай(?:те)?(?: пока)?',
	'(?:jangan|jgn|tunggu)(?: (?:mulai|buat))?(?: dulu)?(?: (?:kak|ya|min|gan|bang|mas|mbak))?',
	'before (?:anything else|(?:you|we|i) (?:(?:make|do|change|start|add) (?:anything|something)(?: else| more)?|go on|continue|start))',
	'sin(?: más)? cambios|no (?:cambies|toques) nada(?: más)?|antes de (?:seguir|continuar)',
	'sem(?: mais)? (?:mudanças|alterações)|não (?:mude|mexa em) (?:mais )?nada',
	'sans (?:changements?|modifications?|rien changer)|ne (?:changez?|touchez?) (?:plus )?(?:à )?rien|avant de (?:continuer|commencer)',
	'senza (?:altre )?modifiche|non (?:cambiare|toccare) (?:più )?(?:niente|nulla)',
	'(?:keine|ohne)(?: weiteren)? änderungen(?: mehr)?|nichts (?:mehr )?ändern|ändere? nichts(?: mehr)?|bevor wir weitermachen',
	'(?:geen|zonder) (?:verdere )?wijzigingen(?: meer)?|verander niets(?: meer)?',
	'без (?:изменений|правок)|ничего (?:больше )?не (?:меняй|трогай)(?:те)?',
	'bez (?:żadnych )?zmian|nic (?:więcej )?nie zmieniaj',
	'tanpa perubahan|jangan ubah apa-?apa(?: lagi)?',
	'(?:không|đừng) (?:thay đổi|sửa)(?: (?:gì|thêm|nữa))+',
	'بدون (?:أي )?(?:تعديل|تغيير)(?:ات)?|لا تغير أي شيء',
];
/** The same in languages whose orders stand behind it. */
const BEFORE_VERB = [
	'hiçbir şeyi değiştirme(?:den)?|değişiklik (?:yapmadan|olmadan|yok)',
	'बिना (?:किसी )?बदलाव(?: के)?|kuch mat badlo',
];
/** The same where no spaces part the words; in Chinese an object may not follow. */
const UNSPACED = [
	'(?:不用|不需要|[无無]需|不必|不要|[别別]|不)(?:再|做|作|任何)*(?:修改|改[动動]?|[调調]整|[动動])(?:任何)?(?:[东東]西|[内內]容)?(?:[了啦]+吧?|(?=\\s*(?:$|\\p{P}|直接|就|[请請给給导導汇匯下发發])))',
	'(?:先|[暂暫][时時])?(?:别|別|不要|不用)(?:急着|急著)?(?:[开開]始|做|弄|生成)(?![\\p{Script=Han}])|等(?:一下|等|[会會][儿兒]?)(?![\\p{Script=Han}])',
	'(?:导出|導出|匯出|汇出|下载|下載)(?:之前|以前|前)(?=\\s*\\p{Script=Han})',
	'(?:[开開]始|[继繼][续續])(?:之前|以前)(?=[\\s\\p{P}])',
	'(?:変更|修正)(?:なし|せずに?|は?不要)(?:で|の(?=まま))?|何も(?:変えずに|変えないで(?:ください)?)',
	'(?:더 ?(?:이상 )?)?(?:수정|변경)\\s?(?:없이|하지 ?(?:말고|마세요))|아무것도 바꾸지 ?(?:말고|마세요)',
];

const ASIDES = [
	new RegExp(`(?<![\\p{L}\\p{M}])(?:${SPACED.join('|')})${END}`, 'giu'),
	new RegExp(`(?<![\\p{L}\\p{M}])(?:${BEFORE_VERB.join('|')})(?![\\p{L}\\p{M}])`, 'giu'),
	new RegExp(UNSPACED.join('|'), 'gu'),
];

/**
 * Covers what a message says of work that is not wanted: that nothing is to be changed, or that
 * something comes before the work goes on. It is no wish, whatever verb it has.
 *
 * @returns a text of the same length
 */
export function coverAsides(message: string): string {
	if (message.length > LONGEST) return message;
	return ASIDES.reduce(
		(text, aside) => text.replace(aside, (words) => ' '.repeat(words.length)),
		message,
	);
}

/** A message with what is no request of its own covered, character for character. */
export function asRead(message: string): string {
	return coverLabeled(coverAsides(coverUrls(maskQuotes(coverPictures(message)))));
}
