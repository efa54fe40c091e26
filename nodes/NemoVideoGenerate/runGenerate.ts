import { generate } from '../../src/flows/generate/generate';
import { submitTurn } from '../../src/flows/generate/submitTurn';
import { isTurnCheckpoint, type GenerateResult } from '../../src/flows/generate/turnCheckpoint';
import { turnStatus } from '../../src/flows/generate/turnStatus';
import type { ItemOutput, ItemRun } from '../../src/n8n/itemWork';
import { hintAtLinks } from '../../src/n8n/media';
import { toItemJson } from '../../src/n8n/output';
import type { GenerateItem } from './readGenerate';

/** Does what the operation says for one item. */
export async function runGenerate(settings: GenerateItem, item: ItemRun): Promise<ItemOutput> {
	return { fields: toItemJson(await perform(settings, item)) };
}

async function perform(
	settings: GenerateItem,
	{ client, checkpoints, progress }: ItemRun,
): Promise<GenerateResult> {
	const checkpoint = checkpoints.checkpoint('turn', isTurnCheckpoint);
	hintAtLinks(progress, settings.prompt, 'upload them with the Upload node first');
	switch (settings.operation) {
		case 'generateAndWait':
			return await generate(client, settings, checkpoint, progress);
		case 'submit':
			return await submitTurn(client, settings, checkpoint, progress);
		case 'getStatus':
			return await turnStatus(client, settings);
	}
}
