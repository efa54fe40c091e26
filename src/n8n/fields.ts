import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** The session that a node works in; Create Session's output fits without a hand's turn. */
export const sessionIdField: INodeProperties = {
	displayName: 'Session ID',
	name: 'sessionId',
	type: 'string',
	required: true,
	default: '={{ $json.sessionId }}',
	placeholder: 'e.g. 5529798706024415232',
	description:
		'The sessionId that Create Session returned. Keep it as text: it has more digits than a number can hold.',
};

export const includeInputFieldsOption: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: false,
	description: "Whether to copy the input item's fields and files into the output",
};

export const includeLinkOption: INodeProperties = {
	displayName: 'Include Link',
	name: 'includeLink',
	type: 'boolean',
	default: false,
	description:
		'Whether to add a link that opens the project on the NemoVideo website. Anyone with the link can open the project for seven days.',
};

export const minimumCreditsOption: INodeProperties = {
	displayName: 'Minimum Credits',
	name: 'minimumCredits',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'If the balance is lower, the item fails without using credits. Set to 0 to skip the check.',
};

export const onTimeoutOption: INodeProperties = {
	displayName: 'On Timeout',
	name: 'onTimeout',
	type: 'options',
	options: [
		{
			name: 'Continue With Last Status',
			value: 'continue',
			description: 'Return an item with the last known status, the IDs, and timedOut set to true',
		},
		{
			name: 'Fail',
			value: 'error',
			description: 'Fail the item. NemoVideo keeps working, and a retry picks up the result.',
		},
	],
	default: 'error',
	description: 'What to do when the time limit is reached',
};

export const parallelOption: INodeProperties = {
	displayName: 'Parallel',
	name: 'parallel',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 3,
	description:
		"How many sessions to work on at the same time, 1 to 50. Items of one session run one after another. Only the first item's value is used.",
};

export const sendEqualPromptsOption: INodeProperties = {
	displayName: 'Send Equal Prompts',
	name: 'sendEqualPrompts',
	type: 'boolean',
	default: false,
	description:
		'Whether to send a prompt even if the same prompt was already sent to the session by another item of this run or is being worked on for another execution. NemoVideo charges for each one.',
};

/** The most seconds between two looks at a render. */
export const pollIntervalOption: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollIntervalSeconds',
	type: 'number',
	typeOptions: { minValue: 0.1, maxValue: 600 },
	default: 30,
	description:
		"The longest wait between two checks of the render, 0.1 to 600 seconds. Near its expected end it's checked more often.",
};

/** The limits of a turn's stream and of the search for a lost one. */
export const turnOptions: INodeProperties[] = [
	{
		displayName: 'Idle Limit (Minutes)',
		name: 'idleMinutes',
		type: 'number',
		typeOptions: { minValue: 0.02, maxValue: 60 },
		default: 10,
		description: 'How long to wait without progress before giving up, 0.02 to 60 minutes',
	},
	{
		displayName: 'Recovery Checks',
		name: 'recoveryChecks',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: 5,
		description:
			'After a lost connection, how many times to check the session without seeing a change before giving up, 1 to 50. The prompt is never sent again.',
	},
	{
		displayName: 'Recovery Interval (Seconds)',
		name: 'recoveryIntervalSeconds',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 600 },
		default: 60,
		description:
			'After a lost connection, how many seconds to wait between checks of the session, 0.1 to 600',
	},
	{
		displayName: 'Recovery Wait (Seconds)',
		name: 'recoveryWaitSeconds',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600 },
		default: 30,
		description:
			'After a lost connection, how many seconds to wait before checking the session, 0 to 600',
	},
];

/** What an export may choose; sent only where set. */
export const renderOptions: INodeProperties[] = [
	{
		displayName: 'FPS',
		name: 'fps',
		type: 'string',
		default: '',
		placeholder: 'e.g. 30',
		description: 'Frames per second, 1 to 240. Leave empty to let NemoVideo decide.',
	},
	{
		displayName: 'Render Again',
		name: 'renderAgain',
		type: 'boolean',
		default: false,
		description:
			'Whether to start a new render even if one of the same timeline exists. Turn off to reuse the existing render.',
	},
	{
		displayName: 'Resolution',
		name: 'resolution',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1080p',
		description: "Leave empty to use NemoVideo's default",
	},
];

/** n8n shows options in alphabetical order. */
export function inAlphabeticalOrder(options: INodeProperties[]): INodeProperties[] {
	return [...options].sort((one, other) => one.displayName.localeCompare(other.displayName));
}

/** The collection at the end of every node. */
export function optionsField(options: INodeProperties[]): INodeProperties & {
	options: Array<INodePropertyOptions | INodeProperties | INodePropertyCollection>;
} {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: inAlphabeticalOrder(options),
	};
}

/** Where the files lie that are to be uploaded. */
export function inputFileField(shown: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: '*',
		placeholder: 'e.g. data',
		hint: 'Enter * to send every file of the item',
		description:
			'The name of the input field that holds the file. Separate several names with commas or semicolons, or enter * for every file. MP4, MOV, JPG and PNG work best, with at most 500 MB per file. Fewer images are faster.',
		displayOptions: shown,
	};
}

export function urlsField(shown: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'URLs',
		name: 'urls',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/product.jpg',
		description:
			"Direct links to the files: one per line, or separated by spaces, commas or semicolons. An expression can also return a list, or attachments in the format of Airtable, Notion, Google Drive, shops or forms. Links to share pages aren't files.",
		displayOptions: shown,
	};
}

/** Language of the agent's answers; any ISO code fits as an expression. */
