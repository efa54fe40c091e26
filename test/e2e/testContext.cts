import {
	EMULATOR_TOKEN,
	startEmulator,
	type Emulator,
	type EmulatorOptions,
} from '../../emulator/server.cts';
import type { Execution, N8nApi, SavedWorkflow, WorkflowFile } from './api.cts';
import { lookBeforeRemoval, remember } from './leakCheck.cts';
import type { N8n } from './n8n.cts';

/** An emulator, and the credential in n8n that leads to it. */
export interface Backend {
	emulator: Emulator;
	credentialId: string;
}

/** Starts an n8n of the version under test, with these settings added. */
export type StartOwn = (env: Record<string, string>) => Promise<N8n>;

/**
 * Longest that a workflow of these tests may run, in milliseconds; the machine may be slow, and an
 * upload that stays lost is looked for four and a half minutes.
 */
const RUN_MS = 420_000;

/** What a row has at hand. All that it starts here ends with it. */
export class TestContext {
	/** Lines below the row's result. */
	readonly notes: string[] = [];
	private readonly endings: Array<() => Promise<void>> = [];

	constructor(
		readonly n8n: N8n,
		private readonly startOwn: StartOwn,
	) {}

	get api(): N8nApi {
		return this.n8n.api;
	}

	get version(): string {
		return this.n8n.version;
	}

	/** Adds a line below the row's result. */
	note(line: string): void {
		this.notes.push(line);
	}

	/** Runs when the row is over, however it ended; the latest first. */
	atEnd(work: () => Promise<void>): void {
		this.endings.unshift(work);
	}

	/**
	 * The row's world with an n8n of its own, for rows that need another environment or end n8n.
	 *
	 * @param env added to n8n's environment
	 */
	async ownN8n(env: Record<string, string> = {}): Promise<TestContext> {
		const n8n = await this.startOwn(env);
		const world = new TestContext(n8n, this.startOwn);
		this.atEnd(async () => {
			await world.close();
			await lookBeforeRemoval(n8n);
			await n8n.close();
		});
		return world;
	}

	/** A backend of the row's own, on its own port. */
	async emulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
		const emulator = await startEmulator(options);
		remember(emulator);
		this.atEnd(async () => await emulator.close());
		return emulator;
	}

	/**
	 * An emulator and a credential for it.
	 *
	 * @param data what differs from a credential with the emulator's access token
	 */
	async backend(
		options: Partial<EmulatorOptions> = {},
		data: Record<string, unknown> = {},
	): Promise<Backend> {
		const emulator = await this.emulator(options);
		return { emulator, credentialId: await this.credential(emulator, data) };
	}

	async credential(emulator: Emulator, data: Record<string, unknown> = {}): Promise<string> {
		const token = data.connectWith === 'freeTrial' ? {} : { token: EMULATOR_TOKEN };
		return await this.api.createCredential(`NemoVideo at ${emulator.port}`, {
			connectWith: 'accessToken',
			...token,
			baseUrl: emulator.url,
			...data,
		});
	}

	async save(workflow: WorkflowFile, credentialId: string): Promise<SavedWorkflow> {
		return await this.api.createWorkflow(workflow, { nemoVideoApi: credentialId });
	}

	/**
	 * Saves a workflow and makes it live for as long as the row lasts.
	 *
	 * @param credentialIds by credential type
	 */
	async goLive(
		workflow: WorkflowFile,
		credentialIds: Record<string, string>,
	): Promise<SavedWorkflow> {
		const saved = await this.api.createWorkflow(workflow, credentialIds);
		await this.api.activate(saved);
		this.atEnd(async () => await this.api.deactivate(saved));
		return saved;
	}

	/** Saves a workflow, runs it by hand and waits for its end. */
	async run(workflow: WorkflowFile, credentialId: string): Promise<Execution> {
		return await this.api.runToEnd(await this.save(workflow, credentialId), RUN_MS);
	}

	async close(): Promise<void> {
		for (const work of this.endings.splice(0)) await work();
	}
}
