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
				'Report how NemoVideo is reached, to paste into a bug report; no token or ID is in it',
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
