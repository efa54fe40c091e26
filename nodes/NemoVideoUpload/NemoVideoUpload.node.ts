import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { upload } from '../../src/flows/upload/upload';
import { isUploadCheckpoint } from '../../src/flows/upload/uploadCheckpoint';
import { describeMedia, mediaFields, readMedia } from '../../src/n8n/media';
import {
	includeInputFieldsOption,
	optionsField,
	parallelOption,
	sessionIdField,
} from '../../src/n8n/fields';
import { runItems } from '../../src/n8n/runItems';

export class NemoVideoUpload implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NemoVideo Upload',
		name: 'nemoVideoUpload',
		icon: { light: 'file:nemoVideoUpload.svg', dark: 'file:nemoVideoUpload.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["source"] === "url" ? "From URLs" : $parameter["binaryPropertyName"] === "*" ? "All Files" : "From " + $parameter["binaryPropertyName"] }}',
		description: 'Upload images, videos or audio to a NemoVideo session',
		defaults: { name: 'NemoVideo Upload' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [
			sessionIdField,
			...mediaFields,
			optionsField([includeInputFieldsOption, parallelOption]),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			read: async (parameters) => ({
				sessionId: parameters.sessionId(),
				media: await readMedia(this, parameters),
			}),
			groupBy: ({ sessionId }) => sessionId,
			cacheKey: ({ sessionId, media }) => ({ sessionId, media: describeMedia(media) }),
			run: async (settings, { client, checkpoints, progress }) => {
				const checkpoint = checkpoints.checkpoint('upload', isUploadCheckpoint);
				const files = await upload(client, settings, progress, checkpoint);
				return {
					fields: { sessionId: settings.sessionId, files: files.map((file) => ({ ...file })) },
				};
			},
		});
	}
}
