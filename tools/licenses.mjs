import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const MIT = `Permission is hereby granted, free of charge, to any person obtaining
a copy of this software and associated documentation files (the
'Software'), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to
permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be
included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED 'AS IS', WITHOUT WARRANTY OF ANY KIND,
EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT.
IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT,
TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

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
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	const text =
		file === undefined ? impliedText(manifest) : await readFile(join(folder, file), 'utf8');
	return `${manifest.name} ${manifest.version}\n\n${text.trim()}\n`;
}

/** Some packages only name the MIT license and their author. */
function impliedText({ name, license, author }) {
	if (license !== 'MIT' || author === undefined) {
		throw new Error(`${name} brings no licence text, so it cannot be bundled`);
	}
	const holder = typeof author === 'string' ? author : `${author.name} <${author.email}>`;
	return `(The MIT License)\n\nCopyright (c) ${holder}\n\n${MIT}`;
}
