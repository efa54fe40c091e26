import { ARABIC, HINDI, INDONESIAN, VIETNAMESE } from './asian';
import { CHINESE, JAPANESE, KOREAN } from './eastAsian';
import { ENGLISH } from './english';
import { DUTCH, GERMAN } from './germanic';
import { FRENCH, ITALIAN, PORTUGUESE, SPANISH } from './romance';
import { POLISH, RUSSIAN, TURKISH } from './slavicTurkic';
import type { Words } from './words';

/** In this order where a text is as well read in several. */
export const LANGUAGE_WORDS: readonly Words[] = [
	ENGLISH,
	...[SPANISH, PORTUGUESE, FRENCH, ITALIAN, GERMAN, DUTCH],
	...[RUSSIAN, POLISH, TURKISH, INDONESIAN, VIETNAMESE, ARABIC, HINDI],
	...[CHINESE, JAPANESE, KOREAN],
];
