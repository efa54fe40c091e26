import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runExport } from './runExport';
import { properties } from './properties';
import { identityOf, readExport } from './readExport';
import { runItems } from '../../src/n8n/runItems';

export class NemoVideoExport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Export',
		name: 'nemoVideoExport',
		icon: { light: 'file:nemoVideoExport.svg', dark: 'file:nemoVideoExport.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { exportAndWait: "Export and Wait", submit: "Submit", getStatus: "Get Status", cancel: "Cancel" }[$parameter["operation"]] }}',
		description: 'Render the timeline of a NemoVideo session to an MP4 and download it',
		defaults: { name: 'NemoVideo Export' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: readExport,
			groupBy: ({ sessionId }) => sessionId,
			cacheKey: identityOf,
			cacheable: ({ operation }) => operation === 'exportAndWait' || operation === 'submit',
			run: runExport,
		});
	}
}
