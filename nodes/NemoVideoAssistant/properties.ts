import type { INodeProperties } from 'n8n-workflow';
import {
	includeInputFieldsOption,
	languageField,
	minimumCreditsOption,
	onTimeoutOption,
	optionsField,
	parallelOption,
	pollIntervalOption,
	renderOptions,
	sendEqualPromptsOption,
	turnOptions,
} from '../../src/n8n/fields';

export const afterSuggestedExportOption: INodeProperties = {
	displayName: 'After Suggested Export',
	name: 'afterSuggestedExport',
	type: 'options',
	options: [
		{
			name: 'Offer',
			value: 'offer',
			description: 'Tell the user how to ask for the video',
		},
		{
			name: 'Perform',
			value: 'perform',
			description: 'Export at once and reply with the link',
		},
	],
	default: 'offer',
	description: 'What to do when NemoVideo tells the user to click Export',
};

const languageOption: INodeProperties = {
	...languageField,
	description:
		"Language of the answers. Automatic: each message's own. An expression may give any ISO code.",
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		// What an agent wants is for the agent to say: the user's words would cost credits.
		default: '',
		placeholder: 'e.g. turn these images into a 30-second promo video with background music',
		description:
			'What the user says. Words such as export, credits or status act at once and cost nothing; everything else goes to NemoVideo as a prompt.',
		displayOptions: { show: { '@tool': [true] } },
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '={{ $json.chatInput }}',
		placeholder: 'e.g. turn these images into a 30-second promo video with background music',
		description:
			'What the user says. Words such as export, credits or status act at once and cost nothing; everything else goes to NemoVideo as a prompt.',
		displayOptions: { hide: { '@tool': [true] } },
	},
	{
		displayName: 'Chat ID',
		name: 'chatId',
		type: 'string',
		default: '={{ $json.sessionId }}',
		placeholder: 'e.g. the sessionId of the Chat Trigger',
		description:
			'The ID of the chat, as the Chat Trigger gives it. One NemoVideo session is kept for each chat, so the user goes on with the same timeline.',
	},
	{
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5529798706024415232',
		hint: 'Leave it empty to go on with the session of the chat',
		description: 'A NemoVideo session to work in, instead of the one that is kept for the chat',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: '*',
		placeholder: 'e.g. data',
		hint: 'Enter * to send every file of the message',
		description:
			'The name of the input field that holds files of the message; several names with commas or semicolons, or * for every file. Without files nothing is uploaded.',
	},
	optionsField([
		afterSuggestedExportOption,
		{
			displayName: 'Download',
			name: 'download',
			type: 'boolean',
			default: false,
			description:
				'Whether to put the exported MP4 itself into the output field data, for example to send it to the chat. Otherwise the answer holds the link alone.',
		},
		{
			displayName: 'Export Timeout (Minutes)',
			name: 'exportTimeoutMinutes',
			type: 'number',
			typeOptions: { minValue: 0.02, maxValue: 60 },
			default: 5,
			description: 'How long to wait for a render, 0.02 to 60 minutes',
		},
		{
			displayName: 'Generate Timeout (Minutes)',
			name: 'generateTimeoutMinutes',
			type: 'number',
			typeOptions: { minValue: 0.02, maxValue: 60 },
			default: 15,
			description: 'How long NemoVideo may work on a message, 0.02 to 60 minutes',
		},
		includeInputFieldsOption,
		languageOption,
		minimumCreditsOption,
		onTimeoutOption,
		parallelOption,
		pollIntervalOption,
		...renderOptions,
		sendEqualPromptsOption,
		...turnOptions,
	]),
];
