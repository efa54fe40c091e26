import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from '../../test/e2e/api.cts';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Where the photos made for this repository lie; n8n must be allowed to read it. */
export const PHOTO_FOLDER = join(EXAMPLES, 'photos');

/** File names of the photos, in order of their numbers. */
export const PHOTOS: readonly string[] = readdirSync(PHOTO_FOLDER)
	.filter((name) => /^\d.*\.jpg$/.test(name))
	.sort();

function readWorkflow(file: string): WorkflowFile {
	return JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8'));
}

/**
 * The example as people import it, with this machine's photo folder in its node "Photos".
 *
 * @param order the photos' numbers, from 1
 */
export function promoExample(order: number[]): WorkflowFile {
	const workflow = readWorkflow('product-photos-to-promo.json');
	const photos = workflow.nodes.find(({ name }) => name === 'Photos');
	if (photos === undefined) throw new Error('The example has no node named Photos');
	const values = JSON.parse(String(photos.parameters.jsonOutput));
	const files = order.map((number) => PHOTOS[number - 1]);
	photos.parameters.jsonOutput = JSON.stringify({ ...values, folder: PHOTO_FOLDER, files });
	return workflow;
}

/** Minutes for a render by the emulator, which has to share the machine with all that runs there. */
const RENDER_MINUTES = 30;

/** The same, with patience for a film that is rendered on this machine. */
export function patientPromoExample(order: number[]): WorkflowFile {
	const workflow = promoExample(order);
	for (const { type, parameters } of workflow.nodes) {
		if (type !== 'n8n-nodes-nemovideo.nemoVideoExport') continue;
		parameters.options = Object.assign({}, parameters.options, { timeoutMinutes: RENDER_MINUTES });
	}
	return workflow;
}

/** Every example and every job, by its file's path in the folder of examples. */
export function allExamples(): Map<string, WorkflowFile> {
	const files = ['', 'jobs'].flatMap((folder) =>
		readdirSync(join(EXAMPLES, folder))
			.filter((name) => name.endsWith('.json'))
			.sort()
			.map((name) => join(folder, name)),
	);
	return new Map(files.map((file) => [file, readWorkflow(file)]));
}
