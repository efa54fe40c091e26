import type { Timeline, Track } from '../../api/timeline/timeline';
import type { Progress } from '../progress';
import type { TimelineWords } from '../assistant/messages/messages';

/** How the lines of `describeChanges` begin, by what they are about. */
const LABELS: ReadonlyArray<readonly [RegExp, keyof TimelineWords & ('video' | 'audio' | 'text')]> =
	[
		[/^(?:Video|\d+ clips)\b/u, 'video'],
		[/^(?:BGM|\d+ BGM parts)\b/u, 'audio'],
		[/^(?:Title|\d+ titles)\b/u, 'text'],
	];
const CAME_OR_WENT = /^(.*?)\b(added|removed): (.*)$/su;
const BEFORE_AND_AFTER = /^([^:]*): (.+) -> (.+)$/su;
/** What follows the first name of a track that has several. */
const OTHERS = /^(.*) (?:and (\d+) more|in (\d+) parts)$/su;
/** What a turn says where NemoVideo said nothing; see `generate`. */
const CHANGED = 'NemoVideo changed the timeline.';
const UNCHANGED = /^NemoVideo finished without a message/u;

/** The timeline in one line, as `Timeline.summary` has it in English. */
export function timelineInWords({ tracks }: Timeline, words: TimelineWords): string {
	const head = words.head(tracks.length);
	if (tracks.length === 0) return `${head} ${words.nothing}`;
	const parts = tracks.map((track, index) => `${index + 1}. ${trackInWords(track, words)}`);
	// Full-width punctuation brings its own space.
	return `${head}${/[：）]$/u.test(head) ? '' : ' '}${parts.join(' ')}`;
}

function trackInWords(track: Track, words: TimelineWords): string {
	const { type, name, startMs, endMs, volumePercent } = track;
	const label = type === 'other' ? words.other : words[type];
	const [, first = name, more, parts] = OTHERS.exec(name) ?? [];
	const others = more ? words.more(Number(more)) : parts ? words.parts(Number(parts)) : '';
	const shown = [type === 'text' ? `“${first}”` : first, others].join(' ').trim();
	const times = endMs > startMs ? [`${seconds(startMs)}-${seconds(endMs)}s`] : [];
	const volume = volumePercent === undefined ? [] : [`${volumePercent}%`];
	const details = [...times, ...volume].join(', ');
	return `${label}: ${shown}${details === '' ? '' : ` (${details})`}`;
}

function seconds(ms: number): string {
	return String(Number((ms / 1_000).toFixed(1)));
}

/** One line of what a turn changed; undefined where its words are English alone. */
export function changeInWords(line: string, words: TimelineWords): string | undefined {
	const cameOrWent = CAME_OR_WENT.exec(line);
	if (cameOrWent) {
		const [, subject = '', verb, what = ''] = cameOrWent;
		const label = labelOf(subject, words);
		return `${verb === 'added' ? words.added : words.removed}: ${label === '' ? '' : `${label} `}${what}`;
	}
	const change = BEFORE_AND_AFTER.exec(line);
	if (!change) return undefined;
	const [, subject = '', was = '', now = ''] = change;
	const name = /'[^']*'/u.exec(subject)?.[0] ?? '';
	const about = [labelOf(subject, words), name].filter((part) => part !== '').join(' ');
	return about === '' ? undefined : `${about}: ${was} → ${now}`;
}

function labelOf(subject: string, words: TimelineWords): string {
	const found = LABELS.find(([start]) => start.test(subject));
	return found ? words[found[1]] : '';
}

/**
 * A turn's text in the language of the chat, where NemoVideo said nothing and the text tells what
 * the state shows.
 *
 * @param changes of the turn, in English
 * @returns the text as it is where NemoVideo said it
 */
export function ownWordsIn(text: string, changes: readonly string[], words: TimelineWords): string {
	if (UNCHANGED.test(text)) return words.unchanged;
	const isOurs = text === CHANGED || (changes.length > 0 && text === `${changes.join('. ')}.`);
	if (!isOurs) return text;
	const lines = changes.flatMap((line) => changeInWords(line, words) ?? []);
	return lines.length === 0 ? words.changed : lines.join('\n');
}

/** Shows a turn's words while they come, those that tell what the state shows in the chat's language. */
export function speaking(progress: Progress, words: TimelineWords): Progress {
	return {
		listens: progress.listens,
		stage: (name) => progress.stage(name),
		hint: (message) => progress.hint(message),
		waiting: () => progress.waiting(),
		text: (piece) => {
			const text = piece.trim();
			const lines = text.replace(/\.$/u, '').split('. ');
			const isOurs = lines.every((line) => LABELS.some(([start]) => start.test(line)));
			const own = ownWordsIn(text, isOurs ? lines : [], words);
			progress.text(own === text ? piece : piece.replace(text, () => own));
		},
	};
}
