import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { readCredits, requireCredits } from '../../src/api/credits';
import {
	includeInputFieldsOption,
	minimumCreditsOption,
	optionsField,
	parallelOption,
} from '../../src/n8n/fields';
import { runItems } from '../../src/n8n/items';
import { readMinimumCredits } from '../../src/n8n/settings';

export class NemoVideoCredits implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Credits',
		name: 'nemoVideoCredits',
		icon: { light: 'file:nemoVideoCredits.svg', dark: 'file:nemoVideoCredits.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Read Balance',
		description: 'Read how many NemoVideo credits are left',
		defaults: { name: 'NemoVideo Credits' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [optionsField([includeInputFieldsOption, minimumCreditsOption, parallelOption])],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: (parameters) => ({ minimumCredits: readMinimumCredits(parameters) }),
			remembers: false,
			run: async ({ minimumCredits }, { client }) => {
				const credits =
					(await requireCredits(client, minimumCredits)) ?? (await readCredits(client));
				return { fields: { ...credits } };
			},
		});
	}
}
