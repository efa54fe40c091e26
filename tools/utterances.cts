import { readFileSync } from 'node:fs';
import { requireSource } from './descriptions.cts';

/**
 * Scores utterances of an author who hasn't seen the router's rules:
 * `npx tsx tools/utterances.cts <file.json>`. What was routed wrong belongs, with neighbors of its
 * kind, into test/fixtures/utterances.json.
 */
interface Utterance {
	say: string;
	/** Whether files come with it. */
	files?: boolean;
	expect: { action: string | string[]; why?: string };
	/** Whether it has to reach NemoVideo, must not cost credits, or either. */
	costs: 'must' | 'never' | 'may';
}

const { routeMessage, isPaid }: typeof import('../src/text/intent/intent') = requireSource(
	'../src/text/intent/intent.ts',
);

/** Answers, and what the user is asked about, reach NemoVideo once it or the chat has asked. */
const ASKED = new Set(['yes', 'no', 'note', 'choice', 'question', 'unsure', 'description']);

function isRight({ say, files, expect, costs }: Utterance): boolean {
	const routed = routeMessage(say, { hasFiles: files === true });
	const isAsked = ASKED.has(routed.smallTalk ?? '') || routed.wish !== undefined;
	const isCostRight =
		costs === 'may' || (costs === 'must' ? isPaid(routed) || isAsked : !isPaid(routed));
	// The wish of an order to export goes out as a message before the export; `help` is a free answer.
	const free = isPaid(routed) || routed.smallTalk === undefined ? [] : ['help'];
	const actions = [...(routed.wish ? ['export', 'message'] : [routed.action]), ...free];
	return isCostRight && actions.some((action) => [expect.action].flat().includes(action));
}

const [file = ''] = process.argv.slice(2);
const utterances: Utterance[] = JSON.parse(readFileSync(file, 'utf8'));
const wrong = utterances.filter((utterance) => !isRight(utterance));
for (const { say, files, expect, costs } of wrong) {
	const { action, smallTalk = '', wish } = routeMessage(say, { hasFiles: files === true });
	const got = [action, smallTalk, wish?.text ?? ''].filter((part) => part !== '').join(' ');
	console.log(`${JSON.stringify(say)}: ${got}; expected ${expect.action}, costs: ${costs}`);
}
console.log(`${wrong.length} of ${utterances.length} not as expected`);
