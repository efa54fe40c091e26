import { mediaUrls, unusableUrls } from '../api/intent/messageUrls';
import { halfAddresses } from '../api/mediaUrls/mediaUrls';
import { secretIn } from '../api/mediaUrls/urlSecrets';
import type { Progress } from '../flows/progress';

const MOST_SHOWN = 3;

/**
 * Hints at links to files in a prompt, which would be paid for without the files.
 *
 * @param how says in words how to upload them, as the end of a sentence
 * @param uploaded links that are uploaded beside it
 */
export function hintAtLinks(
	progress: Progress,
	prompt: string,
	how: string,
	uploaded: readonly string[] = [],
): void {
	const links = [...mediaUrls(prompt, false), ...unusableUrls(prompt), ...halfAddresses(prompt)];
	const left = [...new Set(links)].filter((link) => !uploaded.includes(link));
	if (left.length === 0) return;
	const shown = left.slice(0, MOST_SHOWN).map(withoutSecrets).join(', ');
	progress.hint(
		`Files behind links in a prompt aren't uploaded, and NemoVideo may not open them: ${shown}. To have them in the video, ${how}.`,
	);
}

/** Hints go to n8n's log as well. */
function withoutSecrets(link: string): string {
	if (!URL.canParse(link)) return link;
	const url = new URL(link);
	return secretIn(url) === undefined ? `${url.origin}${url.pathname}` : url.origin;
}
