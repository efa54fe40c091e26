import type { INodeProperties } from 'n8n-workflow';
import {
	includeInputFieldsOption,
	minimumCreditsOption,
	onTimeoutOption,
	optionsField,
	parallelOption,
	sendEqualPromptsOption,
	sessionIdField,
	turnOptions,
} from '../../src/n8n/fields';

const ofPrompt = { show: { operation: ['generateAndWait', 'submit'] } };
const ofStatus = { show: { operation: ['getStatus'] } };

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Generate and Wait',
			value: 'generateAndWait',
			action: 'Generate or edit video and wait for it',
			description: 'Send the prompt and wait until NemoVideo has finished',
		},
		{
			name: 'Get Status',
			value: 'getStatus',
			action: 'Get status of submitted prompt',
			description: 'Get the status and result of a prompt sent by Submit. Costs no credits.',
		},
		{
			name: 'Submit',
			value: 'submit',
			action: 'Submit prompt without waiting',
			description:
				'Send the prompt and return a turn ID within seconds. Use Get Status for the result.',
		},
	],
	default: 'generateAndWait',
};

export const properties: INodeProperties[] = [
	operationField,
	{ ...sessionIdField, displayOptions: ofPrompt },
	{
		...sessionIdField,
		required: false,
		hint: 'Leave empty to take it from the turn ID',
		displayOptions: ofStatus,
	},
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
		displayOptions: ofPrompt,
	},
	{
		displayName: 'Turn ID',
		name: 'turnId',
		type: 'string',
		required: true,
		default: '={{ $json.turnId }}',
		placeholder:
			'e.g. turn.1.mgx5k2c0.9f86d081884c7d65.3b0f2e6d1c574f0a9c1e5f6b2f6d1c57.5529798706024415232',
		description: 'The complete turnId that Submit returned',
		displayOptions: ofStatus,
	},
	optionsField([
		includeInputFieldsOption,
		{
			...minimumCreditsOption,
			displayOptions: { show: { '/operation': ofPrompt.show.operation } },
		},
		{ ...onTimeoutOption, displayOptions: { show: { '/operation': ['generateAndWait'] } } },
		parallelOption,
		{
			...sendEqualPromptsOption,
			displayOptions: { show: { '/operation': ofPrompt.show.operation } },
		},
		...turnOptions,
		{
			displayName: 'Timeout (Minutes)',
			name: 'timeoutMinutes',
			type: 'number',
			typeOptions: { minValue: 0.02, maxValue: 60 },
			default: 15,
			description: 'How long to wait for NemoVideo to finish the prompt, 0.02 to 60 minutes',
		},
		{
			displayName: 'Wait (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 600 },
			default: 0,
			description:
				'How long to wait for the result before returning the status running, 0 to 600 seconds. With 20 to 30, AI agents need fewer calls.',
			displayOptions: { show: { '/operation': ofStatus.show.operation } },
		},
	]),
];
