import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const readJson = async (path) => JSON.parse(await readFile(path, 'utf8'));

/**
 * Whether node_modules holds what package-lock.json asks for: the versions are compared, since
 * the files' times say nothing after a checkout.
 *
 * @param {string} folder a folder with a package-lock.json
 * @returns {Promise<boolean>}
 */
export async function dependenciesAreInstalled(folder) {
	const wanted = await readJson(join(folder, 'package-lock.json'));
	let present;
	try {
		present = await readJson(join(folder, 'node_modules', '.package-lock.json'));
	} catch {
		return false;
	}
	return Object.entries(wanted.packages).every(
		([path, entry]) =>
			path === '' ||
			entry.optional === true ||
			entry.devOptional === true ||
			present.packages[path]?.version === entry.version,
	);
}
