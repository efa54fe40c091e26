/** What people copy along with a token: its name, the header it goes into, or quotes. */
const BEFORE =
	/^(?:(?:export\s+)?NEMO_TOKEN\s*[=:]\s*|(?:-H\s+)?["']?Authorization\s*[:=]\s*|Bearer\s+|["'`“”‘’«»<(]+)/iu;
const AFTER = /(?:["'`“”‘’«»>)]+|[,;.\\]+|\s+)$/u;

/**
 * A token as it was pasted, without what was copied along with it.
 *
 * @returns possibly an empty text
 */
export function pastedToken(text: string): string {
	let token = text.replace(/[\p{Cf}\p{Cc}]/gu, '').trim();
	for (;;) {
		const bare = token.replace(BEFORE, '').replace(AFTER, '').trim();
		if (bare === token) return token;
		token = bare;
	}
}

/** Whether a token can stand in a header: no spaces, and no letters beyond ASCII. */
export function isToken(token: string): boolean {
	return /^[\x21-\x7e]+$/.test(token);
}
