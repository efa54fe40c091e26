import { cellNumber, cellText } from './cells';

export type AspectRatio = '9:16' | '16:9' | '1:1';

const RATIOS: ReadonlyArray<{ ratio: AspectRatio; width: number; height: number }> = [
	{ ratio: '9:16', width: 9, height: 16 },
	{ ratio: '16:9', width: 16, height: 9 },
	{ ratio: '1:1', width: 1, height: 1 },
];

/** What people call the shape of a video. */
const WORDS: ReadonlyArray<readonly [RegExp, AspectRatio]> = [
	[/^(?:vertical|portrait|tall|竖屏|竖版|縦)$/iu, '9:16'],
	[/^(?:landscape|horizontal|wide|widescreen|横屏|横版|横)$/iu, '16:9'],
	[/^(?:square|方形|正方形)$/iu, '1:1'],
];

/** Two numbers with a mark between them, as a ratio, a size or a time of day. */
const PAIR = /^(\d{1,4})\s*[:/x×*∶.-]\s*(\d{1,4})(?:\s*:\s*00(?:\.0+)?)?\s*(am|pm)?$/i;
/** The day that spreadsheets count their times from. */
const SHEET_TIME = /^(?:1899-12-3[01]|1900-01-0[01])[T ](\d{2}):(\d{2}):(\d{2})/;
const MINUTES_A_DAY = 1_440;

/**
 * The aspect ratio that a cell means. A sheet takes `9:16` for a time of day: it becomes
 * `09:16:00`, `9:16 AM`, the fraction of a day 0.386111, or a moment in 1899. The quotients 0.5625
 * and 1.7778 and sizes such as 1080x1920 are recognized as well.
 *
 * @returns undefined where the cell is none of the three ratios
 */
export function cellAspectRatio(value: unknown): AspectRatio | undefined {
	const text = cellText(value) ?? '';
	const word = WORDS.find(([pattern]) => pattern.test(text));
	if (word) return word[1];
	const number = cellNumber(value);
	const byNumber = typeof number === 'number' ? ratioOfNumber(number) : undefined;
	if (byNumber) return byNumber;
	const time = SHEET_TIME.exec(text);
	if (time) return ratioOfMinutes(Number(time[1]) * 60 + Number(time[2]) + Number(time[3]) / 60);
	const pair = PAIR.exec(text);
	if (!pair) return undefined;
	const [, first, second, half] = pair;
	const afternoon = half?.toLowerCase() === 'pm' && Number(first) < 12 ? 12 : 0;
	return ratioOfSize(Number(first) + afternoon, Number(second));
}

function ratioOfSize(width: number, height: number): AspectRatio | undefined {
	if (width === 0 || height === 0) return undefined;
	return RATIOS.find((shape) => width * shape.height === height * shape.width)?.ratio;
}

function ratioOfNumber(number: number): AspectRatio | undefined {
	const byQuotient = RATIOS.find(({ width, height }) => Math.abs(number - width / height) < 0.006);
	return ratioOfMinutes(number * MINUTES_A_DAY) ?? byQuotient?.ratio;
}

/** @param minutes since midnight: a sheet reads 9:16 as sixteen minutes past nine */
function ratioOfMinutes(minutes: number): AspectRatio | undefined {
	return RATIOS.find(({ width, height }) => Math.abs(minutes - (width * 60 + height)) < 1)?.ratio;
}
