import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Editor } from './editor.cts';

/** The pictures of one run, in a folder that is emptied first. */
export class Gallery {
	/** Paths below the repository's folder, in the order of their making. */
	readonly pictures: string[] = [];

	private constructor(
		private readonly root: string,
		private readonly folder: string,
	) {}

	/**
	 * @param root the repository's folder
	 * @param folder where the pictures go
	 */
	static async open(root: string, folder: string): Promise<Gallery> {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		return new Gallery(root, folder);
	}

	/**
	 * Takes a picture of the window, or of a part of it.
	 *
	 * @param name the file's name without its ending
	 */
	async take(editor: Editor, name: string, part?: Locator): Promise<void> {
		await editor.settle();
		// The pointer would leave a hint or a highlight behind.
		await editor.page.mouse.move(0, 0);
		const path = join(this.folder, `${name}.png`);
		await (part ?? editor.page).screenshot({ path, caret: 'hide' });
		this.pictures.push(relative(this.root, path));
	}
}
