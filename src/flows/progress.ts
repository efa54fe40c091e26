/** What a flow tells while it works; the seam decides where it is shown. */
export interface Progress {
	/** Whether somebody reads pieces of text as they come. */
	readonly listens: boolean;
	/** The stage that begins now, e.g. `Rendering (40%)`. */
	stage(name: string): void;
	/** A piece of what the user is to read, as it comes. */
	text(piece: string): void;
	/** Nothing to read has come for a while, and NemoVideo is still at work. */
	waiting(): void;
	/** Something that the user should know of a result that is fine otherwise. */
	hint(message: string): void;
}
