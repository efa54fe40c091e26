/** What must hold in every story, whatever goes wrong in it. */
export const INVARIANTS = {
	a: 'No prompt is charged twice for one wish.',
	b: "A result that is completed reports this prompt's own work, and its film shows it.",
	c: 'A failure that is safe to repeat has charged nothing.',
	d: 'Every file is in its session once.',
	e: 'Every item ends in exactly one outcome with its IDs, in time.',
	f: 'Nothing is sent after Stop but one cancel for a render.',
	g: 'Turns of one session never overlap within one n8n process.',
	h: 'Words that arrived whole are in the result or in the failure.',
	i: "No token leaves the API's origin, and none is in an output, a failure or a log.",
	j: 'When all is over, no timer, listener, stream or queue entry is left.',
	k: 'No rejection goes unhandled.',
	l: 'A chat keeps its session.',
} as const;

export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
	invariant: Invariant;
	words: string;
}

export type Report = (invariant: Invariant, words: string) => void;
