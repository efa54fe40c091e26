import { Sequence } from './random.cts';

/** Cuts between characters; the pieces joined give the text back. */
export function inPieces(text: string, count: number): string[] {
	const characters = [...text];
	if (count <= 1 || characters.length < count) return [text];
	const cuts = new Sequence(text, count);
	const size = Math.floor(characters.length / count);
	const pieces: string[] = [];
	let from = 0;
	for (let index = 1; index < count; index++) {
		const to = Math.max(from + 1, index * size + cuts.between(-Math.min(3, size - 1), 0));
		pieces.push(characters.slice(from, to).join(''));
		from = to;
	}
	pieces.push(characters.slice(from).join(''));
	return pieces;
}
