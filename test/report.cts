import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds a figure to the end of the test run (`name: text`), where it stands just before the
 * closing line. Says nothing where tests run without that reporter.
 *
 * @param name what was measured; the lines are sorted by it
 * @param text one line
 */
export function report(name: string, text: string): void {
	const folder = process.env.NEMOVIDEO_TEST_REPORT;
	if (folder === undefined) return;
	const line = JSON.stringify({ name, text: text.replaceAll('\n', ' ') });
	appendFileSync(join(folder, `${process.pid}.jsonl`), `${line}\n`);
}
