import { crc32, deflateSync } from 'node:zlib';
import { glyph, GLYPH_HEIGHT, GLYPH_WIDTH, spelled } from './pixelFont.cts';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length, 0);
	body.copy(out, 4);
	out.writeUInt32BE(crc32(body), body.length + 4);
	return out;
}

/** A picture in memory that ends up as a PNG file. */
export class Picture {
	private readonly pixels: Buffer;

	constructor(
		readonly width: number,
		readonly height: number,
		background: Colour,
	) {
		this.pixels = Buffer.alloc(width * height * 4, Buffer.from(background));
	}

	private square(left: number, top: number, size: number, colour: Colour): void {
		const row = Buffer.alloc(size * 4, Buffer.from(colour));
		for (let y = Math.max(0, top); y < Math.min(this.height, top + size); y++) {
			row.copy(this.pixels, (y * this.width + left) * 4);
		}
	}

	/** Writes lines of text in the middle, each dot `size` pixels wide. */
	write(lines: string[][], size: number, colour: Colour): void {
		const lineHeight = (GLYPH_HEIGHT + 2) * size;
		// Dots that overlap make bolder letters.
		const dotSize = Math.ceil(size * 1.35);
		const firstTop = Math.round((this.height - lines.length * lineHeight) / 2);
		for (const [row, line] of lines.entries()) {
			const start = Math.round((this.width - line.length * GLYPH_WIDTH * size) / 2);
			for (const [position, character] of line.entries()) {
				for (const [column, dots] of glyph(character).entries()) {
					for (let dot = 0; dot < GLYPH_HEIGHT; dot++) {
						if (((dots >> dot) & 1) === 0) continue;
						const left = start + (position * GLYPH_WIDTH + column) * size;
						this.square(left, firstTop + row * lineHeight + dot * size, dotSize, colour);
					}
				}
			}
		}
	}

	toPng(): Buffer {
		const header = Buffer.alloc(13);
		header.writeUInt32BE(this.width, 0);
		header.writeUInt32BE(this.height, 4);
		header.set([8, 6, 0, 0, 0], 8);
		const stride = this.width * 4;
		const raw = Buffer.alloc((stride + 1) * this.height);
		for (let y = 0; y < this.height; y++) {
			this.pixels.copy(raw, y * (stride + 1) + 1, y * stride, (y + 1) * stride);
		}
		return Buffer.concat([
			Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
			chunk('IHDR', header),
			chunk('IDAT', deflateSync(raw, { level: 3 })),
			chunk('IEND', Buffer.alloc(0)),
		]);
	}
}

const MAX_LINES = 4;

/** Breaks a text between words into lines of at most so many letters. */
function wrapped(text: string, letters: number): string[][] {
	const lines: string[][] = [];
	let line: string[] = [];
	for (const word of text.split(/\s+/).map(spelled)) {
		for (let rest = word; rest.length > 0; rest = rest.slice(letters)) {
			const piece = rest.slice(0, letters);
			if (line.length > 0 && line.length + 1 + piece.length > letters) {
				lines.push(line);
				line = [];
			}
			line = line.length > 0 ? [...line, ' ', ...piece] : piece;
		}
	}
	if (line.length > 0) lines.push(line);
	return lines.slice(0, MAX_LINES);
}

function layout(text: string, width: number): { lines: string[][]; size: number } {
	const letters = Math.min(28, Math.max(12, spelled(text).length));
	const lines = wrapped(text, letters);
	const longest = Math.max(1, ...lines.map((line) => line.length));
	const size = Math.max(2, Math.min(14, Math.floor((width * 0.85) / (longest * GLYPH_WIDTH))));
	return { lines, size };
}

/** A title as a band across the frame: white on half-transparent black. */
export function titleBand(text: string, frameWidth: number): { png: Buffer; height: number } {
	const { lines, size } = layout(text, frameWidth);
	const height = Math.max(2, lines.length * (GLYPH_HEIGHT + 2) * size + 8 * size);
	const band = new Picture(frameWidth, height, [0, 0, 0, 150]);
	band.write(lines, size, [255, 255, 255, 255]);
	return { png: band.toPng(), height };
}

/** A whole frame with a text on it, for a scene that has no picture. */
export function card(text: string, width: number, height: number, hue: number): Buffer {
	const wave = (shift: number): number =>
		Math.round(70 + 50 * Math.sin((hue + shift) * 2 * Math.PI));
	const frame = new Picture(width, height, [wave(0), wave(1 / 3), wave(2 / 3), 255]);
	const { lines, size } = layout(text, width);
	frame.write(lines, size, [235, 235, 235, 255]);
	return frame.toPng();
}
