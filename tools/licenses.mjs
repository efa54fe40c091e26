import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `node_modules/@scope/name/lib/x.js` -> `node_modules/@scope/name` */
const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * @param {string} root the repository's folder
 * @param {string[]} files what a bundle was made of, relative to `root`
 * @returns {Promise<string>} name, version and licence text of every package among them
 * @throws Error where a bundled package brings no licence text
 */
export async function licenseTexts(root, files) {
	const folders = new Set(files.flatMap((file) => PACKAGE_FOLDER.exec(file)?.[0] ?? []));
	const texts = await Promise.all(
		[...folders].sort().map((folder) => licenseText(join(root, folder))),
	);
	return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenseText(folder) {
	const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	if (file === undefined)
		throw new Error(`${name} brings no licence text, so it cannot be bundled`);
	return `${name} ${version}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
}
