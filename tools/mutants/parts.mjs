/** Name of the group that is measured, for Stryker's and jest's settings. */
export const CHOICE = 'MUTANTS';

const STREAM = 'api/stream';

/**
 * What `npm run test:mutation` changes: by part, the groups of files, and the tests that each mutant of a
 * group meets. Jest loads every test file anew for every mutant, so these are few: the ones that
 * speak about the group. All tests of a part together would find a little more, in hours.
 */
export const PARTS = {
	stream: [
		group(
			STREAM,
			['textAssembler', 'turn', 'openCalls', 'toolResult'],
			['turn', 'textAssembler', 'toolResult'],
		),
		// Without the attacks: every cut and chunking of the recordings is too slow for each mutant.
		group(STREAM, ['decode'], ['decode', 'dialectsWords']),
		group(
			STREAM,
			['parseEvents', 'streamFailure', 'namedError', 'askTool'],
			['parseEvents', 'dialects', 'failure', 'askTool'],
		),
		group(STREAM, ['spuriousError'], ['spuriousError', 'turn']),
	],
	flows: [
		group(
			'flows',
			[
				'assistant/assistant',
				'assistant/conversation',
				'assistant/chatUploads',
				'assistant/tellCredits',
				'assistant/tellState',
				'assistant/chatExport',
				'assistant/chatLanguage',
				'keepAlive',
				'generate/timelineInWords',
			],
			['assistant/assistant', 'assistant/messages'],
		),
		group(
			'flows',
			['createVideo/creditBudget', 'generate/turnCostTracker', 'generate/accountTurns'],
			['createVideo/creditBudget', 'generate/turnCostTracker'],
		),
		group(
			'flows',
			[
				'createVideo/createVideo',
				'createVideo/video',
				'generate/answerFailures',
				'generate/restingTimeline',
				'stages',
			],
			['createVideo/createVideo', 'stages'],
		),
		group(
			'flows',
			[
				'export/exportVideo',
				'export/exportFailures',
				'export/exportCheckpoint',
				'export/lookSchedule',
				'export/renderJob',
				'export/startExport',
				'export/startLimit',
				'generate/readAtRest',
			],
			['export/exportVideo', 'export/lookSchedule', 'export/renderJob', 'generate/readAtRest'],
		),
		group(
			'flows',
			[
				'export/download',
				'export/openVideo',
				'export/downloadWithResume',
				'export/fileInTransit',
				'peek',
				'export/videoFaults',
				'export/videoSources',
			],
			['export/download', 'export/downloadWithResume'],
		),
		group(
			'flows',
			[
				'generate/generate',
				'generate/generateTurn',
				'generate/turnTimeout',
				'generate/sendPrompt',
				'generate/afterPrompt',
				'generate/concludeTurn',
				'generate/generateFailures',
				'generate/turnReports',
				'generate/recoverTurn',
				'generate/turnCheckpoint',
				'generate/turnWords',
			],
			['generate/generate', 'generate/recoverTurn', 'generate/afterPrompt'],
		),
		group(
			'flows',
			[
				'generate/runningTurns',
				'generate/turnId',
				'generate/submitTurn',
				'generate/turnStatus',
				'generate/awaitTurn',
			],
			['generate/submit', 'generate/turnId', 'generate/equalTurns'],
		),
		group(
			'flows',
			['generate/openTurns', 'workInSession', 'perQueue'],
			['generate/openTurns', 'generate/submit'],
		),
		group(
			'flows',
			['generate/liveText', 'export/mp4Boxes'],
			['generate/liveText', 'export/mp4Boxes'],
		),
		group(
			'flows',
			['generate/streamTurn', 'generate/streamWatchdog', 'generate/heardProgress'],
			['generate/streamTurn', 'generate/generate'],
		),
		group(
			'flows',
			[
				'upload/upload',
				'upload/fileUpload',
				'upload/findArrivals',
				'upload/openUploads',
				'upload/answeredUploads',
				'upload/arrivedFiles',
				'upload/uploadFailures',
				'upload/uploadCheckpoint',
			],
			['upload/upload', 'upload/openUploads', 'upload/answeredUploads'],
		),
	],
	// Without n8n's engine, which takes seconds to load for each mutant.
	n8n: [
		group(
			'n8n',
			['runItems', 'lanes', 'checkpoints', 'nodeMemory', 'retriedRuns', 'wait'],
			['runItems', 'lanes', 'checkpoints', 'wait'],
		),
		group(
			'n8n/connection',
			['transport', 'requestOptions', 'answerStream', 'requestLimits'],
			['transport', 'oldN8n'],
		),
	],
};

function group(folder, files, tests) {
	return {
		name: `${folder.split('/').at(-1)}-${files[0].split('/').at(-1)}`,
		mutate: files.map((file) => `src/${folder}/${file}.ts`),
		tests: tests.map((test) => `test/unit/${folder}/${test}*.test.cts`),
	};
}

/**
 * What a run was told to measure: everything, parts, or files.
 *
 * @param {string[]} words names such as `stream`, and paths such as `src/flows/export/downloadWithResume.ts`
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
	if (found === undefined) throw new Error('Run it by `npm run test:mutation`');
	return found;
}
