import { clockSeconds, secondsInWords, secondsOfDayPart, sheetSeconds } from './durations';

/**
 * Values as spreadsheets, CSV files and forms write them. A sheet knows no types: it writes TRUE
 * for a boolean, 7,5 for a number and a label for a choice, with spaces around.
 */

/** Words that sheets and people write for a checked box, in the languages of the big sheet apps. */
const YES = new Set(
	'true yes y on t 1 x ✓ ✔ ☑ checked enabled wahr ja vrai oui verdadero sí si vero sì verdadeiro sim waar 是 真 はい 예 да истина tak prawda evet doğru'.split(
		' ',
	),
);
const NO = new Set(
	'false no n off f 0 ☐ ✗ ✘ unchecked disabled falsch nein faux non falso não onwaar nee 否 假 いいえ 아니요 нет ложь nie fałsz hayır yanlış'.split(
		' ',
	),
);
/** No, where a thing is asked for and not a decision. */
const NONE = new Set(
	'none without keine kein ohne aucun aucune sans ninguno ninguna sin nessuno senza nenhum nenhuma sem geen 无 無 なし 없음 без brak yok'.split(
		' ',
	),
);

/** Units that people write behind a number, by the end of the parameter's name. */
const UNITS: ReadonlyArray<readonly [RegExp, RegExp]> = [
	[/Credits$/, /\s*credits?$/i],
	[/fps$/, /\s*(?:fps|frames(?: per second)?)$/i],
];

/** Numbers that often have three decimals: 23.976 frames per second, 1.778 for 16:9. */
const HAS_DECIMALS = /(?:fps|Ratio)$/;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/**
 * The text of a cell: no space and no marks of a sheet around it, nothing invisible in it,
 * full-width characters as the usual ones. A list of one entry, as a form's checkboxes give it,
 * counts as that entry.
 *
 * @returns undefined for objects and for lists of several entries
 */
export function cellText(value: unknown): string | undefined {
	const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
	if (single instanceof Date) return Number.isNaN(single.getTime()) ? '' : single.toISOString();
	if (typeof single === 'number' || typeof single === 'boolean') return String(single);
	if (typeof single !== 'string') return undefined;
	return withoutQuotes(single.normalize('NFKC').replace(/[\p{Cc}\s]+/gu, ' '));
}

/** Sheets put an apostrophe before text that looks like a number, CSV files put quotes around it. */
export function withoutQuotes(text: string): string {
	return text
		.replace(/\p{Cf}/gu, '')
		.trim()
		.replace(/^(["'])(.*)\1$|^'/su, '$2')
		.trim();
}

/** Whether a value is as good as none: nothing at all, or a cell of spaces. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || cellText(value) === '';
}

/**
 * A form gives an empty list for boxes of which none is checked.
 *
 * @returns undefined where a cell is neither clearly yes nor clearly no
 */
export function cellBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (Array.isArray(value) && value.length === 0) return false;
	const text = cellText(value)?.toLowerCase() ?? '';
	const word = PLAIN.test(text) ? String(Number(text)) : text;
	if (YES.has(word)) return true;
	return NO.has(word) ? false : undefined;
}

/**
 * A number as a sheet of any country writes it: `7.5`, `7,5`, `1 500`, `1,500.50`; a time also with
 * its unit, and for seconds `1:30` and what a sheet makes of it.
 *
 * @param name of the parameter; its end tells what is counted
 * @returns `unclear` where it can be two numbers (`1,500`, `1.500`); undefined where it is none
 */
export function cellNumber(value: unknown, name = ''): number | 'unclear' | undefined {
	if (typeof value !== 'number' && typeof value !== 'string') return undefined;
	if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
	const text = cellText(value) ?? '';
	const number = typeof value === 'number' ? value : numberOf(text, name);
	if (/Seconds$/.test(name)) {
		const ofDay = typeof number === 'number' ? secondsOfDayPart(number) : undefined;
		return ofDay ?? number ?? clockSeconds(text) ?? secondsOf(text);
	}
	if (number !== undefined || !/Minutes$/.test(name)) return number;
	const seconds = secondsOf(text);
	return typeof seconds === 'number' ? seconds / 60 : seconds;
}

function secondsOf(text: string): number | 'unclear' | undefined {
	return sheetSeconds(text) ?? secondsInWords(text, (number) => numberOf(number));
}

function numberOf(written: string, name = ''): number | 'unclear' | undefined {
	const unit = UNITS.find(([end]) => end.test(name))?.[1];
	const text = unit ? written.replace(unit, '') : written;
	if (/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text) && !HAS_DECIMALS.test(name)) return 'unclear';
	if (PLAIN.test(text)) return Number(text);
	if (/^[+-]?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?$/.test(text)) {
		return Number(text.replace(/[ '’]/g, '').replace(',', '.'));
	}
	if (/^[+-]?\d{1,3}(?:,\d{3})+\.\d+$|^[+-]?\d{1,3}(?:,\d{3}){2,}$/.test(text)) {
		return Number(text.replaceAll(',', ''));
	}
	if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d+$|^[+-]?\d{1,3}(?:\.\d{3}){2,}$/.test(text)) {
		return Number(text.replaceAll('.', '').replace(',', '.'));
	}
	return /^[+-]?\d+,\d+$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

/** What an editor offers: the value, and the name it is shown under. */
export interface Choice {
	name: string;
	value: unknown;
}

/**
 * The choice that a cell means: by its value or by the name the editor shows, whatever the case and
 * the marks (`get_status`, `Vertical`, `vertical (9:16)`). Where there are on and off, a boolean of
 * any kind means them.
 *
 * @returns the choice's value, or undefined where the cell names none
 */
export function cellChoice<Value>(
	value: unknown,
	choices: ReadonlyArray<Choice & { value: Value }>,
): Value | undefined {
	const wanted = plainKey(cellText(value) ?? '');
	const isOn = NONE.has(wanted) ? false : cellBoolean(value);
	const onOrOff = isOn === undefined ? '' : isOn ? 'on' : 'off';
	return [wanted, onOrOff]
		.map((key) => choices.find((choice) => keysOf(choice).has(key))?.value)
		.find((found) => found !== undefined);
}

function keysOf({ name, value }: Choice): Set<string> {
	const [label = '', inner = ''] = name.split(/[()]/);
	return new Set([String(value), name, label, inner].map(plainKey).filter((key) => key !== ''));
}

/** Letters and digits alone, in lower case. */
function plainKey(text: string): string {
	return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
