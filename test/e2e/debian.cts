import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A program that comes in a Debian package. */
export interface DebianProgram {
	name: string;
	/** Those that bring it. */
	packages: readonly string[];
	/** Looked through beside PATH; a `*` stands for every folder there. */
	folders?: readonly string[];
}

function foldersOf(pattern: string): string[] {
	const [before, after] = pattern.split('*');
	if (before === undefined || after === undefined) return [pattern];
	if (!existsSync(before)) return [];
	return readdirSync(before).map((name) => join(before, name, after));
}

function find({ name, folders = [] }: DebianProgram): string | undefined {
	const all = [...folders.flatMap(foldersOf), ...(process.env.PATH ?? '').split(delimiter)];
	return all.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Finds a program; as root on Debian it is installed where it is missing.
 *
 * @returns its path
 * @throws Error that says what to install
 */
export async function debianProgram(program: DebianProgram): Promise<string> {
	const found = find(program);
	if (found !== undefined) return found;
	const { name, packages } = program;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		console.log(`Installing ${packages.join(', ')} …`);
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await execute('apt-get', ['update', '-qq'], { env });
		const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
		await execute('apt-get', args, { env, maxBuffer: 64 * 1024 * 1024 });
		const installed = find(program);
		if (installed !== undefined) return installed;
	}
	throw new Error(`${name} is missing: apt-get install ${packages.join(' ')}`);
}

/**
 * Finds out which programs can be had, and installs them where this is root on Debian.
 *
 * @returns by the name of each that cannot be had: why not
 */
export async function missingPrograms(
	programs: readonly DebianProgram[],
): Promise<ReadonlyMap<string, string>> {
	const missing = new Map<string, string>();
	for (const program of new Set(programs)) {
		try {
			await debianProgram(program);
		} catch (error) {
			const [why = ''] = String(Object(error).message).split('\n');
			const { name } = program;
			missing.set(name, why.startsWith(name) ? why : `${name} is missing: ${why}`);
		}
	}
	return missing;
}
