import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { readState } from '../../src/api/state';
import { readTimeline } from '../../src/api/timeline/timeline';
import {
	includeInputFieldsOption,
	optionsField,
	parallelOption,
	sessionIdField,
} from '../../src/n8n/fields';
import { runItems } from '../../src/n8n/items';
import { toItemJson } from '../../src/n8n/output';

export class NemoVideoState implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo State',
		name: 'nemoVideoState',
		icon: { light: 'file:nemoVideoState.svg', dark: 'file:nemoVideoState.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["simplify"] ? "Timeline Summary" : "Timeline and Draft" }}',
		description: 'Read the timeline and files of a NemoVideo session',
		defaults: { name: 'NemoVideo State' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [
			sessionIdField,
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
			optionsField([includeInputFieldsOption, parallelOption]),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: (parameters) => ({
				sessionId: parameters.sessionId(),
				simplify: parameters.boolean('simplify', 'Simplify', true),
			}),
			remembers: false,
			run: async ({ sessionId, simplify }, { client }) => {
				const { draft, videoInfos, generatedMedia, canvasConfig } = await readState(
					client,
					sessionId,
				);
				return {
					fields: toItemJson({
						sessionId,
						timeline: readTimeline(draft),
						videoInfos: videoInfos ?? [],
						generatedMedia: generatedMedia ?? [],
						...(simplify ? {} : { draft: draft ?? {}, canvasConfig: canvasConfig ?? {} }),
					}),
				};
			},
		});
	}
}
