import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import ts from 'typescript';

/** From the outside in: a file may import its own room and every room to its right. */
const ROOMS = ['nodes', 'src/n8n', 'src/flows', 'src/api', 'src/text', 'src/vendor'];

/** The credential stands at the door, beside the nodes. */
const SAME_AS_NODES = 'credentials';

/** Where n8n itself is known; further in, code runs against any host. */
const MAY_IMPORT_N8N = new Set(['nodes', 'src/n8n']);

/** Only the vendor door may import these rooms' third-party code. */
const ALLOWED_EVERYWHERE = new Set(['node:crypto', 'crypto']);

/** A URL put together in code: `new URL(…)`, or a template or sum with a scheme or API path. */
const BUILDS_URL = [/new URL\(/, /`[^`]*:\/\/[^`]*\$\{/, /\$\{[^`]*\}\/api\//, /['"`]\/api\//];

function roomOf(file: string): string | undefined {
	if (file.startsWith(`${SAME_AS_NODES}/`)) return 'nodes';
	return ROOMS.find((room) => file.startsWith(`${room}/`) || file === `${room}.ts`);
}

/** `type X = import('stream').X` leaves nothing behind in the built code. */
function isTypeOnly(text: string, position: number): boolean {
	return /\btype \w+ = import\(\s*$/.test(text.slice(0, position).replace(/['"]?$/, ''));
}

function importFinding(file: string, room: string, name: string): string | undefined {
	if (name.startsWith('.')) {
		const target = roomOf(`${posix.join(dirname(file), name)}.ts`);
		if (target === undefined) return `imports ${name}, which is in no published room`;
		const isOutward = ROOMS.indexOf(target) < ROOMS.indexOf(room);
		return isOutward ? `imports ${name}: ${room} must not know ${target}` : undefined;
	}
	if (room === 'src/vendor' || ALLOWED_EVERYWHERE.has(name)) return undefined;
	if (name !== 'n8n-workflow') return `imports ${name}, which only src/vendor.ts may do`;
	return MAY_IMPORT_N8N.has(room) ? undefined : `imports n8n-workflow: ${room} must not know n8n`;
}

/**
 * Holds the direction of imports: nodes -> src/n8n -> src/flows -> src/api -> src/text ->
 * src/vendor; n8n is known to the first two only, third-party code to the last only, and nodes build no URL.
 *
 * @param file path from the repository's folder, with forward slashes
 * @param text the file's source
 * @returns one sentence per finding
 */
export function directionFindings(file: string, text: string): string[] {
	const room = roomOf(file);
	if (room === undefined) return [`${file} is in no published room`];
	const imports = ts
		.preProcessFile(text, true, true)
		.importedFiles.filter(({ fileName, pos }) => fileName.startsWith('.') || !isTypeOnly(text, pos))
		.map(({ fileName }) => fileName);
	const findings = imports.flatMap((name) => importFinding(file, room, name) ?? []);
	if (file.startsWith('nodes/') && BUILDS_URL.some((pattern) => pattern.test(text))) {
		findings.push('builds a URL, which belongs to src/api');
	}
	return findings.map((finding) => `${file} ${finding}`);
}

function sources(root: string, folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** @returns the findings of everything published below `root` */
export function checkImportDirection(root: string): string[] {
	return ['credentials', 'nodes', 'src']
		.flatMap((folder) => sources(root, folder))
		.flatMap((file) => directionFindings(file, readFileSync(join(root, file), 'utf8')));
}

if (require.main === module) {
	const findings = checkImportDirection(process.cwd());
	for (const finding of findings) console.error(finding);
	console.log(`Import direction: ${findings.length} errors`);
	process.exitCode = findings.length === 0 ? 0 : 1;
}
