import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../tools/descriptions.cts';
import type { Gallery } from './gallery.cts';

const ALBUM = join(ROOT, 'docs', 'images');

/** An editor has few colours: with a palette, a picture takes half of its bytes. */
const PALETTE =
	'split[a][b];[a]palettegen=max_colors=128:reserve_transparent=0[p];[b][p]paletteuse=dither=none';

/** Names of the pictures that the documents show, without folder and ending. */
export function shownPictures(): string[] {
	const pages = ['docs', join('docs', 'recipes')].flatMap((folder) =>
		readdirSync(join(ROOT, folder))
			.filter((file) => file.endsWith('.md'))
			.map((file) => join(folder, file)),
	);
	const text = ['README.md', 'CONTRIBUTING.md', ...pages]
		.map((file) => readFileSync(join(ROOT, file), 'utf8'))
		.join('\n');
	const names = [...text.matchAll(/[("](?:docs\/|\.\.\/)?images\/([\w/-]+)\.png[)"]/g)].map(
		([, name = '']) => name,
	);
	return [...new Set(names)].sort();
}

/** Names of the pictures in docs/images. */
export async function keptPictures(): Promise<string[]> {
	const entries = await readdir(ALBUM, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => relative(ALBUM, join(parentPath, name)).replace(/\.png$/, ''))
		.sort();
}

/**
 * Puts the pictures that the documents show into docs/images, and takes all others out of it.
 *
 * @throws Error where the run took no picture of a name that a document asks for
 */
export async function keep({ folder, pictures }: Gallery): Promise<void> {
	const shown = shownPictures();
	const missing = shown.filter((name) => !pictures.includes(name));
	if (missing.length > 0) throw new Error(`Documents show what no check takes: ${missing}`);
	const { path: ffmpeg }: { path: string } = require('@ffmpeg-installer/ffmpeg');
	await rm(ALBUM, { recursive: true, force: true });
	for (const name of shown) {
		const [from, to] = [folder, ALBUM].map((place) => join(place, `${name}.png`));
		await mkdir(dirname(to ?? ''), { recursive: true });
		const args = ['-v', 'error', '-y', '-i', from, '-vf', PALETTE, '-pix_fmt', 'pal8', to];
		await promisify(execFile)(ffmpeg, args.map(String));
	}
}
