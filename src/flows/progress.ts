/** What a flow tells while it works; the seam decides where it is shown. */
export interface Progress {
	/** The stage that begins now, e.g. `Rendering (40%)`. */
	stage(name: string): void;
	/** A piece of the agent's text, as it comes. */
	text(piece: string): void;
}
