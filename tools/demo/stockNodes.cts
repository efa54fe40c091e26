import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IBinaryData, INodeExecutionData, INodeType, IPinData } from 'n8n-workflow';
import type { WorkflowFile } from '../../test/e2e/api.cts';

/** What the example's node "Photos" gives. */
interface PhotoValues {
	folder: string;
	files: string[];
	caption: string;
	[field: string]: string | string[];
}

function readPhoto(folder: string, fileName: string): IBinaryData {
	const data = readFileSync(join(folder, fileName)).toString('base64');
	return { data, fileName, mimeType: 'image/jpeg', fileExtension: 'jpg', fileType: 'image' };
}

/** The output of n8n's own nodes in the example, by their types. */
function outputs(values: PhotoValues): Record<string, INodeExecutionData[]> {
	const { folder, files } = values;
	const photos = files.map((file) => readPhoto(folder, file));
	const split = files.map((file) => ({ json: { ...values, files: file }, pairedItem: 0 }));
	const named = photos.map((photo, at) => [at === 0 ? 'data' : `data_${at}`, photo] as const);
	return {
		manualTrigger: [{ json: {} }],
		set: [{ json: values, pairedItem: 0 }],
		splitOut: split,
		readWriteFile: photos.map((data, at) => ({
			json: { fileName: files[at] ?? '' },
			binary: { data },
			pairedItem: at,
		})),
		aggregate: [
			{
				json: { photos: files.map((fileName) => ({ fileName })) },
				binary: Object.fromEntries(named),
				pairedItem: files.map((_, item) => ({ item })),
			},
		],
	};
}

function pinnedType(name: string): INodeType {
	return {
		description: {
			name,
			displayName: name,
			group: ['transform'],
			version: [1, 3.4],
			description: 'Its output is pinned',
			defaults: {},
			inputs: name === 'manualTrigger' ? [] : ['main'],
			outputs: ['main'],
			properties: [],
		},
		execute: async () => await Promise.reject(new Error(`${name} is pinned and can't be run`)),
	};
}

export interface StockNodes {
	/** By full type name. */
	nodes: Record<string, INodeType>;
	pinData: IPinData;
}

/**
 * n8n's own nodes, which come with a whole n8n alone: their output is pinned, as in n8n's editor, so
 * that the engine hands it on without running them.
 *
 * @throws Error where the example has one whose output isn't known
 */
export function pinStockNodes({ nodes }: WorkflowFile): StockNodes {
	const photos = nodes.find(({ name }) => name === 'Photos');
	const known = outputs(JSON.parse(String(photos?.parameters.jsonOutput)));
	const stock: StockNodes = { nodes: {}, pinData: {} };
	for (const { name, type } of nodes) {
		const [, short = ''] = /^n8n-nodes-base\.(\w+)$/.exec(type) ?? [];
		if (short === '' || short === 'stickyNote') continue;
		const output = known[short];
		if (output === undefined) throw new Error(`The demo doesn't know what the node ${name} gives`);
		stock.nodes[type] = pinnedType(short);
		stock.pinData[name] = output;
	}
	return stock;
}
