import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runItems } from '../../src/n8n/runItems';
import { properties } from './properties';
import { identityOf, readAssistant } from './readAssistant';
import { runAssistant, tellFailure } from './runAssistant';

export class NemoVideoAssistant implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Assistant',
		name: 'nemoVideoAssistant',
		icon: { light: 'file:nemoVideoAssistant.svg', dark: 'file:nemoVideoAssistant.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["message"] }}',
		description:
			'Answer a chat message: make or edit a video, export it, or report its status and the credits',
		defaults: { name: 'NemoVideo Assistant' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: async (parameters) => await readAssistant(this, parameters),
			groupBy: ({ sessionId, chatId }) => sessionId || chatId || undefined,
			cacheKey: identityOf,
			onlyOnce: ({ onlyOnce }) => onlyOnce,
			run: runAssistant,
			tell: tellFailure,
		});
	}
}
