/** How many characters of a name that came from the backend reach a text of ours. */
const MAX_NAME = 60;

/** Control characters, lone surrogates, line separators, and marks that reorder or hide text. */
const UNPRINTABLE =
	/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/**
 * Makes a name from the backend safe to show: one line, nothing invisible, at most 60 characters.
 *
 * @returns the cleaned name, empty when nothing visible is left
 */
export function cleanName(name: string): string {
	const oneLine = name
		.slice(0, 20 * MAX_NAME)
		.replace(UNPRINTABLE, ' ')
		.replace(/\s+/gu, ' ')
		.trim();
	const characters = [...oneLine];
	if (characters.length <= MAX_NAME) return oneLine;
	return `${characters
		.slice(0, MAX_NAME - 1)
		.join('')
		.trimEnd()}…`;
}

/** The last part of a URL or path, decoded; undefined when there is none. */
export function fileNameOf(address: string): string | undefined {
	const path = address.slice(0, 4096).split(/[?#]/u)[0] ?? '';
	const last = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	if (last === '') return undefined;
	try {
		return decodeURIComponent(last);
	} catch {
		return last;
	}
}

/** Milliseconds as seconds without a unit: `10`, `7.5`, `3.33`. */
export function seconds(ms: number): string {
	return String(Math.round(ms / 10) / 100);
}

/** A stretch of time as NemoVideo writes it: `0-10s`. */
export function range(startMs: number, endMs: number): string {
	return `${seconds(startMs)}-${seconds(endMs)}s`;
}
