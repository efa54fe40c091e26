import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { checkConnection } from '../../src/api/connection';
import { readCredits, requireCredits } from '../../src/api/credits';
import { runItems } from '../../src/n8n/runItems';
import { readMinimumCredits } from '../../src/n8n/settings';
import { PACKAGE_VERSION } from '../../src/n8n/version';
import { operationField, properties } from './properties';

export class NemoVideoCredits implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Credits',
		name: 'nemoVideoCredits',
		icon: { light: 'file:nemoVideoCredits.svg', dark: 'file:nemoVideoCredits.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "checkConnection" ? "Check Connection" : "Get Balance" }}',
		description: 'Read how many NemoVideo credits are left, or check the connection',
		defaults: { name: 'NemoVideo Credits' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: (parameters) => ({
				operation: parameters.choice(operationField, ['getBalance', 'checkConnection']),
				minimumCredits: readMinimumCredits(parameters),
			}),
			cacheable: false,
			run: async ({ operation, minimumCredits }, { client }) => {
				if (operation === 'checkConnection') {
					const versions = { packageVersion: PACKAGE_VERSION, ...nodeVersion() };
					return { fields: { ...(await checkConnection(client)), ...versions } };
				}
				const credits =
					(await requireCredits(client, minimumCredits)) ?? (await readCredits(client));
				return { fields: { ...credits } };
			},
		});
	}
}

/** Newer versions of Node.js say their major version to everybody; n8n tells nodes nothing more. */
function nodeVersion(): { nodeVersion?: string } {
	const agent = typeof navigator === 'undefined' ? '' : navigator.userAgent;
	const [, major] = /^Node\.js\/(\d+)/.exec(agent) ?? [];
	return major === undefined ? {} : { nodeVersion: major };
}
