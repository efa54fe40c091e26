import { extractCode, optionalNumber, optionalText } from './response';
import { isRecord } from './json';
import { isUnderWay } from './stateMedia';
import { parseSafeUrl } from './safeUrl';
import { looseObject, parseShape } from '../vendor';

export interface UploadedFile {
	filename: string;
	fileType: string;
	cdnUrl: string;
	durationSeconds?: number;
	width?: number;
	height?: number;
	fps?: number;
	hash?: string;
}

/** A file that a session's state shows. */
export interface SessionFile extends UploadedFile {
	/** NemoVideo has it, and is not done with it yet. */
	isUnderWay?: true;
}

/** What is kept of a file in a session to tell it from later ones. */
export interface FileMark {
	filename: string;
	cdnUrl: string;
}

/** What is not as expected counts as left out: the file has arrived all the same. */
const fileSchema = looseObject({
	filename: optionalText,
	file_type: optionalText,
	cdn_url: optionalText,
	duration: optionalNumber,
	width: optionalNumber,
	height: optionalNumber,
	fps: optionalNumber,
	hash: optionalText,
});

/** One file as the upload's answer and the state describe it. Its name may be empty. */
export function readFile(entry: unknown): UploadedFile {
	const file = parseShape(fileSchema, isRecord(entry) ? entry : {});
	return {
		filename: file.filename ?? '',
		fileType: file.file_type || 'unknown',
		cdnUrl: parseSafeUrl(file.cdn_url) ?? '',
		...present('durationSeconds', file.duration),
		...present('width', file.width),
		...present('height', file.height),
		...present('fps', file.fps),
		...present('hash', file.hash || undefined),
	};
}

function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
	const found: { [P in K]?: V } = {};
	if (value !== undefined) found[key] = value;
	return found;
}

/**
 * What a session's state says of its uploaded files. The shape of its entries is not published:
 * names and links are read where they are, in the words the upload itself uses.
 *
 * @param videoInfos a list, or an object of entries or of lists of them
 */
export function filesInState(videoInfos: unknown): SessionFile[] {
	const entries = Array.isArray(videoInfos)
		? videoInfos
		: isRecord(videoInfos)
			? Object.values(videoInfos).flat()
			: [];
	return entries
		.filter((entry) => !hasFailed(entry))
		.map((entry) => ({
			...readFile(entry),
			...(isUnderWay(entry) ? { isUnderWay: true as const } : {}),
		}));
}

/** Whether an entry says that NemoVideo didn't take its file; how it says so isn't published. */
export function hasFailed(entry: unknown): boolean {
	if (!isRecord(entry)) return false;
	const { error, status, success } = entry;
	const code = extractCode(entry) ?? 0;
	const isTold = error !== undefined && error !== null && error !== false && error !== '';
	const isBad = typeof status === 'string' && FAILED.test(status.trim());
	return isTold || isBad || success === false || (code !== 0 && code !== 200);
}

const FAILED = /^(?:failed|failure|error|refused|rejected)$/i;

/** What is kept of the files in a session before an upload. */
export function marksOf(files: readonly UploadedFile[]): FileMark[] {
	return files.map(({ filename, cdnUrl }) => ({ filename, cdnUrl: withoutQuery(cdnUrl) }));
}

/** Links may get a new signature each time. */
function withoutQuery(url: string): string {
	return url.split('?', 1)[0] ?? '';
}

/**
 * The files that came into a session since. A file of a name that was there before is new only
 * where there are more of that name now.
 */
export function filesSince(
	before: readonly FileMark[],
	files: readonly SessionFile[],
): SessionFile[] {
	const left = [...before];
	const take = (isSame: (mark: FileMark) => boolean): boolean => {
		const index = left.findIndex(isSame);
		if (index >= 0) left.splice(index, 1);
		return index >= 0;
	};
	const others = files.filter(({ filename, cdnUrl }) => {
		const url = withoutQuery(cdnUrl);
		return url === '' || !take((mark) => mark.filename === filename && mark.cdnUrl === url);
	});
	return others.filter(({ filename }) => !take((mark) => mark.filename === filename));
}

/** Which of the files that came are those of an upload. */
export interface FileMatch {
	/** For each name, the index of its file among those that came. */
	places: Array<number | undefined>;
	/** Files that came under names of their own, while some of the upload are missing. */
	strangers: number;
}

/**
 * Finds the files of an upload among those that came. They are told by their names; where NemoVideo
 * changed or omitted these and none is missing, by their order, in which it keeps them.
 *
 * @param max files that can be new, where some of those that came may only have other names now
 */
export function matchFiles(
	came: ReadonlyArray<Pick<UploadedFile, 'filename'>>,
	names: readonly string[],
	max = came.length,
): FileMatch {
	const free = new Set(came.keys());
	const take = (isSame: (filename: string) => boolean): number | undefined => {
		const index = [...free].find((place) => isSame(came[place]?.filename ?? ''));
		if (index !== undefined) free.delete(index);
		return index;
	};
	const exact = names.map((name) => take((filename) => filename === name));
	const places = exact.map(
		(place, index) => place ?? take((filename) => plain(filename) === plain(names[index] ?? '')),
	);
	const missing = places.filter((place) => place === undefined).length;
	if (missing === 0) return { places, strangers: 0 };
	const strangers = Math.min(free.size, max - (names.length - missing));
	if (strangers < missing) return { places, strangers: Math.max(0, strangers) };
	const rest = [...free].values();
	return { places: places.map((place) => place ?? rest.next().value), strangers: 0 };
}

/** What is left of a name where case, spaces and the form of accents are changed. */
function plain(name: string): string {
	const letters = name.normalize('NFC').toLowerCase();
	// A name of nothing else is told by its order.
	return letters.replace(/[^\p{L}\p{N}.]+/gu, '_') || name;
}
