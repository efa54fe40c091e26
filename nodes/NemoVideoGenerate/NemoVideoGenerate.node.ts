import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { generate } from '../../src/flows/generate';
import { isTurnRecord } from '../../src/flows/turnRecord';
import {
	includeInputFieldsOption,
	minimumCreditsOption,
	onTimeoutOption,
	optionsField,
	parallelOption,
	sessionIdField,
	turnOptions,
} from '../../src/n8n/fields';
import { runItems } from '../../src/n8n/items';
import { toItemJson } from '../../src/n8n/output';
import { readTurnSettings } from '../../src/n8n/settings';

export class NemoVideoGenerate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Generate',
		name: 'nemoVideoGenerate',
		icon: { light: 'file:nemoVideoGenerate.svg', dark: 'file:nemoVideoGenerate.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["prompt"] }}',
		description: 'Generate or edit a video with a prompt and wait until NemoVideo has finished',
		defaults: { name: 'NemoVideo Generate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [
			sessionIdField,
			{
				displayName: 'Prompt',
				name: 'prompt',
				type: 'string',
				typeOptions: { rows: 4 },
				required: true,
				default: '',
				placeholder: 'e.g. turn these images into a 30-second promo video with background music',
				hint: 'Concrete instructions give better and faster results; shorter scripts and fewer images are faster',
				description:
					'What NemoVideo is to make or change. A generation costs credits and takes minutes; the prompt is sent once and never again on its own.',
			},
			optionsField([
				includeInputFieldsOption,
				minimumCreditsOption,
				onTimeoutOption,
				parallelOption,
				...turnOptions,
				{
					displayName: 'Timeout (Minutes)',
					name: 'timeoutMinutes',
					type: 'number',
					typeOptions: { minValue: 0.02, maxValue: 60 },
					default: 15,
					description: 'How long NemoVideo may work on the prompt, 0.02 to 60 minutes',
				},
			]),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: (parameters) => ({
				sessionId: parameters.sessionId(),
				prompt: parameters.prompt(),
				...readTurnSettings(parameters),
			}),
			lane: ({ sessionId }) => sessionId,
			identity: ({ sessionId, prompt }) => ({ sessionId, prompt }),
			run: async (settings, { client, memory, progress, supersede }) => {
				const slot = memory.slot('turn', isTurnRecord);
				if (!slot.read()) supersede(settings.sessionId);
				return { fields: toItemJson(await generate(client, settings, slot, progress)) };
			},
		});
	}
}
