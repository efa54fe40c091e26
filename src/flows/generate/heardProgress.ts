import type { Progress } from '../progress';
import type { GenerateResult } from './turnCheckpoint';

/** Passes a turn's words on and notes whether any came. */
export class HeardProgress implements Progress {
	private hasHeard = false;

	constructor(private readonly progress: Progress) {}

	get listens(): boolean {
		return this.progress.listens;
	}

	stage(name: string): void {
		this.progress.stage(name);
	}

	waiting(): void {
		this.progress.waiting();
	}

	hint(message: string): void {
		this.progress.hint(message);
	}

	text(piece: string): void {
		this.hasHeard ||= piece.trim() !== '';
		this.progress.text(piece);
	}

	/** What the agent said itself was told as it came; the rest is told now. */
	tellRest({ text, completedBy, changes }: GenerateResult): void {
		if (!this.hasHeard) this.progress.text(text);
		else if (completedBy === 'state' && changes.length > 0) {
			this.progress.text(`\n\n${changes.join('. ')}.`);
		}
	}
}
