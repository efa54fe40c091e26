import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runItems } from '../../src/n8n/runItems';
import { properties } from './properties';
import { VideoBatch } from './VideoBatch';

export class NemoVideoCreateVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Create Video',
		name: 'nemoVideoCreateVideo',
		icon: { light: 'file:nemoVideoCreateVideo.svg', dark: 'file:nemoVideoCreateVideo.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["prompt"] }}',
		description: 'Make a finished video from a prompt and files, all in one step',
		defaults: { name: 'NemoVideo Create Video' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, new VideoBatch(this));
	}
}
