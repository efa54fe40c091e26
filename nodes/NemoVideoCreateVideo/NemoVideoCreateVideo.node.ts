import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { addHints } from '../../src/n8n/executionFacts';
import { runItems } from '../../src/n8n/runItems';
import { properties } from './properties';
import { oneFilmHint, summarise } from './summary';
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
		const batch = new VideoBatch(this);
		const output = await runItems(this, batch);
		const [items = []] = output;
		if (items.length > 0) {
			const hints = summarise(items, await batch.creditsSpent());
			addHints(this, [...hints, ...oneFilmHint(batch.items)]);
		}
		return output;
	}
}
