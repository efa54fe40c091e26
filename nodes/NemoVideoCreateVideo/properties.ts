import type { INodeProperties } from 'n8n-workflow';
import {
	includeInputFieldsOption,
	includeLinkOption,
	inputFileField,
	onTimeoutOption,
	optionsField,
	parallelOption,
	pollIntervalOption,
	renderOptions,
	sendEqualPromptsOption,
	turnOptions,
	urlsField,
} from '../../src/n8n/fields';
import { languageFields } from '../../src/n8n/languageField';

const languageSample = {
	hint: 'Leave empty to use the prompt',
	description: 'Text to detect the language from, such as the caption',
};

const creditOptions: INodeProperties[] = [
	{
		displayName: 'Maximum Credits',
		name: 'maximumCredits',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			"The maximum number of credits to use in this run. A row that would exceed it, based on the cost of earlier rows, fails without being sent. Set to 0 for no limit. Only the first item's value is used.",
	},
	{
		displayName: 'Minimum Credits',
		name: 'minimumCredits',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			"If the balance is lower, no row starts and no credits are used. Set to 0 to skip the check. Only the first item's value is used.",
	},
	{
		displayName: 'Stop When Out of Credits',
		name: 'stopWhenOutOfCredits',
		type: 'boolean',
		default: true,
		description:
			"Whether to stop sending rows when there aren't enough credits for another one. The remaining rows fail with the kind credits. Only the first item's value is used.",
	},
];

export const captionsOption: INodeProperties = {
	displayName: 'Captions',
	name: 'captions',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'auto', description: 'Follow the prompt, or let NemoVideo decide' },
		{ name: 'Off', value: 'off', description: 'Ask for a video without captions' },
		{ name: 'On', value: 'on', description: 'Ask for captions' },
	],
	default: 'auto',
	description: "Whether the video has captions. It's added to the prompt.",
};

/** What is added to the prompt in words, only where it is set. */
const wishOptions: INodeProperties[] = [
	captionsOption,
	{
		displayName: 'Duration (Seconds)',
		name: 'durationSeconds',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600 },
		default: 30,
		description:
			"Length of the video, 1 to 600 seconds. It's added to the prompt. Leave empty or set to 0 to let the prompt decide. An expression can also return a time such as 1:30, '2 minutes' or PT30S.",
	},
	{
		displayName: 'Music',
		name: 'music',
		type: 'string',
		default: '',
		placeholder: 'e.g. calm piano',
		description:
			"Background music of the video. It's added to the prompt. Leave empty to let the prompt decide.",
	},
	{
		displayName: 'Voice-Over',
		name: 'voiceOver',
		type: 'string',
		default: '',
		placeholder: 'e.g. a warm female voice that reads the caption',
		description:
			"The voice-over text, or the kind of voice. It's added to the prompt. Leave empty to let the prompt decide.",
	},
];

const ownOptions: INodeProperties[] = [
	{
		displayName: 'Export Timeout (Minutes)',
		name: 'exportTimeoutMinutes',
		type: 'number',
		typeOptions: { minValue: 0.02, maxValue: 60 },
		default: 5,
		description: 'How long to wait for a render, 0.02 to 60 minutes',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. promo.mp4',
		description:
			"Name of the downloaded file. Leave empty to use the task name if you've set one, else the prompt's first words.",
	},
	{
		displayName: 'Generate Timeout (Minutes)',
		name: 'generateTimeoutMinutes',
		type: 'number',
		typeOptions: { minValue: 0.02, maxValue: 60 },
		default: 15,
		description: 'How long to wait for NemoVideo to finish a prompt, 0.02 to 60 minutes',
	},
	{
		displayName: 'Instructions',
		name: 'instructions',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Brand colour #0B5FFF, calm tone, logo at the end',
		description: 'Text to add before every prompt, such as brand and tone',
	},
	{
		displayName: 'Output Data Field Name',
		name: 'outputBinaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		description: 'The name of the output field to put the video in',
	},
	{
		displayName: 'Quality',
		name: 'quality',
		type: 'string',
		default: 'high',
		placeholder: 'e.g. high',
		description: "Quality of the video, as one of NemoVideo's values",
	},
	{
		displayName: 'Task Name',
		name: 'taskName',
		type: 'string',
		default: 'project',
		placeholder: 'e.g. Summer promo',
		description: 'Name of the NemoVideo project, if a session is created',
	},
];

export const videoSourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: "Use the input item's files if it has any, otherwise only the prompt",
		},
		{ name: 'Binary File', value: 'binary', description: 'Files of the input item' },
		{ name: 'None', value: 'none', description: 'Use only the prompt' },
		{ name: 'URL', value: 'url', description: 'Links that NemoVideo fetches itself' },
	],
	default: 'auto',
	description: 'Where the images, clips or music of the video come from',
};

export const aspectRatioField: INodeProperties = {
	displayName: 'Aspect Ratio',
	name: 'aspectRatio',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'auto', description: 'Follow the prompt, or let NemoVideo decide' },
		{ name: 'Landscape (16:9)', value: '16:9' },
		{ name: 'Square (1:1)', value: '1:1' },
		{ name: 'Vertical (9:16)', value: '9:16' },
	],
	default: 'auto',
	description: "Aspect ratio of the video. It's added to the prompt.",
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. turn these images into a 30-second promo video with background music',
		hint: 'Concrete instructions give better and faster results; shorter scripts and fewer images are faster',
		description:
			"What to make or change. A prompt costs credits and takes minutes. It's sent once and never repeated automatically.",
	},
	videoSourceField,
	inputFileField({ show: { source: ['auto', 'binary'] } }),
	urlsField({ show: { source: ['url'] } }),
	aspectRatioField,
	...languageFields.map((field) =>
		field.name === 'languageSample' ? { ...field, ...languageSample } : field,
	),
	{
		displayName: 'Export Video',
		name: 'exportVideo',
		type: 'boolean',
		default: true,
		description: 'Whether to export the video. Turn off to stop after editing the timeline.',
	},
	{
		displayName: 'Download',
		name: 'download',
		type: 'boolean',
		default: true,
		description:
			'Whether to download the video as a file. Turn off to return only the URL, for example for large videos.',
		// A language model reads no files.
		displayOptions: { show: { exportVideo: [true] }, hide: { '@tool': [true] } },
	},
	{
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5529798706024415232',
		hint: 'Leave empty to start a new video',
		description:
			"Leave empty to create a session for each row. Rows with the same session ID continue that session: they're edited and exported one after another, each with its own video.",
	},
	optionsField([
		...ownOptions,
		...wishOptions,
		...creditOptions,
		...renderOptions,
		...turnOptions,
		includeInputFieldsOption,
		includeLinkOption,
		onTimeoutOption,
		parallelOption,
		pollIntervalOption,
		sendEqualPromptsOption,
	]),
];
