import type { NodeRun } from '../n8n/nodeRun.cts';
import { current } from '../time/current.cts';
import type { Session } from './session.cts';
import type { TurnScript } from './turns.cts';

/** A prompt that NemoVideo has taken on, and charged. */
export class Turn {
	readonly startedAt = current.time.now;
	/** When the client stopped listening; undefined while it listens. */
	leftAt: number | undefined;
	/** Whether the client was told of its end: it read the stream to its close, or a failure in it. */
	isToldOver = false;
	/** Whether its execution has gone on to export what it made, so that its end was found. */
	isExported = false;
	/** Words that came to the client as a whole. */
	readonly heard: string[] = [];

	constructor(
		readonly name: string,
		readonly wish: string,
		readonly by: { session: Session; run: NodeRun; script: TurnScript },
	) {
		for (const { at, clip, track } of by.script.effects) {
			current.time.after(at, 'world', () => by.session.clips.push({ name: clip, track }));
		}
	}

	get kind(): TurnScript['kind'] {
		return this.by.script.kind;
	}

	/** When the agent is done with it, in milliseconds since the epoch. */
	get endsAt(): number {
		const { closeAt, effects } = this.by.script;
		return this.startedAt + Math.max(closeAt, ...effects.map(({ at }) => at));
	}

	/** Names of the clips that it has added so far. */
	get done(): string[] {
		const elapsed = current.time.now - this.startedAt;
		return this.by.script.effects.filter(({ at }) => at <= elapsed).map(({ clip }) => clip);
	}
}
