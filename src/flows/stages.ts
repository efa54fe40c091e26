import type { Clock } from '../api/clock';
import { isNemoVideoError } from '../api/errors';
import { isRecord } from '../api/json';
import { resultOf } from '../api/result';
import type { Checkpoint } from './checkpoint';

/** In the order in which they come. */
export const STAGE_NAMES = ['session', 'upload', 'generate', 'export'] as const;

export type StageName = (typeof STAGE_NAMES)[number];

/** A part of the way to a video. */
export interface Stage {
	name: StageName;
	/** Time spent in it, in milliseconds; the tries of a retried node add up. */
	elapsedMs: number;
}

/** Takes the time of each stage, and marks failures with the stage they happened in. */
export class Stages {
	constructor(
		private readonly clock: Clock,
		private readonly checkpoint: Checkpoint<Stage[]>,
	) {}

	/** The stages so far, in the order in which they were entered first. */
	all(): Stage[] {
		return (this.checkpoint.read() ?? []).map((stage) => ({ ...stage }));
	}

	async run<T>(name: StageName, work: () => Promise<T>): Promise<T> {
		const begun = this.clock.now();
		const outcome = await resultOf(work);
		this.add(name, this.clock.now() - begun);
		if (outcome.ok) return outcome.value;
		throw isNemoVideoError(outcome.error) ? outcome.error.with({ stage: name }) : outcome.error;
	}

	private add(name: StageName, elapsedMs: number): void {
		const stages = this.all();
		const known = stages.find((stage) => stage.name === name);
		if (known) known.elapsedMs += elapsedMs;
		else stages.push({ name, elapsedMs });
		this.checkpoint.write(stages);
	}
}

/** Whether a remembered value is a list of stages. */
export function isStages(value: unknown): value is Stage[] {
	return Array.isArray(value) && value.every((stage) => isRecord(stage) && 'elapsedMs' in stage);
}
