import { cellNumber, cellText } from './cells';
import { sheetSeconds } from './durations';

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
/** The same within a longer text, and nothing that it could be a part of. */
const INNER_PAIR = /(?<![\d:.,/x×*∶-])(\d{1,4})\s*[:x×*∶]\s*(\d{1,4})(?![\d:.,/x×*∶-]\d)/giu;
/** Words that take back what stands beside them, leave it open, or tell of a time of day. */
const CONTRADICTS =
	/(?<!\p{L})(?:not?|non|never|without|except|or|vs|auto\p{L}*|am|pm|nicht|kein\p{L}*|ohne|oder|sans|pas|ou|o|sin|ни|не|или)(?!\p{L})|[不非或没]/iu;
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
	const word = ratioOfWord(text);
	if (word) return word;
	const number = cellNumber(value, 'aspectRatio');
	const byNumber = typeof number === 'number' ? ratioOfNumber(number) : undefined;
	if (byNumber) return byNumber;
	const seconds = sheetSeconds(text);
	if (seconds !== undefined) return ratioOfMinutes(seconds / 60);
	const pair = PAIR.exec(text);
	if (!pair) return onlyRatioIn(text);
	const [, first, second, half] = pair;
	const afternoon = half?.toLowerCase() === 'pm' && Number(first) < 12 ? 12 : 0;
	return ratioOfSize(Number(first) + afternoon, Number(second));
}

/** The ratio that a text of several words names, where nothing in it speaks against it. */
function onlyRatioIn(text: string): AspectRatio | undefined {
	if (CONTRADICTS.test(text)) return undefined;
	const pairs = [...text.matchAll(INNER_PAIR)];
	const words = text.match(/\p{L}+/gu) ?? [];
	const named = new Set([
		...pairs.map(([, width, height]) => ratioOfSize(Number(width), Number(height))),
		...words.map(ratioOfWord).filter((ratio) => ratio !== undefined),
	]);
	return named.size === 1 ? [...named][0] : undefined;
}

function ratioOfWord(text: string): AspectRatio | undefined {
	return WORDS.find(([pattern]) => pattern.test(text))?.[1];
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
