import type { IExecuteFunctions } from 'n8n-workflow';
import { isNemoVideoError } from '../../src/api/errors';
import { resultOf } from '../../src/api/result';
import type { Media } from '../../src/api/upload';
import type { BudgetLimits } from '../../src/flows/createVideo/creditBudget';
import { equalPromptKey } from '../../src/n8n/equalPrompts';
import { firstWords } from '../../src/n8n/files/fileNames';
import { bringsFiles, describeMedia, readMediaFrom } from '../../src/n8n/media';
import { Parameters } from '../../src/n8n/parameters';
import {
	DEFAULT_TASK_NAME,
	readExportSettings,
	readLanguage,
	readMinimumCredits,
	readRenderOutput,
	readTaskName,
	readTurnSettings,
} from '../../src/n8n/settings';
import { videoSourceField } from './properties';
import { readPrompt } from './readPrompt';
import type { VideoSettings } from '../../src/flows/createVideo/video';

export interface VideoItem extends VideoSettings {
	download: boolean;
	/** Output field of the video. */
	field: string;
	/** Of the downloaded video. Empty: the render's id names it. */
	fileName: string;
	includeLink: boolean;
	/** What no other item may share, where the session is given. */
	onlyOnce: string | undefined;
}

/** Reads and checks the parameters of one item. */
export async function readCreateVideo(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<VideoItem> {
	const { prompt, whole } = readPrompt(parameters);
	const sessionId = readGivenSession(parameters);
	const exportVideo = parameters.boolean('exportVideo', 'Export Video', true);
	// A language model reads no files.
	const download =
		exportVideo && !parameters.ofTool && parameters.boolean('download', 'Download', true);
	const turn: VideoSettings['turn'] = readTurnSettings(
		parameters,
		'generateTimeoutMinutes',
		'Generate Timeout (Minutes)',
	);
	const media = await readGivenMedia(context, parameters);
	const taskName = readTaskName(parameters, 'options.taskName');
	return {
		...(sessionId === undefined ? {} : { sessionId }),
		onlyOnce:
			sessionId === undefined
				? undefined
				: equalPromptKey(parameters, { sessionId, prompt: whole }),
		taskName,
		language: readLanguage(parameters, prompt),
		...(media ? { media } : {}),
		prompt: whole,
		turn,
		...(exportVideo ? { render: readRender(parameters) } : {}),
		download,
		field: download ? readField(parameters) : '',
		fileName: readFileName(parameters, taskName, prompt),
		includeLink: parameters.boolean('options.includeLink', 'Include Link', false),
	};
}

/** An empty cell of a sheet means a session of the row's own. */
function readGivenSession(parameters: Parameters): string | undefined {
	const sessionId = parameters.optionalSessionId();
	return sessionId === '' ? undefined : sessionId;
}

async function readGivenMedia(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<Media | undefined> {
	const source = parameters.choice(videoSourceField, ['auto', 'none', 'binary', 'url']);
	if (source === 'none') return undefined;
	if (source !== 'auto') return await readMediaFrom(context, parameters, source);
	if (!bringsFiles(context, parameters)) return undefined;
	const media = await resultOf(async () => await readMediaFrom(context, parameters, 'binary'));
	if (media.ok) return media.value;
	// Nobody chose these files: they may be of no concern to the video.
	const advice = "To leave out the item's files, set 'Source' to None.";
	if (!isNemoVideoError(media.error)) throw media.error;
	throw media.error.with({ description: `${media.error.description ?? ''} ${advice}`.trim() });
}

function readRender(parameters: Parameters): VideoSettings['render'] {
	const quality = parameters.text('options.quality', 'Quality', 'high');
	return {
		...readExportSettings(parameters, 'exportTimeoutMinutes', 'Export Timeout (Minutes)'),
		output: readRenderOutput(parameters, quality === '' ? 'high' : quality),
	};
}

function readField(parameters: Parameters): string {
	const field = parameters.text('options.outputBinaryPropertyName', 'Output Data Field Name');
	return field === '' ? 'data' : field;
}

/** The most telling name that there is. */
function readFileName(parameters: Parameters, taskName: string, prompt: string): string {
	const given = parameters.text('options.fileName', 'File Name');
	if (given !== '') return given;
	return taskName === DEFAULT_TASK_NAME ? firstWords(prompt) : taskName;
}

/** What is paid for: the rest may change between two tries without the row being done again. */
export function identityOf({ sessionId, prompt, media }: VideoItem): unknown {
	return { sessionId, prompt, media: media && describeMedia(media) };
}

/** What shapes the result of a row that was paid. */
export function shapeOf({ render, download, field, fileName, includeLink }: VideoItem): unknown {
	const { output, renderAgain } = render ?? {};
	return { output, renderAgain, download, field, fileName, includeLink };
}

/** The limits of the run as a whole, from its first item. */
export function readBudgetLimits(context: IExecuteFunctions): BudgetLimits {
	const parameters = new Parameters(context, 0);
	return {
		minimum: readMinimumCredits(parameters),
		maximum: parameters.number({
			name: 'options.maximumCredits',
			label: 'Maximum Credits',
			fallback: 0,
			min: 0,
			max: Number.MAX_SAFE_INTEGER,
		}),
		stopWhenOut: parameters.boolean(
			'options.stopWhenOutOfCredits',
			'Stop When Out of Credits',
			true,
		),
	};
}
