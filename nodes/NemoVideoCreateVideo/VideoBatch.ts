import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { canonicalJson } from '../../src/api/json';
import { projectLink } from '../../src/api/session';
import { Budget, isBudgetRecord } from '../../src/flows/createVideo/creditBudget';
import {
	createVideo,
	isCreditsUsed,
	isSession,
	type VideoMemory,
	type VideoResult,
} from '../../src/flows/createVideo/createVideo';
import { isExportRecord } from '../../src/flows/export/exportCheckpoint';
import type { Sink } from '../../src/flows/export/exportVideo';
import { isStages } from '../../src/flows/stages';
import { isTurnRecord } from '../../src/flows/generate/turnCheckpoint';
import { isUploadRecord } from '../../src/flows/upload/uploadCheckpoint';
import { executionFacts } from '../../src/n8n/executionFacts';
import { storeVideo } from '../../src/n8n/files/videoStore';
import type { ItemOutput, ItemRun, ItemWork } from '../../src/n8n/itemWork';
import { hintAtLinks } from '../../src/n8n/media';
import type { ItemMemory } from '../../src/n8n/checkpoints';
import { toItemJson } from '../../src/n8n/output';
import type { Parameters } from '../../src/n8n/parameters';
import {
	identityOf,
	readBudgetLimits,
	readCreateVideo,
	shapeOf,
	type VideoItem,
} from './readCreateVideo';

/** The rows of one run of Create Video, which share a budget. */
export class VideoBatch implements ItemWork<VideoItem> {
	private budget: Budget | undefined;

	/** The items as far as they could be read. */
	readonly items: VideoItem[] = [];

	constructor(private readonly context: IExecuteFunctions) {}

	async read(parameters: Parameters): Promise<VideoItem> {
		const item = await readCreateVideo(this.context, parameters);
		this.items.push(item);
		return item;
	}

	onlyOnce({ onlyOnce }: VideoItem): string | undefined {
		return onlyOnce;
	}

	lane({ sessionId }: VideoItem): string | undefined {
		return sessionId;
	}

	identity(settings: VideoItem): unknown {
		return identityOf(settings);
	}

	shape(settings: VideoItem): unknown {
		return shapeOf(settings);
	}

	async run(settings: VideoItem, item: ItemRun): Promise<ItemOutput> {
		const { client, progress } = item;
		const { prompt, media } = settings;
		const uploaded = media && 'urls' in media ? media.urls : [];
		hintAtLinks(progress, prompt, "set 'Source' to URL and enter them in 'URLs'", uploaded);
		const budget = this.budgetOf(item);
		let video: IBinaryData | undefined;
		const sink: Sink | undefined = settings.download
			? async (download, render) => {
					video = await storeVideo(this.context, download, render, settings.fileName);
					return { sizeBytes: video.bytes ?? download.sizeBytes ?? 0 };
				}
			: undefined;
		const memory = memoryOf(item.memory, settings);
		const result = await createVideo(client, settings, memory, {
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

	/** Credits that the run has spent, where they could be read. */
	async creditsSpent(): Promise<number | undefined> {
		return await this.budget?.total();
	}

	private budgetOf({ client, runMemory }: ItemRun): Budget {
		this.budget ??= new Budget(
			client,
			readBudgetLimits(this.context),
			runMemory.slot('budget', isBudgetRecord),
			executionFacts(this.context).executionId,
		);
		return this.budget;
	}
}

type VideoOutput = VideoResult & { link?: string };

function memoryOf(memory: ItemMemory, { render }: VideoItem): VideoMemory {
	return {
		session: memory.slot('session', isSession),
		upload: memory.slot('upload', isUploadRecord),
		turn: memory.slot('turn', isTurnRecord),
		credits: memory.slot('credits', isCreditsUsed),
		// Another output is another render.
		render: memory.slot(
			`render ${canonicalJson({ output: render?.output, again: render?.renderAgain })}`,
			isExportRecord,
		),
		stages: memory.slot('stages', isStages),
	};
}
