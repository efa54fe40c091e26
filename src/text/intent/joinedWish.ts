import { wholeWords } from '../wordList';
import type { Place } from './said';

/** Joins a wish to the order before it. */
const JOINING = wholeWords(
	'with without com con mit ohne avec sans senza sem sin met zonder с без z ze bez en em in im dengan tanpa với مع بدون',
);

/** Where a wish begins: at the word that joins it to the order before it, as in `with a louder voice`. */
export function joinedFrom(places: readonly Place[], wish: number): number {
	let from = wish - 1;
	while (places[from]?.meanings?.has('the') || places[from]?.meanings?.has('a')) from--;
	return JOINING.test(places[from]?.unit.word ?? '') ? from : wish;
}
