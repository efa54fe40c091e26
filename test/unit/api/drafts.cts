/** Drafts as the tests need them: the published short keys, and the emulator's for the rest. */
export interface SegmentSketch {
	id?: string;
	st?: number;
	d?: number;
	m?: Record<string, unknown>;
	[key: string]: unknown;
}

export const track = (tt: number, ...sg: SegmentSketch[]) => ({ tt, sg });

export const segment = (title: string, st: number, d: number, m: Record<string, unknown> = {}) => ({
	id: `seg-${title}`,
	st,
	d,
	m: { title, ...m },
});

/** The example of NemoVideo's skill text, as a draft. */
export const urbanDreams = () => ({
	t: [
		track(0, segment('city timelapse', 0, 10_000, { url: 'https://static1.nemovideo.ai/c.mp4' })),
		track(1, segment('Lo-fi', 0, 10_000, { volume: 0.35 })),
		track(7, segment('Urban Dreams', 0, 3_000)),
	],
	d: 10_000,
	m: { title: 'project', width: 1920, height: 1080 },
});

export const view = (
	draft: unknown,
	videoInfos: unknown = null,
	generatedMedia: unknown = null,
) => ({ draft, videoInfos, generatedMedia });

/** A value nested deeper than any recursion survives. */
export function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { m: value };
	return value;
}
