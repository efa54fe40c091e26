/** A timeline in NemoVideo's short keys. */
export type Draft = Record<string, unknown>;

/** A film of one clip. */
export function film(title = 'Harbor at dawn', durationMs = 10_000): Draft {
	return {
		t: [{ tt: 0, sg: [{ d: durationMs, m: { title } }] }],
		d: durationMs,
		m: { title, width: 1080, height: 1920 },
	};
}

/** The same film with a title over it: what an edit makes of it. */
export function titled(words: string, draft: Draft = film()): Draft {
	const tracks = Array.isArray(draft.t) ? (draft.t as unknown[]) : [];
	return { ...draft, t: [...tracks, { tt: 7, sg: [{ d: 3_000, m: { text: words } }] }] };
}

function box(type: string, content: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(8 + content.length);
	head.write(type, 4, 'latin1');
	return Buffer.concat([head, content]);
}

/** The bytes of a small MP4. */
export function mp4(seed = 'film'): Buffer {
	const brand = Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1');
	const moov = box('mvhd', Buffer.alloc(100));
	return Buffer.concat([
		box('ftyp', brand),
		box('moov', moov),
		box('mdat', Buffer.from(seed.padEnd(2_000, '.'))),
	]);
}
