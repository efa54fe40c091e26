import type { NodeRun } from '../n8n/nodeRun.cts';
import { current } from '../time/current.cts';
import type { Session } from '../world/session.cts';
import type { Turn } from '../world/turn.cts';
import { bodyOf, wishIn, type PromptBody, type Request, type World } from '../world/world.cts';

/**
 * With which patience a turn that nobody listens to is waited for, less what requests take:
 * 30 s and four minutes. Milliseconds.
 */
export const PATIENCE_MS = 265_000;

/**
 * The state before a prompt is read so long before it at most: where this n8n works in the session,
 * and where one that has died did, as long as a reading may be under way. Milliseconds.
 */
const MARGIN_MS = 1_000;
const LATE_READING_MS = 60_000;

/** A prompt that was sent, whether it arrived or not. */
interface Prompt {
	/** Milliseconds since the epoch. */
	startedAt: number;
	by: { session: Session; run: NodeRun };
}

/**
 * Whether an earlier turn changed the timeline after this one had begun, although everything said by
 * then that it was over: nobody can tell such a change from the prompt's own.
 */
export function isDisturbed(prompt: Prompt): boolean {
	return hasLateFile(prompt) || wasOverlapped(prompt);
}

/** A file that an n8n which has died uploaded showed only then: nobody knows anymore whose it is. */
function hasLateFile({ startedAt, by: { session, run } }: Prompt): boolean {
	return session.lateFiles.some(
		({ at, process }) => process !== run.process && at > startedAt - MARGIN_MS,
	);
}

function wasOverlapped(prompt: Prompt): boolean {
	return prompt.by.session.turns.some((other) => {
		const isOfThis = other.by.run.process === prompt.by.run.process;
		const since = prompt.startedAt - (isOfThis ? MARGIN_MS : LATE_READING_MS);
		return (
			other.startedAt < prompt.startedAt &&
			other.by.script.effects.some(({ at }) => other.startedAt + at > since) &&
			seemsOver(other, prompt)
		);
	});
}

/** Whether an n8n that has died sent another prompt to the session afterwards, which nobody knows of. */
function isOvertaken({ startedAt, by: { session } }: Prompt): boolean {
	const { process } = current.time;
	return session.turns.some(
		(turn) => turn.startedAt > startedAt && turn.by.run.process !== process,
	);
}

/** By its own words, with the n8n that had begun it, with all patience, or by another's change. */
function seemsOver(earlier: Turn, prompt: Prompt): boolean {
	const { isToldOver, leftAt = Infinity, by } = earlier;
	return (
		isToldOver ||
		by.run.process !== prompt.by.run.process ||
		prompt.startedAt - leftAt >= PATIENCE_MS ||
		isDisturbed(earlier)
	);
}

/** Prompts as they were sent. NemoVideo knows no turn of those that were lost on the way. */
export class SentPrompts {
	private readonly prompts = new Map<string, Prompt[]>();

	constructor(private readonly world: World) {}

	sent(request: Request): void {
		if (request.endpoint !== 'prompt') return;
		const { run } = request;
		const body = bodyOf<PromptBody>(request);
		const session = this.world.sessions.get(body.session_id);
		if (!session) return;
		const wish = wishIn(body);
		const prompt = { startedAt: current.time.now, by: { session, run } };
		this.prompts.set(wish, [...(this.prompts.get(wish) ?? []), prompt]);
	}

	/**
	 * Whether a prompt for a wish was disturbed. What remembers of its execution is `root`; after a
	 * crash, that of the execution before.
	 */
	areDisturbed(root: string, wish: string): boolean {
		const prompts = this.prompts.get(wish) ?? [];
		const own = prompts.filter(({ by }) => by.run.root === root);
		const sent = own.length > 0 ? own : prompts;
		return sent.some((prompt) => isDisturbed(prompt) || isOvertaken(prompt));
	}
}
