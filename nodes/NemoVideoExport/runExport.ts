import type { IBinaryData } from 'n8n-workflow';
import { projectLink } from '../../src/api/session';
import { resultOf } from '../../src/api/result';
import { readState } from '../../src/api/state';
import { isExportCheckpoint, type ExportResult } from '../../src/flows/export/exportCheckpoint';
import {
	cancelExport,
	exportStatus,
	VideoExport,
	type SaveVideo,
} from '../../src/flows/export/exportVideo';
import { storeVideo } from '../../src/n8n/files/videoStore';
import type { ItemOutput, ItemRun } from '../../src/n8n/itemWork';
import { toItemJson } from '../../src/n8n/output';
import type { ExportItem } from './readExport';

/** Does what the operation says for one item. */
export async function runExport(settings: ExportItem, item: ItemRun): Promise<ItemOutput> {
	const { context } = item;
	let video: IBinaryData | undefined;
	const sink: SaveVideo | undefined = settings.download
		? async (download, render) => {
				video = await storeVideo(context, download, render, settings.fileName);
				return { sizeBytes: video.bytes ?? download.sizeBytes ?? 0 };
			}
		: undefined;
	const result = await perform(settings, item, sink);
	const link = settings.includeLink ? await linkOf(settings, item) : undefined;
	return {
		fields: toItemJson({ ...result, ...(link ? { link } : {}) }),
		...(video ? { files: { [settings.field]: video } } : {}),
	};
}

async function perform(
	settings: ExportItem,
	{ client, checkpoints, progress }: ItemRun,
	sink: SaveVideo | undefined,
): Promise<ExportResult> {
	const exporting = () =>
		new VideoExport(
			client,
			settings,
			checkpoints.checkpoint('render', isExportCheckpoint),
			progress,
		);
	switch (settings.operation) {
		case 'exportAndWait':
			return await exporting().run(sink);
		case 'submit':
			return await exporting().submit();
		case 'getStatus':
			return await exportStatus(client, settings, progress, sink);
		case 'cancel':
			return await cancelExport(client, settings);
	}
}

/** Best effort: the video is there, with or without a link. */
async function linkOf({ sessionId }: ExportItem, { client }: ItemRun): Promise<string | undefined> {
	const state = await resultOf(async () => await readState(client, sessionId));
	if (state.ok) return await projectLink(client, state.value);
	if (client.transport.signal?.aborted) throw state.error;
	return undefined;
}
