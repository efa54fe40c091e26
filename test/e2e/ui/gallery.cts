import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Editor } from './editor.cts';

/** The pictures of one run, in a folder that is emptied first. */
export class Gallery {
	/** Names without their ending, in the order of their making. */
	readonly pictures: string[] = [];

	private constructor(readonly folder: string) {}

	/** @param folder where the pictures go */
	static async open(folder: string): Promise<Gallery> {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		return new Gallery(folder);
	}

	/**
	 * Takes a picture of the window, or of a part of it.
	 *
	 * @param name the file's name without its ending; may begin with a folder
	 */
	async take(editor: Editor, name: string, part?: Locator): Promise<void> {
		await editor.settle();
		// The pointer would leave a hint or a highlight behind.
		await editor.page.mouse.move(0, 0);
		const path = join(this.folder, `${name}.png`);
		await mkdir(dirname(path), { recursive: true });
		await (part ?? editor.page).screenshot({ path, caret: 'hide' });
		this.pictures.push(name);
	}
}
