import { anyOf, saidIn } from '../wordList';
import { plain } from './words/units';

/** As `saidIn`, for words that are parts of regular expressions, `~` for any letter. */
export function finds([spaced, unspaced]: readonly [string, string], flags = ''): RegExp {
	const { source } = saidIn(spaced, unspaced);
	return new RegExp(source.replaceAll('~', '\\p{L}'), `iu${flags}`);
}

/** The same in a text without case and accents. */
export function findsPlain([spaced, unspaced]: readonly [string, string], flags = ''): RegExp {
	return finds([plain(spaced), plain(unspaced)], flags);
}

/** Finds how a clause without case and accents begins, or one of the others anywhere in it. */
export function beginsPlain([beginnings, anywhere]: readonly [string, string]): RegExp {
	const words = `^(?:${anyOf(plain(beginnings))})(?![\\p{L}\\p{M}])|${anyOf(plain(anywhere))}`;
	return new RegExp(words.replaceAll('~', '\\p{L}'), 'u');
}
