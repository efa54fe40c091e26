import type { IExecuteFunctions } from 'n8n-workflow';
import type { Progress } from '../flows/progress';

/** Tells people what an item is at: chunks where the run is streamed, and n8n's log. */
export class ItemProgress implements Progress {
	/** The stage the item is at. */
	current = '';
	private readonly streams: boolean;
	private begun = false;
	private isAtLineStart = true;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
	) {
		// Older engines have no chunks in some of their contexts.
		this.streams =
			typeof context.isStreaming === 'function' &&
			typeof context.sendChunk === 'function' &&
			context.isStreaming();
	}

	stage(name: string): void {
		if (name === this.current) return;
		this.current = name;
		this.context.logger.debug(`NemoVideo: ${name}`, { item: this.itemIndex });
	}

	text(piece: string): void {
		if (!this.streams || piece === '') return;
		if (!this.begun) {
			this.begun = true;
			this.context.sendChunk('begin', this.itemIndex);
		}
		this.isAtLineStart = piece.endsWith('\n');
		this.context.sendChunk('item', this.itemIndex, piece);
	}

	waiting(): void {
		this.paragraph('⏳ Still working...\n\n');
	}

	/** A piece that begins on a line of its own. */
	paragraph(text: string): void {
		this.text(this.isAtLineStart ? text : `\n\n${text}`);
	}

	/** Ends the item's stream, where one was begun. */
	end(): void {
		if (this.begun) this.context.sendChunk('end', this.itemIndex);
		this.begun = false;
		this.isAtLineStart = true;
	}
}
