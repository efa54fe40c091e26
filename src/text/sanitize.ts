const MAX_CHARACTERS = 300;

/** Line breaks of every alphabet, and marks that turn the direction of the text around them. */
const INVISIBLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/gu;
/** Tokens of NemoVideo, whatever follows "Bearer", and JSON web tokens. */
const TOKENS =
	/(?:nmv_usr_|clm_)[\w-]+|(?<=\bbearer\s+)[\w.~+/=-]{16,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+/gi;

/**
 * Words of the backend made safe to put into a sentence of ours: one line, cut short, nothing that
 * hides or turns text around, never a token, and no markup (n8n shows descriptions and hints as
 * HTML).
 *
 * @param most characters that are kept
 * @returns possibly an empty string
 */
export function sanitizeText(text: string, most = MAX_CHARACTERS): string {
	// Twice as much is looked at, so that a token at the cut is recognised whole.
	const line = escapeHtml(text.slice(0, most * 2 + 1_000))
		.replace(INVISIBLE, ' ')
		.replace(TOKENS, '(token)')
		.replace(/\s+/g, ' ')
		.trim();
	const characters = [...line];
	return characters.length > most ? `${characters.slice(0, most).join('')}…` : line;
}

/** Text that stays text where it is shown as HTML or Markdown with HTML in it. */
export function escapeHtml(text: string): string {
	return text.replaceAll('<', '‹').replaceAll('>', '›');
}

/**
 * The backend's words made safe to show; see `sanitizeText`.
 *
 * @returns the text in double quotes, or an empty string when there is nothing to quote
 */
export function quoteSanitized(text: string | undefined): string {
	if (text === undefined) return '';
	const words = sanitizeText(text);
	return words === '' ? '' : `"${words}"`;
}
