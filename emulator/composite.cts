import type { Draft } from './draft.cts';

export interface CompositeJob {
	/** Where the MP4 goes. */
	path: string;
	fps: number;
	signal: AbortSignal;
	/** Where a media URL's bytes lie on disk, if they do. */
	pathOf(url: string): string | undefined;
	/** Told now and then, 0 to 1. */
	progress(share: number): void;
}

/** @returns the MP4's size in bytes */
export async function composite(_draft: Draft, _job: CompositeJob): Promise<number> {
	throw new Error('Composite renders are not built in yet');
}
