import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedSession } from '../../../emulator/sessions.cts';
import type { SqlRow } from '../sqlite.cts';
import type { StoryName } from './stories.cts';

const FOLDER = join(__dirname, '..', '..', 'history');

/** What stands in a record for what every n8n and every emulator calls otherwise. */
export const PLACEHOLDERS = {
	workflow: '<workflow>',
	credential: '<credential>',
	emulator: '<emulator>',
	/** n8n's N8N_USER_FOLDER, which stands in stacks. */
	folder: '<folder>',
	home: '<home>',
} as const;

/** An update keeps the key, with which n8n encrypts a part of each execution. */
export const ENVIRONMENT = { N8N_ENCRYPTION_KEY: 'key of the history' };

type Names = Record<keyof typeof PLACEHOLDERS, string>;

/** What an n8n had in its database, and the emulated NemoVideo in its own. */
export interface HistoryRecord {
	/** A row of n8n's execution_entity. */
	execution: SqlRow;
	/** A row of its execution_data: the saved workflow, and all data of the run. */
	data: SqlRow;
	sessions: SavedSession[];
}

/** Versions of n8n by which something was recorded. */
export function recordedVersions(): string[] {
	return existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
}

const fileOf = (version: string, story: StoryName): string =>
	join(FOLDER, version, `${story}.json`);

/** @param names what the recording n8n and emulator called what the placeholders stand for */
export function writeRecord(
	version: string,
	story: StoryName,
	record: HistoryRecord,
	names: Names,
): string {
	const file = fileOf(version, story);
	mkdirSync(join(FOLDER, version), { recursive: true });
	writeFileSync(file, `${renamed(JSON.stringify(record, null, '\t'), names, PLACEHOLDERS)}\n`);
	return file;
}

/** @param names what this n8n and emulator call what the placeholders stand for */
export function readRecord(version: string, story: StoryName, names: Names): HistoryRecord {
	return JSON.parse(renamed(readFileSync(fileOf(version, story), 'utf8'), PLACEHOLDERS, names));
}

function renamed<All extends Record<string, string>>(
	text: string,
	from: All,
	to: Record<keyof All, string>,
): string {
	return Object.entries(from).reduce(
		(all, [key, name]) => all.replaceAll(name, to[key] ?? ''),
		text,
	);
}
