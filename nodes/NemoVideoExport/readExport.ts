import type { RenderOutput } from '../../src/api/render';
import type { ExportSettings } from '../../src/flows/export/exportVideo';
import type { Parameters } from '../../src/n8n/parameters';
import { readExportSettings, readRenderOutput } from '../../src/n8n/settings';
import { operationField } from './properties';

const OPERATIONS = ['exportAndWait', 'submit', 'getStatus', 'cancel'] as const;

export interface ExportItem extends ExportSettings {
	operation: (typeof OPERATIONS)[number];
	/** Given for `getStatus` and `cancel`. */
	renderId: string;
	output: RenderOutput;
	download: boolean;
	/** Output field of the video. */
	field: string;
	fileName: string;
	includeLink: boolean;
}

/** Reads and checks the parameters of one item. */
export function readExport(parameters: Parameters): ExportItem {
	const operation = parameters.choice(operationField, OPERATIONS);
	const known = operation === 'getStatus' || operation === 'cancel';
	const brings = operation === 'exportAndWait' || operation === 'getStatus';
	// A language model reads no files.
	const download = brings && !parameters.ofTool && parameters.boolean('download', 'Download', true);
	return {
		operation,
		sessionId: parameters.sessionId(),
		renderId: known
			? parameters.id('renderId', 'Render ID', 'Use the renderId that Submit returned.')
			: '',
		...readExportSettings(parameters),
		output: readRenderOutput(
			parameters,
			known ? '' : parameters.text('quality', 'Quality', 'high') || 'high',
		),
		download,
		field: download
			? parameters.requiredText(
					'binaryPropertyName',
					'Output Data Field Name',
					"Enter a name such as 'data'.",
				)
			: '',
		fileName: parameters.text('options.fileName', 'File Name'),
		includeLink: parameters.boolean('options.includeLink', 'Include Link', false),
	};
}

/** What decides about the result; how long to wait for it does not. */
export function identityOf(settings: ExportItem): unknown {
	const { operation, sessionId, renderId, output, renderAgain, download, field, fileName } =
		settings;
	return { operation, sessionId, renderId, output, renderAgain, download, field, fileName };
}
