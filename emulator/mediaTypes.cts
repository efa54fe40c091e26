/** The accepted formats (NemoVideo's skill text) and what each is. */
const TYPES: Readonly<Record<string, { kind: 'video' | 'image' | 'audio'; mime: string }>> = {
	mp4: { kind: 'video', mime: 'video/mp4' },
	mov: { kind: 'video', mime: 'video/quicktime' },
	avi: { kind: 'video', mime: 'video/x-msvideo' },
	webm: { kind: 'video', mime: 'video/webm' },
	mkv: { kind: 'video', mime: 'video/x-matroska' },
	jpg: { kind: 'image', mime: 'image/jpeg' },
	jpeg: { kind: 'image', mime: 'image/jpeg' },
	png: { kind: 'image', mime: 'image/png' },
	gif: { kind: 'image', mime: 'image/gif' },
	webp: { kind: 'image', mime: 'image/webp' },
	mp3: { kind: 'audio', mime: 'audio/mpeg' },
	wav: { kind: 'audio', mime: 'audio/wav' },
	m4a: { kind: 'audio', mime: 'audio/mp4' },
	aac: { kind: 'audio', mime: 'audio/aac' },
};

export function mediaTypeOf(
	filename: string,
): { kind: 'video' | 'image' | 'audio'; mime: string } | undefined {
	const extension = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase();
	return extension === undefined ? undefined : TYPES[extension];
}

/** Width and height from the first bytes of a PNG, GIF or JPEG file. */
export function imageSize(head: Buffer): { width: number; height: number } | undefined {
	if (head.length >= 24 && head.readUInt32BE(0) === 0x89504e47) {
		return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
	}
	if (head.length >= 10 && head.subarray(0, 3).toString('latin1') === 'GIF') {
		return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
	}
	if (head.length < 4 || head.readUInt16BE(0) !== 0xffd8) return undefined;
	let at = 2;
	while (at + 9 < head.length && head[at] === 0xff) {
		const marker = head[at + 1] ?? 0;
		const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (frame) return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
		at += 2 + head.readUInt16BE(at + 2);
	}
	return undefined;
}
