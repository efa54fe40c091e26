import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runItems } from '../../src/n8n/runItems';
import { properties } from './properties';
import { identityOf, readGenerate } from './readGenerate';
import { runGenerate } from './runGenerate';

export class NemoVideoGenerate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Generate',
		name: 'nemoVideoGenerate',
		icon: { light: 'file:nemoVideoGenerate.svg', dark: 'file:nemoVideoGenerate.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "getStatus" ? "Get Status" : $parameter["prompt"] }}',
		description: 'Generate or edit a video with a prompt and wait until NemoVideo has finished',
		defaults: { name: 'NemoVideo Generate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: readGenerate,
			// A status is only read, so it waits for nobody.
			groupBy: ({ operation, sessionId }) => (operation === 'getStatus' ? undefined : sessionId),
			cacheKey: identityOf,
			onlyOnce: ({ onlyOnce }) => onlyOnce,
			cacheable: ({ operation }) => operation !== 'getStatus',
			run: runGenerate,
		});
	}
}
