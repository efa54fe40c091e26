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

/** Units that people write behind a number, by the end of the parameter's name. */
const UNITS: ReadonlyArray<readonly [RegExp, RegExp]> = [
	[/Seconds$/, /\s*(?:s|secs?|seconds?)\.?$/i],
	[/Minutes$/, /\s*(?:m|mins?|minutes?)\.?$/i],
	[/Credits$/, /\s*credits?$/i],
	[/fps$/, /\s*(?:fps|frames(?: per second)?)$/i],
];

/** A length of time as people write it: `1:30`, or `0:01:30`. */
const CLOCK = /^(?:0{1,2}:)?(\d{1,2}):([0-5]\d)$/;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/**
 * The text of a cell: no space around it, nothing invisible in it, full-width characters as the
 * usual ones. A list of one entry, as a form's checkboxes give it, counts as that entry.
 *
 * @returns undefined for objects and for lists of several entries
 */
export function cellText(value: unknown): string | undefined {
	const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
	if (single instanceof Date) return Number.isNaN(single.getTime()) ? '' : single.toISOString();
	if (typeof single === 'number' || typeof single === 'boolean') return String(single);
	if (typeof single !== 'string') return undefined;
	return single
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim();
}

/** Whether a value is as good as none: nothing at all, or a cell of spaces. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || cellText(value) === '';
}

/** @returns undefined where a cell is neither clearly yes nor clearly no */
export function cellBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = cellText(value)?.toLowerCase() ?? '';
	const word = PLAIN.test(text) ? String(Number(text)) : text;
	if (YES.has(word)) return true;
	return NO.has(word) ? false : undefined;
}

/**
 * A number as a sheet of any country writes it: `7.5`, `7,5`, `1 500`, `1,500.50`, `15 min`, and for
 * seconds also `1:30`.
 *
 * @param name of the parameter; its end tells the unit that may stand behind the number
 * @returns `unclear` where it can be two numbers (`1,500`); undefined where it is none
 */
export function cellNumber(value: unknown, name = ''): number | 'unclear' | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value !== 'string') return undefined;
	const written = cellText(value) ?? '';
	const clock = /Seconds$/.test(name) ? CLOCK.exec(written) : null;
	if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
	const unit = UNITS.find(([end]) => end.test(name))?.[1];
	const text = unit ? written.replace(unit, '') : written;
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
	if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) return 'unclear';
	return /^[+-]?\d+,\d+$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

/** What an editor offers: the value, and the name it is shown under. */
export interface Choice {
	name: string;
	value: unknown;
}

/**
 * The choice that a cell means: by its value or by the name the editor shows, whatever the case and
 * the marks (`get_status`, `Vertical`, `vertical (9:16)`).
 *
 * @returns the choice's value, or undefined where the cell names none
 */
export function cellChoice<Value>(
	value: unknown,
	choices: ReadonlyArray<Choice & { value: Value }>,
): Value | undefined {
	const wanted = plainKey(cellText(value) ?? '');
	if (wanted === '') return undefined;
	return choices.find((choice) => keysOf(choice).has(wanted))?.value;
}

function keysOf({ name, value }: Choice): Set<string> {
	const [label = '', inner = ''] = name.split(/[()]/);
	return new Set([String(value), name, label, inner].map(plainKey).filter((key) => key !== ''));
}

/** Letters and digits alone, in lower case. */
function plainKey(text: string): string {
	return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
