import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { canonicalJson } from '../../src/api/json';
import { projectLink } from '../../src/api/session';
import { CreditBudget, isBudgetCheckpoint } from '../../src/flows/createVideo/creditBudget';
import { createVideo } from '../../src/flows/createVideo/createVideo';
import { isExportCheckpoint } from '../../src/flows/export/exportCheckpoint';
import type { SaveVideo } from '../../src/flows/export/exportVideo';
import { isStages } from '../../src/flows/stages';
import { isTurnCheckpoint } from '../../src/flows/generate/turnCheckpoint';
import { isUploadCheckpoint } from '../../src/flows/upload/uploadCheckpoint';
import { addHints, executionFacts } from '../../src/n8n/executionFacts';
import { storeVideo } from '../../src/n8n/files/videoStore';
import type { ItemOutput, ItemRun, ItemWork } from '../../src/n8n/itemWork';
import { hintAtLinks } from '../../src/n8n/media';
import type { ItemCheckpoints } from '../../src/n8n/itemCheckpoints';
import { toItemJson } from '../../src/n8n/output';
import type { Parameters } from '../../src/n8n/parameters';
import {
	identityOf,
	readBudgetLimits,
	readCreateVideo,
	shapeOf,
	type VideoItem,
} from './readCreateVideo';
import { oneFilmHint, summarise } from './summary';
import {
	isCreditsUsed,
	isSession,
	type VideoCheckpoints,
	type VideoResult,
} from '../../src/flows/createVideo/video';

/** The rows of one run of Create Video, which share a budget. */
export class VideoBatch implements ItemWork<VideoItem> {
	private budget: CreditBudget | undefined;

	/** The items as far as they could be read. */
	private readonly items: VideoItem[] = [];

	constructor(private readonly context: IExecuteFunctions) {}

	async read(parameters: Parameters): Promise<VideoItem> {
		const item = await readCreateVideo(this.context, parameters);
		this.items.push(item);
		return item;
	}

	onlyOnce({ onlyOnce }: VideoItem): string | undefined {
		return onlyOnce;
	}

	groupBy({ sessionId }: VideoItem): string | undefined {
		return sessionId;
	}

	cacheKey(settings: VideoItem): unknown {
		return identityOf(settings);
	}

	outputKey(settings: VideoItem): unknown {
		return shapeOf(settings);
	}

	async run(settings: VideoItem, item: ItemRun): Promise<ItemOutput> {
		const { client, progress } = item;
		const { prompt, media } = settings;
		const uploaded = media && 'urls' in media ? media.urls : [];
		hintAtLinks(progress, prompt, "set 'Source' to URL and enter them in 'URLs'", uploaded);
		const budget = this.budgetOf(item);
		let video: IBinaryData | undefined;
		const sink: SaveVideo | undefined = settings.download
			? async (download, render) => {
					video = await storeVideo(this.context, download, render, settings.fileName);
					return { sizeBytes: video.bytes ?? download.sizeBytes ?? 0 };
				}
			: undefined;
		const checkpoints = memoryOf(item.checkpoints, settings);
		const result = await createVideo(client, settings, checkpoints, {
			budget,
			progress,
			sink,
		});
		const link = settings.includeLink ? await projectLink(client, result) : undefined;
		return {
			fields: toItemJson({ ...result, ...(link ? { link } : {}) } satisfies VideoOutput),
			...(video ? { files: { [settings.field]: video } } : {}),
		};
	}

	async conclude(outputs: readonly INodeExecutionData[]): Promise<void> {
		const hints = summarise(outputs, await this.budget?.total());
		addHints(this.context, [...hints, ...oneFilmHint(this.items)]);
	}

	private budgetOf({ client, runCheckpoints }: ItemRun): CreditBudget {
		this.budget ??= new CreditBudget(
			client,
			readBudgetLimits(this.context),
			runCheckpoints.checkpoint('budget', isBudgetCheckpoint),
			executionFacts(this.context).executionId,
		);
		return this.budget;
	}
}

type VideoOutput = VideoResult & { link?: string };

function memoryOf(checkpoints: ItemCheckpoints, { render }: VideoItem): VideoCheckpoints {
	return {
		session: checkpoints.checkpoint('session', isSession),
		upload: checkpoints.checkpoint('upload', isUploadCheckpoint),
		turn: checkpoints.checkpoint('turn', isTurnCheckpoint),
		credits: checkpoints.checkpoint('credits', isCreditsUsed),
		// Another output is another render.
		render: checkpoints.checkpoint(
			`render ${canonicalJson({ output: render?.output, again: render?.renderAgain })}`,
			isExportCheckpoint,
		),
		stages: checkpoints.checkpoint('stages', isStages),
	};
}
