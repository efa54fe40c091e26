import type { Job } from '../job.cts';
import { airtable } from './airtable.cts';
import { blogPost } from './blogPost.cts';
import { driveFolder } from './driveFolder.cts';
import { formPhotos } from './formPhotos.cts';
import { googleSheet } from './googleSheet.cts';
import { mcpServer } from './mcpServer.cts';
import { notion } from './notion.cts';
import { shopProduct } from './shopProduct.cts';
import { slackApproval } from './slackApproval.cts';
import { subtitles } from './subtitles.cts';
import { telegramBot } from './telegramBot.cts';
import { threeFormats } from './threeFormats.cts';
import { topicToYouTube } from './topicToYouTube.cts';

/** Every workflow in examples/jobs. */
export const JOBS: readonly Job[] = [
	shopProduct,
	driveFolder,
	airtable,
	notion,
	googleSheet,
	topicToYouTube,
	threeFormats,
	blogPost,
	telegramBot,
	slackApproval,
	formPhotos,
	subtitles,
	mcpServer,
];
