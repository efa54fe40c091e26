import { allLexicons, byQuality, clausesOf, Said, type Command } from './said';
import { wishBesideOrder } from './handover';
import { readWith } from './words/lexicon';
import { unitsOf } from './words/units';

/** What a message asks of the API, as far as its words tell. */
export interface LikelyCommand {
	action: Command;
	/** ISO code. */
	language: string;
	/** What an order to export says besides, in the user's words; it may be an edit. */
	rest?: string;
}

/** Longer messages tell a story; nobody asks for the balance in so many words. */
const LONGEST = 240;
/** So many words more than English must a language know. */
const CLEARLY = 2;
/** An order by itself; in a sentence it is how low something is. */
const LONE_ORDER = 'baixa';
const QUOTED = '\uFFFC';

/**
 * A tolerant look at a message that the rules take for a prompt: where its words speak of the
 * export, the credits, the state or an upload, and none of an edit, the API can answer it. An
 * answer costs nothing, a prompt does; what an order to export says besides is asked about.
 *
 * @param masked the message, its quotations and addresses covered character for character
 * @param original the same as the user wrote it
 * @param options.isStrict whether a rule took a clause for an edit: then every word must be known
 * @param options.isOrdered whether a rule took a clause for an order to export
 * @returns undefined where the message may only be a prompt
 */
export function likelyCommand(
	masked: string,
	original: string,
	options: { isStrict: boolean; isOrdered?: boolean },
): LikelyCommand | undefined {
	if (masked.length > LONGEST || masked.includes(QUOTED)) return undefined;
	const units = unitsOf(masked);
	if (units.length === 1 && units[0]?.word === LONE_ORDER)
		return { action: 'export', language: 'pt' };
	const clauses = clausesOf(units);
	if (clauses.length === 0) return undefined;
	const said = new Said(clauses, /[?？؟]/u.test(masked));
	const action = said.action(options.isStrict);
	if (action === undefined && said.says('edit') && !said.says('hold', 'content')) {
		const language = said.language();
		const wish = options.isOrdered ? undefined : wishBesideOrder(clauses, language, original);
		if (wish !== undefined) return { action: 'export', language, rest: wish };
	}
	if (action === undefined) return undefined;
	const rest = action === 'export' ? said.rest(original) : undefined;
	return { action, language: said.language(), ...(rest === undefined ? {} : { rest }) };
}

/**
 * The languages whose words a message consists of, where its words are enough to tell.
 *
 * @param masked the message, its quotations and addresses covered
 * @param chat language of the chat: an English one isn't changed by a word
 * @returns ISO codes, several where neighbors share the words; none where it tells none
 */
export function likelyLanguages(masked: string, chat: string): string[] {
	if (masked.length > LONGEST) return [];
	const units = unitsOf(masked.replace(/[\uFFFB\uFFFC]+/gu, ' ')).filter(({ word }) =>
		/\p{L}/u.test(word),
	);
	const readings = allLexicons()
		.map((lexicon) => readWith(lexicon, units))
		.sort(byQuality);
	const [best] = readings;
	const worst = Math.max(...readings.map(({ unknown }) => unknown));
	// Words that every language has borrowed tell nothing.
	if (!best || worst - best.unknown < Math.max(1, best.unknown)) return [];
	const english = readings.find(({ lexicon }) => lexicon.language === 'en');
	// People everywhere use English words: `No logo please` knows as well who speaks Portuguese.
	const isNear = chat === 'en' && english && english.unknown - best.unknown < CLEARLY;
	const found = readings
		.filter(({ unknown, asWritten }) => unknown === best.unknown && asWritten === best.asWritten)
		.map(({ lexicon }) => lexicon.language);
	if (isNear && !found.includes(chat)) return [];
	// A short word of English is one of some other language as well.
	return found.includes('en') ? ['en', ...found.filter((language) => language !== 'en')] : found;
}
