import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Looks for a text in every file below a folder: n8n's database with its journal, logs, settings
 * and stored files alike.
 *
 * @returns how many files were read, and those that hold the text in clear or as base64
 */
export async function findText(
	folder: string,
	text: string,
): Promise<{ filesRead: number; found: string[] }> {
	const forms = [Buffer.from(text), Buffer.from(Buffer.from(text).toString('base64'))];
	const found: string[] = [];
	const files = await filesBelow(folder);
	for (const file of files) {
		const content = await readFile(file);
		if (forms.some((form) => content.includes(form))) found.push(file);
	}
	return { filesRead: files.length, found };
}
