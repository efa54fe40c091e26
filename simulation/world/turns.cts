import type { Random } from '../time/random.cts';
import { ADK, bareError, FLAT, HEARTBEAT, type Dialect } from './dialects.cts';

export type TurnKind =
	/** Works and says so. */
	| 'edit'
	/** Works and closes without a word, as about 30 % of edits do. */
	| 'silent'
	/** Closes while the tool still works. */
	| 'openCall'
	| 'talk'
	| 'question'
	/** Closes without word and work. */
	| 'nothing'
	/** The model fails and says so in the stream. */
	| 'error';

export interface TurnEvent {
	/** Milliseconds from when the prompt arrived. */
	at: number;
	text: string;
	/** What the agent says with it. */
	words?: string;
}

export interface Effect {
	at: number;
	clip: string;
	track: 0 | 1;
}

/** What the agent makes of a prompt. */
export interface TurnScript {
	kind: TurnKind;
	events: TurnEvent[];
	effects: Effect[];
	closeAt: number;
}

const KINDS: readonly TurnKind[] = [
	...['edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'silent', 'silent', 'silent'],
	...['openCall', 'openCall', 'talk', 'question', 'question', 'nothing', 'error'],
] as TurnKind[];

const HEARTBEAT_MS = 30_000;
const TOOL = 'generate_video_with_seedance';

/**
 * @param random of this prompt
 * @param prompt.name of the turn: its words and clips hold it
 * @param prompt.fails the model fails after some heartbeats
 */
export function writeTurn(
	random: Random,
	prompt: { name: string; dialect: 'flat' | 'adk'; fails: number | undefined },
): TurnScript {
	const kind = prompt.fails === undefined ? random.pick(KINDS) : 'error';
	const writer = new Writer(random, prompt.name, prompt.dialect === 'adk' ? ADK : FLAT);
	return writer.write(kind, prompt.fails ?? random.between(0, 1_000));
}

/** Of the model, not of the request: by their numbers they look like refusals. */
const FAILURES: ReadonlyArray<readonly [number | string, string]> = [
	[429, 'RESOURCE_EXHAUSTED'],
	[1002, 'Tool failed: music of session 55 not found in library'],
	[500, 'Internal error of the model'],
	['UNAVAILABLE', 'The model is overloaded'],
];

class Writer {
	private at: number;
	private readonly events: TurnEvent[] = [];
	private readonly effects: Effect[] = [];
	private said = 0;

	constructor(
		private readonly random: Random,
		private readonly name: string,
		private readonly dialect: Dialect,
	) {
		this.at = random.between(200, 3_000);
	}

	write(kind: TurnKind, failure: number): TurnScript {
		const { random } = this;
		switch (kind) {
			case 'edit':
			case 'silent':
				this.work(kind === 'edit');
				break;
			case 'openCall':
				this.openCall();
				break;
			case 'talk':
				this.beat(random.between(2_000, 12_000));
				this.say('Here is what I can tell you.');
				break;
			case 'question':
				this.question();
				break;
			case 'nothing':
				this.beat(random.between(2_000, 40_000));
				if (random.chance(0.5)) this.tool('understand_media', random.between(1_000, 9_000));
				break;
			case 'error':
				this.fail(failure);
				break;
		}
		const closeAt = this.at + random.between(5, 400);
		return { kind, events: this.events, effects: this.effects, closeAt };
	}

	private work(speaks: boolean): void {
		const { random } = this;
		if (random.chance(0.3)) this.say('I will get to work.');
		this.tool(
			TOOL,
			random.chance(0.03) ? random.between(700_000, 1_300_000) : duration(random),
			() => {
				this.effect('clip', 0, -random.between(0, 400));
				// The second stage: music comes by itself, seldom after the stream has ended.
				if (random.chance(0.4)) this.effect('music', 1, random.between(-300, 1_500));
			},
		);
		if (random.chance(0.3)) this.tool('edit_multitrack', random.between(500, 8_000));
		if (speaks) this.say('The scene is in the video.');
	}

	private openCall(): void {
		const { random } = this;
		if (random.chance(0.5)) this.say('I will generate it now.');
		this.events.push({ at: this.at, text: this.dialect.call(TOOL, '1') });
		this.beat(random.between(1_000, 20_000));
		const later = random.between(2_000, 200_000);
		if (random.chance(0.9)) {
			this.effect('clip', 0, later);
			if (random.chance(0.4)) this.effect('music', 1, later + random.between(2_000, 45_000));
		}
	}

	private question(): void {
		if (this.random.chance(0.5)) this.tool('understand_media', this.random.between(1_000, 9_000));
		this.beat(this.random.between(500, 8_000));
		this.say('Which music do you want?');
	}

	private fail(failure: number): void {
		const [code, words] = FAILURES[(failure >> 1) % FAILURES.length] as readonly [
			number | string,
			string,
		];
		this.events.push({ at: this.at, text: HEARTBEAT });
		if (this.random.chance(0.4)) this.say('I will look at it.');
		this.beat(this.random.between(1_000, 60_000));
		const told = typeof code === 'number' && failure % 2 === 1 ? bareError : this.dialect.error;
		this.events.push({ at: this.at, text: told(code, words) });
	}

	private tool(name: string, ms: number, work: () => void = () => undefined): void {
		const id = String(this.events.length + 1);
		this.events.push({ at: this.at, text: this.dialect.call(name, id) });
		this.beat(ms);
		work();
		this.events.push({ at: this.at, text: this.dialect.result(name, id) });
		this.at += this.random.between(5, 300);
	}

	/** Every sentence has a word of its own, so that it can be found again. */
	private say(sentence: string): void {
		const words = `${this.name}-says-${++this.said}`;
		const text = `${words}: ${sentence}`;
		this.events.push({ at: this.at, text: this.dialect.text(text), words });
		this.at += this.random.between(5, 2_000);
	}

	/** Time passes with a heartbeat now and then. */
	private beat(ms: number): void {
		const end = this.at + ms;
		for (let at = this.at + HEARTBEAT_MS; at < end; at += HEARTBEAT_MS) {
			this.events.push({ at, text: HEARTBEAT });
		}
		this.at = end;
	}

	private effect(what: 'clip' | 'music', track: 0 | 1, delay: number): void {
		this.effects.push({ at: this.at + delay, clip: `${this.name}-${what}`, track });
	}
}

function duration(random: Random): number {
	return random.chance(0.5) ? random.between(3_000, 30_000) : random.between(60_000, 300_000);
}
