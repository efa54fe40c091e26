import type { INodeProperties } from 'n8n-workflow';
import {
	includeInputFieldsOption,
	optionsField,
	parallelOption,
	sessionIdField,
} from '../../src/n8n/fields';

const ofSubtitles = { show: { operation: ['getSubtitles'] } };

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Get State',
			value: 'getState',
			action: 'Get state of session',
			description: 'Read the timeline and the files of a session',
		},
		{
			name: 'Get Subtitles',
			value: 'getSubtitles',
			action: 'Get subtitles of session',
			description: 'Read the titles and captions of the timeline as a subtitle file',
		},
	],
	default: 'getState',
};

export const formatField: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{
			name: 'SRT (SubRip)',
			value: 'srt',
			description: 'For most players and video platforms',
		},
		{ name: 'VTT (WebVTT)', value: 'vtt', description: 'For videos on web pages' },
	],
	default: 'srt',
	description: 'Format of the subtitle file',
	displayOptions: ofSubtitles,
};

export const properties: INodeProperties[] = [
	operationField,
	sessionIdField,
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: { show: { operation: ['getState'] } },
	},
	formatField,
	{
		displayName: 'Output Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		description: 'The name of the output field to put the subtitle file in',
		// A language model reads no files.
		displayOptions: { ...ofSubtitles, hide: { '@tool': [true] } },
	},
	optionsField([includeInputFieldsOption, parallelOption]),
];
