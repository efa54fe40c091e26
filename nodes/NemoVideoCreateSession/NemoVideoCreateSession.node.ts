import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { createSession, projectLink } from '../../src/api/session';
import {
	includeInputFieldsOption,
	includeLinkOption,
	optionsField,
	parallelOption,
} from '../../src/n8n/fields';
import { runItems } from '../../src/n8n/runItems';
import { readLanguage, readTaskName } from '../../src/n8n/settings';
import { languageFields } from '../../src/n8n/languageField';

export class NemoVideoCreateSession implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Create Session',
		name: 'nemoVideoCreateSession',
		icon: {
			light: 'file:nemoVideoCreateSession.svg',
			dark: 'file:nemoVideoCreateSession.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["taskName"] }}',
		description:
			'Create a NemoVideo session: the conversation and timeline in which a video is made',
		defaults: { name: 'NemoVideo Create Session' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [
			{
				displayName: 'Task Name',
				name: 'taskName',
				type: 'string',
				default: 'project',
				placeholder: 'e.g. Summer promo',
				description: 'Name of the NemoVideo project',
			},
			...languageFields,
			optionsField([includeInputFieldsOption, includeLinkOption, parallelOption]),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: (parameters) => ({
				taskName: readTaskName(parameters, 'taskName'),
				language: readLanguage(parameters),
				includeLink: parameters.boolean('options.includeLink', 'Include Link', false),
			}),
			run: async ({ includeLink, ...settings }, { client, progress }) => {
				progress.stage('Creating a session');
				const session = await createSession(client, settings);
				const link = includeLink ? await projectLink(client, session) : undefined;
				return { fields: { ...session, language: settings.language, ...(link ? { link } : {}) } };
			},
		});
	}
}
