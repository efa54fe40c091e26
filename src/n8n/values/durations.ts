/** Units of time by how they begin, in the languages of the big sheet apps; in seconds. */
const TIME_UNITS: ReadonlyArray<readonly [RegExp, number]> = [
	[/^(?:s|(?:sec|sek|seg|сек)\p{L}*|秒钟?)$/iu, 1],
	[/^(?:m|(?:min|мин)\p{L}*|分钟?)$/iu, 60],
	[/^(?:h|hrs?|hours?|stunden?|heures?|horas?|ore)$/iu, 3_600],
];
const QUANTITY = /([\d.,]+) ?(\p{L}+)\.?(?: |,|and|und|et)*/uy;

/** `1:30` and `0:01:30`; a sheet calls the first hour of a day 12 AM. */
const CLOCK = /^(?:(?:0{1,2}|12(?=.* ?am$)):)?(\d{1,2}):([0-5]\d)(?:\.0+)?(?: ?am)?$/i;
/** The day that spreadsheets count their times from. */
const SHEET_TIME = /^(?:1899-12-3[01]|1900-01-0[01])[T ](\d{2}):(\d{2}):(\d{2})/;

const SECONDS_A_DAY = 86_400;
/** The longest time that a fraction of a day is taken for. */
const MAX_SECONDS = 600;
/** How far off a whole second a sheet's decimals may be. */
const ROUNDING = 0.05;

/** The seconds since midnight of a time of day that a sheet made of `9:16` or `0:00:30`. */
export function sheetSeconds(text: string): number | undefined {
	const [, hours, minutes, seconds] = SHEET_TIME.exec(text) ?? [];
	if (hours === undefined) return undefined;
	return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

/**
 * A length of time that says itself what it is counted in: `2 minutes`, `1m30s`, `PT30S`.
 *
 * @param read reads the number before a unit
 * @returns seconds; undefined for anything else, a plain number among it
 */
export function secondsInWords(
	text: string,
	read: (number: string) => number | 'unclear' | undefined,
): number | 'unclear' | undefined {
	const quantities = text.replace(/^PT(?=\d)/i, '');
	let seconds = 0;
	for (QUANTITY.lastIndex = 0; QUANTITY.lastIndex < quantities.length;) {
		const [, number = '', unit = ''] = QUANTITY.exec(quantities) ?? [];
		const factor = TIME_UNITS.find(([pattern]) => pattern.test(unit))?.[1];
		if (factor === undefined) return undefined;
		const count = read(number);
		if (typeof count !== 'number') return count;
		seconds += count * factor;
	}
	return seconds;
}

/** `1:30`, as a length of time in seconds. */
export function clockSeconds(text: string): number | undefined {
	const [, minutes, seconds] = CLOCK.exec(text) ?? [];
	return minutes === undefined ? undefined : Number(minutes) * 60 + Number(seconds);
}

/**
 * A sheet keeps 0:00:30 as 0.000347222, its part of a day.
 *
 * @returns whole seconds; undefined for a number that is no such part, up to ten minutes
 */
export function secondsOfDayPart(number: number): number | undefined {
	const seconds = Math.round(number * SECONDS_A_DAY);
	const isTime = seconds >= 1 && seconds <= MAX_SECONDS && number < 1;
	return isTime && Math.abs(number * SECONDS_A_DAY - seconds) <= ROUNDING ? seconds : undefined;
}
