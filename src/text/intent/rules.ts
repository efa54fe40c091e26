/** What one clause of a message wants. */
export type ClauseIntent =
	| 'export'
	| 'notExport'
	| 'subtitles'
	| 'credits'
	| 'state'
	| 'upload'
	/** Says when, not what: `before exporting`. */
	| 'aside'
	| 'edit';

export interface IntentRule {
	name: ClauseIntent;
	/** Against a clause in lower case from its verb on. */
	pattern: RegExp;
}

export function intentRule(name: ClauseIntent, ...patterns: string[]): IntentRule {
	return { name, pattern: new RegExp(`^(?:${patterns.join('|')})`, 'u') };
}
