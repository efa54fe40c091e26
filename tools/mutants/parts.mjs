/** Name of the group that is measured, for Stryker's and jest's settings. */
export const CHOICE = 'MUTANTS';

const STREAM = 'api/stream';

/**
 * What `npm run mutants` changes: by part, the groups of files, and the tests that each mutant of a
 * group meets. Jest loads every test file anew for every mutant, so these are few: the ones that
 * speak about the group. All tests of a part together would find a little more, in hours.
 */
export const PARTS = {
	stream: [
		group(STREAM, ['answer', 'turn', 'openCalls', 'toolResult'], ['turn', 'answer', 'toolResult']),
		// Without the attacks: every cut and chunking of the recordings is too slow for each mutant.
		group(STREAM, ['decode'], ['decode', 'dialectsWords']),
		group(
			STREAM,
			['dialects', 'streamFailure', 'namedError', 'askTool'],
			['dialects', 'failure', 'askTool'],
		),
		group(STREAM, ['falseError'], ['falseError', 'turn']),
	],
	flows: [
		group(
			'flows',
			['assistant', 'conversation', 'chatExport', 'chatLanguage', 'notices', 'timelineInWords'],
			['assistant', 'replies'],
		),
		group('flows', ['budget', 'turnMeter', 'accountTurns'], ['budget', 'turnMeter']),
		group(
			'flows',
			['createVideo', 'answerFailures', 'restingTimeline', 'stages'],
			['createVideo', 'stages'],
		),
		group(
			'flows',
			['exportVideo', 'exportRecord', 'renderJob', 'startExport', 'startLimit', 'readAtRest'],
			['exportVideo', 'renderJob', 'readAtRest'],
		),
		group(
			'flows',
			['download', 'readWhole', 'fileInTransit', 'peek', 'videoFaults', 'videoSources'],
			['download', 'readWhole'],
		),
		group(
			'flows',
			[
				'generate',
				'sendPrompt',
				'afterPrompt',
				'concludeTurn',
				'generateFailures',
				'turnReports',
				'recover',
				'turnRecord',
				'turnWords',
			],
			['generate', 'recover', 'afterPrompt'],
		),
		group(
			'flows',
			['runningTurns', 'turnId', 'submitTurn', 'turnStatus', 'awaitTurn'],
			['submit', 'turnId', 'equalTurns'],
		),
		group('flows', ['openTurns', 'workInSession', 'perQueue'], ['openTurns', 'submit']),
		group('flows', ['liveText', 'mp4Boxes'], ['liveText', 'mp4Boxes']),
		group('flows', ['streamTurn', 'streamWatchdog', 'heardProgress'], ['streamTurn', 'generate']),
		group(
			'flows',
			[
				'upload',
				'findArrivals',
				'openUploads',
				'answeredUploads',
				'uploadFailures',
				'uploadRecord',
			],
			['upload', 'openUploads', 'answeredUploads'],
		),
	],
	// Without n8n's engine, which takes seconds to load for each mutant.
	n8n: [
		group(
			'n8n',
			['items', 'lanes', 'memory', 'stoppedRuns', 'wait'],
			['items', 'lanes', 'memory', 'wait'],
		),
		group(
			'n8n/connection',
			['transport', 'answerStream', 'requestLimits'],
			['transport', 'oldN8n'],
		),
	],
};

function group(folder, files, tests) {
	return {
		name: `${folder.split('/').at(-1)}-${files[0]}`,
		mutate: files.map((file) => `src/${folder}/${file}.ts`),
		tests: tests.map((test) => `test/unit/${folder}/${test}*.test.cts`),
	};
}

/**
 * What a run was told to measure: everything, parts, or files.
 *
 * @param {string[]} words names such as `stream`, and paths such as `src/flows/readWhole.ts`
 * @returns {Array<{ part: string, group: object, files: string[] }>} groups, with the files of each
 * @throws {Error} for a word that is neither
 */
export function chosen(words) {
	const all = Object.entries(PARTS).flatMap(([part, groups]) =>
		groups.map((one) => ({ part, group: one, files: one.mutate })),
	);
	const isKnown = (word) => all.some((one) => one.part === word || one.files.includes(word));
	const stranger = words.find((word) => !isKnown(word));
	if (stranger !== undefined) {
		throw new Error(
			`Nothing to measure in ${stranger}; parts are ${Object.keys(PARTS).join(', ')}`,
		);
	}
	if (words.length === 0) return all;
	return all
		.map((one) => ({
			...one,
			files: words.includes(one.part) ? one.files : one.files.filter((f) => words.includes(f)),
		}))
		.filter(({ files }) => files.length > 0);
}

/** The group that this process measures. */
export function currentGroup() {
	const name = process.env[CHOICE];
	const found = Object.values(PARTS)
		.flat()
		.find((one) => one.name === name);
	if (found === undefined) throw new Error('Run it by `npm run mutants`');
	return found;
}
