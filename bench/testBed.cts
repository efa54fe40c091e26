import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SyntheticVideo } from '../emulator/syntheticVideo.cts';
import { EMULATOR_TOKEN, startEmulator, type Emulator } from '../emulator/server.cts';
import type { EmulatorOptions } from '../emulator/options.cts';
import { MAX_FILE_BYTES } from '../src/api/upload';
import type { Execution, SavedWorkflow, WorkflowFile } from '../test/e2e/api.cts';
import { startN8n, type N8n } from '../test/e2e/n8n.cts';
import { assertSuccess, itemsOf } from '../test/e2e/results.cts';
import { workflow, type Step } from '../test/e2e/workflows.cts';

const RUN_MS = 900_000;

/** What n8n's own nodes are called in a measurement. */
export const RIVAL = 'Stock';
export const OURS = 'Ours';

/** Milliseconds: a turn of 3 s, a render of 2 s. */
export const PACE = { turnMs: 2400, stageGapMs: 600, renderMs: 2000 };

/** n8n 2.41.1 with the packed package, an emulator, and a credential between them. */
export class TestBed {
	private constructor(
		readonly n8n: N8n,
		readonly emulator: Emulator,
		readonly folder: string,
		private readonly credentialId: string,
	) {}

	/**
	 * @param options what differs from the emulator's defaults
	 * @param env added to n8n's environment
	 */
	static async open(
		options: Partial<EmulatorOptions> = {},
		env: Record<string, string> = {},
	): Promise<TestBed> {
		const folder = await mkdtemp(join(tmpdir(), 'nemovideo-bench-'));
		const emulator = await startEmulator({ keepUploads: false, ...options });
		const n8n = await startN8n({
			version: '2.41.1',
			logLevel: 'warn',
			env: {
				N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
				N8N_RESTRICT_FILE_ACCESS_TO: folder,
				...env,
			},
		});
		const credentialId = await n8n.api.createCredential('NemoVideo', {
			connectWith: 'accessToken',
			token: EMULATOR_TOKEN,
			baseUrl: emulator.url,
		});
		return new TestBed(n8n, emulator, folder, credentialId);
	}

	get pid(): number {
		const { pid } = this.n8n;
		if (pid === undefined) throw new Error('n8n does not run');
		return pid;
	}

	/** Saves a workflow whose nodes have the credential. */
	async save(file: WorkflowFile): Promise<SavedWorkflow> {
		return await this.n8n.api.createWorkflow(file, { nemoVideoApi: this.credentialId });
	}

	/** Runs a workflow to its end and insists on success. */
	async run(file: WorkflowFile): Promise<Execution> {
		const execution = await this.n8n.api.runToEnd(await this.save(file), RUN_MS);
		assertSuccess(execution);
		return execution;
	}

	/** Runs steps one after another. */
	async steps(name: string, ...steps: Step[]): Promise<Execution> {
		return await this.run(workflow(name, steps));
	}

	/** A session with a finished render in it, made by the package's own nodes. */
	async render(): Promise<{ sessionId: string; renderId: string; url: string }> {
		const execution = await this.steps(
			'Prepare',
			{ type: 'nemoVideoCreateSession', parameters: { language: 'en' } },
			{ type: 'nemoVideoGenerate', parameters: { prompt: 'Create a video of a quiet lake' } },
			{
				type: 'nemoVideoExport',
				parameters: { download: false, options: { pollIntervalSeconds: 0.1 } },
			},
		);
		const { sessionId, renderId, url } = itemsOf(execution, 'nemoVideoExport')[0]?.json ?? {};
		return { sessionId: String(sessionId), renderId: String(renderId), url: String(url) };
	}

	/** A film on disk; 500 MB unless told otherwise. */
	async film(name: string, sizeBytes = MAX_FILE_BYTES): Promise<string> {
		const path = join(this.folder, name);
		const film = new SyntheticVideo(name, sizeBytes);
		await pipeline(film.read(0, film.size - 1), createWriteStream(path));
		return path;
	}

	async close(): Promise<void> {
		await this.n8n.close();
		await this.emulator.close();
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** @returns milliseconds that n8n says a node's only run took */
export function nodeMs(execution: Execution, node: string): number {
	const ms = execution.runData[node]?.[0]?.executionTime;
	if (ms === undefined) throw new Error(`${node} did not run`);
	return ms;
}

/** n8n's HTTP Request node with the package's credential. */
function stockRequest(name: string, parameters: NonNullable<Step['parameters']>): Step {
	const step: Step & Pick<WorkflowFile['nodes'][number], 'credentials'> = {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		name,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'nemoVideoApi',
			...parameters,
		},
		credentials: { nemoVideoApi: { id: null, name: 'NemoVideo account' } },
	};
	return step;
}

/** The same upload by both: a file from disk, then the node in question. */
export function uploadSteps(by: string, file: string, sessionId: string, url: string): Step[] {
	const files: Step = {
		type: 'n8n-nodes-base.readWriteFile',
		name: 'Files',
		parameters: { operation: 'read', fileSelector: file, options: {} },
	};
	if (by === OURS) return [files, { type: 'nemoVideoUpload', name: by, parameters: { sessionId } }];
	const form = { parameterType: 'formBinaryData', name: 'files', inputDataFieldName: 'data' };
	return [
		files,
		stockRequest(by, {
			method: 'POST',
			url: `${url}/api/upload-video/nemo_agent/me/${sessionId}`,
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: { parameters: [form] },
			options: { timeout: 900_000 },
		}),
	];
}

/** The same download by both, of a render that is finished. */
export function downloadSteps(
	by: string,
	render: { sessionId: string; renderId: string; url: string },
): Step[] {
	const { sessionId, renderId, url } = render;
	if (by === OURS) {
		const parameters = { operation: 'getStatus', sessionId, renderId };
		return [{ type: 'nemoVideoExport', name: by, parameters }];
	}
	const response = { response: { responseFormat: 'file' } };
	return [stockRequest(by, { url, options: { response, timeout: 900_000 } })];
}
