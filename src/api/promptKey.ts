import { createHash } from 'node:crypto';

/** Characters that nobody sees: joiners, direction and byte order marks, controls but white space. */
const INVISIBLE = /(?!\s)[\p{Cc}\p{Cf}]|\uFEFF/gu;

/**
 * Equal for prompts that a person would call the same: nothing in them differs but white space,
 * invisible characters, and how accents are composed (Unicode NFC). It's for comparing alone; what
 * is sent stays as the user wrote it.
 *
 * @param files keys of the files that go with it, in whatever order: n8n takes the files of a request
 *   as they arrive; see `filesOf`
 * @returns a hash
 */
export function promptKey(prompt: string, files: readonly string[] = []): string {
	const words = prompt.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
	return createHash('sha256')
		.update([words, ...[...files].sort()].join('\n'))
		.digest('hex');
}
