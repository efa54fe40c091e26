import type { IExecuteFunctions } from 'n8n-workflow';
import { escapeHtml } from '../text/sanitize';
import type { Progress } from '../flows/progress';
import { canStream } from './executionFacts';

/** Tells people what an item is at: chunks where the run is streamed, and n8n's log. */
export class ItemProgress implements Progress {
	/** The stage the item is at. */
	current = '';
	readonly listens: boolean;
	private begun = false;
	private isAtLineStart = true;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
	) {
		this.listens = canStream(context);
	}

	stage(name: string): void {
		if (name === this.current) return;
		this.current = name;
		this.context.logger.debug(`NemoVideo: ${name}`, { item: this.itemIndex });
	}

	text(piece: string): void {
		if (!this.listens || piece === '') return;
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

	hint(message: string): void {
		this.context.logger.info(`NemoVideo: ${message}`, { item: this.itemIndex });
		// Older engines have no hints in some of their contexts.
		if (typeof this.context.addExecutionHints !== 'function') return;
		// n8n shows hints as HTML.
		this.context.addExecutionHints({
			message: escapeHtml(message),
			type: 'info',
			location: 'outputPane',
		});
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
