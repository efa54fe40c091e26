import type { INodeProperties } from 'n8n-workflow';
import {
	includeInputFieldsOption,
	minimumCreditsOption,
	onTimeoutOption,
	optionsField,
	parallelOption,
	pollIntervalOption,
	renderOptions,
	sendEqualPromptsOption,
	turnOptions,
} from '../../src/n8n/fields';
import { languageField } from '../../src/n8n/languageField';

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
			description: 'Export right away and reply with the link',
		},
	],
	default: 'offer',
	description: 'What to do when NemoVideo tells the user to click Export',
};

const languageOption: INodeProperties = {
	...languageField,
	description:
		'Language of the answers. Automatic uses the language of each message. An expression can return any ISO code.',
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
			"The user's message. Export, credits and status are handled right away and cost nothing. Requests for the video are sent to NemoVideo as a prompt. If it isn't clear whether a message is a request, the Assistant asks first.",
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
			"The user's message. Export, credits and status are handled right away and cost nothing. Requests for the video are sent to NemoVideo as a prompt. If it isn't clear whether a message is a request, the Assistant asks first.",
		displayOptions: { hide: { '@tool': [true] } },
	},
	{
		displayName: 'Chat ID',
		name: 'chatId',
		type: 'string',
		default: '={{ $json.sessionId }}',
		placeholder: 'e.g. the sessionId of the Chat Trigger',
		description:
			'The ID of the chat, from the Chat Trigger. Each chat keeps its own NemoVideo session, so the user continues with the same timeline.',
	},
	{
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5529798706024415232',
		hint: "Leave empty to use the chat's session",
		description: "A NemoVideo session to use instead of the chat's own",
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: '*',
		placeholder: 'e.g. data',
		hint: 'Enter * to send every file of the message',
		description:
			"The name of the input field that holds the message's files. Separate several names with commas or semicolons, or enter * for every file.",
	},
	optionsField([
		afterSuggestedExportOption,
		{
			displayName: 'Download',
			name: 'download',
			type: 'boolean',
			default: false,
			description:
				'Whether to put the exported MP4 into the output field data, for example to send it to the chat. Turn off to reply with only the link.',
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
			description: 'How long to wait for NemoVideo to finish a message, 0.02 to 60 minutes',
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
