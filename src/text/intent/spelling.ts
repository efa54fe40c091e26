/** Words of orders and questions for which one slip of the finger is forgiven. */
const COMMANDS =
	'export download credits status progress timeline subtitles guthaben créditos'.split(' ');
/** Other words, and other forms of the same, that are as near to one of these. */
const OTHERS = new Set(
	'stats expert experts exports exporte exporta exporto extort exert downloads credit credito edits statue statut stratus progresso progreso subtitle timelines crédito'.split(
		' ',
	),
);
/** Longer messages are no orders and no questions for the account. */
const LONGEST = 240;
/** A command has six letters or more, and one may be missing. */
const SHORTEST_WORD = 5;

/**
 * A message with its command words spelled right, where one of them has a letter too many, too few
 * or wrong, or two of them swapped.
 *
 * @returns undefined where there is nothing to correct
 */
export function withSpelling(message: string): string | undefined {
	if (message.length > LONGEST) return undefined;
	const corrected = message.replace(/[\p{L}\p{M}]+/gu, (word) => {
		const letters = word.toLowerCase();
		if (letters.length < SHORTEST_WORD || OTHERS.has(letters)) return word;
		if (COMMANDS.includes(letters)) return word;
		return COMMANDS.find((command) => isSlip(letters, command)) ?? word;
	});
	return corrected === message ? undefined : corrected;
}

/** Whether one slip makes the one word of the other. */
function isSlip(typed: string, meant: string): boolean {
	let start = 0;
	while (start < meant.length && typed[start] === meant[start]) start++;
	// The first letter is hardly ever the wrong one: "report", "import".
	if (start === 0 || Math.abs(typed.length - meant.length) > 1) return false;
	const [typedRest, meantRest] = [typed.slice(start), meant.slice(start)];
	if (typedRest.slice(1) === meantRest || typedRest === meantRest.slice(1)) return true;
	if (typedRest.slice(1) === meantRest.slice(1)) return true;
	const [first = '', second = ''] = meantRest;
	return typedRest === second + first + meantRest.slice(2);
}
