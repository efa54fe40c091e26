import type { INodeProperties } from 'n8n-workflow';
import {
	includeInputFieldsOption,
	includeLinkOption,
	onTimeoutOption,
	optionsField,
	parallelOption,
	pollIntervalOption,
	renderOptions,
	sessionIdField,
} from '../../src/n8n/fields';

const ofRenderId = { show: { operation: ['getStatus', 'cancel'] } };
/** AI agents get the URL: a language model reads no files. */
const notOfTool = { hide: { '@tool': [true] } };
const ofVideo = { show: { operation: ['exportAndWait', 'getStatus'] } };

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Cancel',
			value: 'cancel',
			action: 'Cancel render',
			description: 'Cancel a render that is in progress',
		},
		{
			name: 'Export and Wait',
			value: 'exportAndWait',
			action: 'Export video and wait for it',
			description: 'Render the timeline, wait until the video is ready, and download it',
		},
		{
			name: 'Get Status',
			value: 'getStatus',
			action: 'Get status of render',
			description:
				"Get the status of a render started by Submit, and download the video once it's completed",
		},
		{
			name: 'Submit',
			value: 'submit',
			action: 'Submit render without waiting',
			description: 'Start the render and return its ID immediately',
		},
	],
	default: 'exportAndWait',
};

export const properties: INodeProperties[] = [
	operationField,
	sessionIdField,
	{
		displayName: 'Render ID',
		name: 'renderId',
		type: 'string',
		required: true,
		default: '={{ $json.renderId }}',
		placeholder: 'e.g. render_5f6b2f6d1c57',
		description: 'The renderId that Submit returned',
		displayOptions: ofRenderId,
	},
	{
		displayName: 'Quality',
		name: 'quality',
		type: 'string',
		default: 'high',
		placeholder: 'e.g. high',
		description: "Quality of the video, as one of NemoVideo's values",
		displayOptions: { show: { operation: ['exportAndWait', 'submit'] } },
	},
	{
		displayName: 'Download',
		name: 'download',
		type: 'boolean',
		default: true,
		description:
			'Whether to download the video as a file. Turn off to return only the URL, for example for large videos.',
		displayOptions: { ...ofVideo, ...notOfTool },
	},
	{
		displayName: 'Output Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		description: 'The name of the output field to put the video in',
		displayOptions: { show: { ...ofVideo.show, download: [true] }, ...notOfTool },
	},
	optionsField([
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. promo.mp4',
			description: 'Name of the downloaded file. Leave empty to use the render ID.',
		},
		includeInputFieldsOption,
		includeLinkOption,
		onTimeoutOption,
		parallelOption,
		pollIntervalOption,
		...renderOptions,
		{
			displayName: 'Timeout (Minutes)',
			name: 'timeoutMinutes',
			type: 'number',
			typeOptions: { minValue: 0.02, maxValue: 60 },
			default: 5,
			description:
				'How long to wait for the render, 0.02 to 60 minutes. This includes waiting for prompts that are still running in the session.',
		},
	]),
];
