import type { INodeProperties } from 'n8n-workflow';
import {
	includeInputFieldsOption,
	minimumCreditsOption,
	optionsField,
	parallelOption,
} from '../../src/n8n/fields';

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Check Connection',
			value: 'checkConnection',
			action: 'Check connection',
			description:
				'Check the connection to NemoVideo. The result contains no token or ID, so you can paste it into a bug report.',
		},
		{
			name: 'Get Balance',
			value: 'getBalance',
			action: 'Get credit balance',
			description: 'Read how many credits are left',
		},
	],
	default: 'getBalance',
};

export const properties: INodeProperties[] = [
	operationField,
	optionsField([includeInputFieldsOption, minimumCreditsOption, parallelOption]),
];
