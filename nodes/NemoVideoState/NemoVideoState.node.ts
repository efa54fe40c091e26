import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runItems } from '../../src/n8n/runItems';
import { properties } from './properties';
import { readSession, readStateItem } from './readSession';

export class NemoVideoState implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo State',
		name: 'nemoVideoState',
		icon: { light: 'file:nemoVideoState.svg', dark: 'file:nemoVideoState.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "getSubtitles" ? "Get Subtitles" : "Get State" }}',
		description: 'Read the timeline, files or subtitles of a NemoVideo session',
		defaults: { name: 'NemoVideo State' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, { read: readStateItem, cacheable: false, run: readSession });
	}
}
