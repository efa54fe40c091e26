import { FILE_KEYS, NAME_KEYS, readMeta, readName } from './draft';
import { isLosslessNumber, isRecord } from '../json';
import { pairUp } from './pairing';
import { sameJson } from './sameJson';
import { cleanName, fileNameOf } from './wording';

/** Entries named in one line; the rest is counted. */
const NAMED = 3;

interface Entry {
	id: string | undefined;
	name: string | undefined;
	kind: string;
	raw: unknown;
}

/** Tells which of the session's files came, went, or were looked at again. */
export function fileChanges(before: unknown, after: unknown): string[] {
	const { pairs, removed, added } = pairEntries(before, after);
	const edited = pairs.filter(([was, now]) => !sameJson(was.raw, now.raw)).map(([, now]) => now);
	return [
		...tell('File added', 'files added', added),
		...tell('File removed', 'files removed', removed),
		...tell('Details of a file changed', 'files have new details', edited),
	];
}

/** Tells which media the backend generated. */
export function generatedChanges(before: unknown, after: unknown): string[] {
	const { pairs, removed, added } = pairEntries(before, after);
	const edited = pairs.filter(([was, now]) => !sameJson(was.raw, now.raw)).map(([, now]) => now);
	const kinds = [...new Set(added.map((entry) => entry.kind))];
	return [
		...kinds.flatMap((kind) =>
			tell(
				`${kind} generated`,
				`${kind.toLowerCase()}s generated`,
				added.filter((entry) => entry.kind === kind),
			),
		),
		...tell('Generated clip removed', 'generated clips removed', removed),
		...tell('Generated clip changed', 'generated clips changed', edited),
	];
}

function pairEntries(before: unknown, after: unknown): ReturnType<typeof pairUp<Entry>> {
	return pairUp(entries(before), entries(after), [
		(entry) => entry.id,
		(entry) => entry.name,
		(_entry, index) => String(index),
	]);
}

/** The shape is not published: a list, an object of lists or of entries, or one entry. */
function entries(media: unknown): Entry[] {
	if (Array.isArray(media)) return media.flatMap((entry) => readEntry(undefined, entry));
	if (!isRecord(media) || isLosslessNumber(media)) return readEntry(undefined, media);
	if (addressOf(media) !== undefined) return readEntry(undefined, media);
	return Object.entries(media).flatMap(([key, value]) =>
		Array.isArray(value)
			? value.flatMap((entry) => readEntry(undefined, entry))
			: readEntry(key, value),
	);
}

function readEntry(key: string | undefined, raw: unknown): Entry[] {
	if (typeof raw === 'string') {
		return raw.trim() === '' ? [] : [{ id: key, name: fileNameFrom(raw), kind: 'Clip', raw }];
	}
	if (!isRecord(raw) || isLosslessNumber(raw)) return [];
	const id = readName([raw], ['id', 'hash']) ?? key;
	const name = readName([readMeta(raw), raw], NAME_KEYS) ?? fileNameFrom(addressOf(raw) ?? '');
	return [{ id, name, kind: kindOf(raw), raw }];
}

function addressOf(raw: Readonly<Record<string, unknown>>): string | undefined {
	for (const key of FILE_KEYS) {
		const value = raw[key];
		if (typeof value === 'string' && value.trim() !== '') return value;
	}
	return undefined;
}

function fileNameFrom(address: string): string | undefined {
	const name = cleanName(fileNameOf(address) ?? '');
	return name === '' ? undefined : name;
}

function kindOf(raw: Readonly<Record<string, unknown>>): string {
	const type = readName([raw], ['type', 'file_type', 'fileType', 'media_type', 'kind']);
	if (/audio|music|voice/iu.test(type ?? '')) return 'Audio track';
	if (/image|photo|picture/iu.test(type ?? '')) return 'Image';
	return 'Clip';
}

function tell(one: string, many: string, found: readonly Entry[]): string[] {
	if (found.length === 0) return [];
	const names = found.flatMap((entry) => (entry.name === undefined ? [] : [`'${entry.name}'`]));
	const left = found.length - Math.min(names.length, NAMED);
	const list = names.slice(0, NAMED).join(', ');
	const listed = names.length === 0 ? '' : `: ${list}${left > 0 ? ` and ${left} more` : ''}`;
	return [found.length === 1 ? `${one}${listed}` : `${found.length} ${many}${listed}`];
}
