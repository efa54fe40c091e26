import type { IBinaryKeyData } from 'n8n-workflow';
import { readState } from '../../src/api/state';
import { readCues, toSubtitles } from '../../src/api/timeline/subtitles';
import { readTimeline } from '../../src/api/timeline/timeline';
import type { ItemOutput, ItemRun } from '../../src/n8n/itemWork';
import { toItemJson, withCamelKeys } from '../../src/n8n/output';
import type { Parameters } from '../../src/n8n/parameters';
import { formatField, operationField } from './properties';

export type StateItem =
	| { operation: 'getState'; sessionId: string; simplify: boolean }
	| {
			operation: 'getSubtitles';
			sessionId: string;
			format: 'srt' | 'vtt';
			/** Output field of the file; empty: no file. */
			field: string;
	  };

/** Reads and checks the parameters of one item. */
export function readStateItem(parameters: Parameters): StateItem {
	const operation = parameters.choice(operationField, ['getState', 'getSubtitles']);
	const sessionId = parameters.sessionId();
	if (operation === 'getState') {
		return { operation, sessionId, simplify: parameters.boolean('simplify', 'Simplify', true) };
	}
	const field = parameters.text('binaryPropertyName', 'Output Data Field Name') || 'data';
	return {
		operation,
		sessionId,
		format: parameters.choice(formatField, ['srt', 'vtt']),
		field: parameters.ofTool ? '' : field,
	};
}

/** Reads what the item asks for of its session. */
export async function readSession(settings: StateItem, item: ItemRun): Promise<ItemOutput> {
	const { draft, videoInfos, generatedMedia, canvasConfig } = await readState(
		item.client,
		settings.sessionId,
	);
	const { sessionId } = settings;
	if (settings.operation === 'getSubtitles') return await subtitlesOf(draft, settings, item);
	const raw = {
		draft: draft ?? {},
		canvasConfig: canvasConfig ?? {},
		rawVideoInfos: videoInfos ?? [],
		rawGeneratedMedia: generatedMedia ?? [],
	};
	return {
		fields: toItemJson({
			sessionId,
			timeline: readTimeline(draft),
			videoInfos: withCamelKeys(videoInfos ?? []),
			generatedMedia: withCamelKeys(generatedMedia ?? []),
			...(settings.simplify ? {} : raw),
		}),
	};
}

const MIME_TYPES = { srt: 'application/x-subrip', vtt: 'text/vtt' } as const;

async function subtitlesOf(
	draft: unknown,
	{ sessionId, format, field }: Extract<StateItem, { operation: 'getSubtitles' }>,
	{ context }: ItemRun,
): Promise<ItemOutput> {
	const cues = readCues(draft);
	const subtitles = toSubtitles(cues, format);
	const fields = toItemJson({ sessionId, subtitles, cues });
	if (subtitles === '' || field === '') return { fields };
	const { prepareBinaryData } = context.helpers;
	const files: IBinaryKeyData = {
		[field]: await prepareBinaryData(
			Buffer.from(subtitles),
			`subtitles.${format}`,
			MIME_TYPES[format],
		),
	};
	return { fields, files };
}
