import type { INodeTypeDescription } from 'n8n-workflow';
import { workflow, type Step } from '../workflows.cts';
import type { WorkflowFile } from '../api.cts';

const PROMPT = 'Turn these images into a 30-second promo video with background music';
const SESSION = '5529798706024415232';

/** Our nodes as people fill them in, so that no panel shows an error. */
const FILLED_IN: Readonly<Record<string, Step['parameters']>> = {
	nemoVideoCreateVideo: { prompt: PROMPT, source: 'binary', binaryPropertyName: '*' },
	nemoVideoAssistant: {
		message: '={{ $json.chatInput }}',
		chatId: '={{ $json.sessionId }}',
	},
	nemoVideoCreateSession: { taskName: 'Summer promo' },
	nemoVideoUpload: { sessionId: SESSION, binaryPropertyName: '*' },
	nemoVideoGenerate: { sessionId: SESSION, prompt: PROMPT },
	nemoVideoState: { sessionId: SESSION },
	nemoVideoExport: { sessionId: SESSION },
	nemoVideoCredits: {},
};

/** @returns a workflow with each of the nodes once, under its display name */
export function tour(nodes: readonly INodeTypeDescription[]): WorkflowFile {
	return workflow(
		'Every node once',
		nodes.map(({ name, displayName }) => {
			const parameters = FILLED_IN[name];
			if (parameters === undefined) throw new Error(`No parameters for ${name} in the tour`);
			return { type: name, name: displayName, parameters };
		}),
	);
}
