import type { IExecuteFunctions } from 'n8n-workflow';
import type { BudgetLimits } from '../../src/flows/budget';
import type { VideoSettings } from '../../src/flows/createVideo';
import { describeMedia, readMedia, type Media } from '../../src/n8n/media';
import { Parameters } from '../../src/n8n/parameters';
import {
	readExportSettings,
	readLanguage,
	readMinimumCredits,
	readRenderOutput,
	readTaskName,
	readTurnSettings,
} from '../../src/n8n/settings';

export interface VideoItem extends VideoSettings {
	download: boolean;
	/** Output field of the video. */
	field: string;
	fileName: string;
	includeLink: boolean;
}

/** How each aspect ratio is put to the agent. */
const RATIO_IN_WORDS = {
	auto: '',
	'9:16': 'Make it vertical, with the aspect ratio 9:16.',
	'16:9': 'Make it landscape, with the aspect ratio 16:9.',
	'1:1': 'Make it square, with the aspect ratio 1:1.',
} as const;
const RATIOS = ['auto', '9:16', '16:9', '1:1'] as const;

/** Reads and checks the parameters of one item. */
export async function readCreateVideo(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<VideoItem> {
	const prompt = parameters.prompt();
	const instructions = parameters.text('options.instructions', 'Instructions');
	const ratio = parameters.choice('aspectRatio', 'Aspect Ratio', RATIOS, 'auto');
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
	return {
		...(sessionId === undefined ? {} : { sessionId }),
		taskName: readTaskName(parameters, 'options.taskName'),
		language: readLanguage(parameters, prompt),
		...(media ? { media } : {}),
		prompt: [instructions, prompt, RATIO_IN_WORDS[ratio]]
			.map((part) => part.trim())
			.filter((part) => part !== '')
			.join('\n\n'),
		turn,
		...(exportVideo ? { render: readRender(parameters) } : {}),
		download,
		field: download ? readField(parameters) : '',
		fileName: parameters.text('options.fileName', 'File Name'),
		includeLink: parameters.boolean('options.includeLink', 'Include Link', false),
	};
}

/** An empty cell of a sheet means a session of the row's own. */
function readGivenSession(parameters: Parameters): string | undefined {
	const given = parameters.raw('sessionId');
	if (given === undefined || (typeof given === 'string' && given.trim() === '')) return undefined;
	return parameters.sessionId();
}

async function readGivenMedia(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<Media | undefined> {
	const source = parameters.choice('source', 'Source', ['none', 'binary', 'url'], 'none');
	return source === 'none' ? undefined : await readMedia(context, parameters);
}

function readRender(parameters: Parameters): VideoSettings['render'] {
	const quality = parameters.text('options.quality', 'Quality', 'high').trim();
	return {
		...readExportSettings(parameters, 'exportTimeoutMinutes', 'Export Timeout (Minutes)'),
		output: readRenderOutput(parameters, quality === '' ? 'high' : quality),
	};
}

function readField(parameters: Parameters): string {
	const field = parameters.text('options.outputBinaryPropertyName', 'Output Data Field Name');
	return field.trim() === '' ? 'data' : field.trim();
}

/** What is paid for: the rest may change between two tries without the row being done anew. */
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
