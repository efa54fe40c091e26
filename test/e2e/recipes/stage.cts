import { randomUUID } from 'node:crypto';
import type { Emulator } from '../../../emulator/server.cts';
import type { Execution, SavedWorkflow, WorkflowFile } from '../api.cts';
import { DataTable, type Column } from '../dataTables.cts';
import { readExample, withCredentials, withOwnAddresses } from '../examples.cts';
import { startLanguageModel, type LanguageModel, type Script } from '../languageModel.cts';
import { assertSuccess } from '../results.cts';
import type { TestContext } from '../testContext.cts';
import type { Expected, Job, Row } from './job.cts';
import { photoHost } from './standIns/files.cts';
import { forget, hubUrl, register, type Service } from './standIns/hub.cts';
import { Mailbox } from './standIns/mailbox.cts';

/** Ends the wait for a job that hangs, in milliseconds; nothing is measured by it. */
const RUN_MS = 600_000;

/** One run of a job: NemoVideo's emulator, the stand-ins, and n8n with the job in it. */
export class Stage {
	/** The row's own token at every service. */
	readonly key = randomUUID();
	readonly emulator: Emulator;
	private readonly credentialIds: Record<string, string>;

	private constructor(
		readonly world: TestContext,
		private readonly job: Job,
		{ emulator, credentialId }: { emulator: Emulator; credentialId: string },
		private readonly hub: string,
	) {
		this.emulator = emulator;
		this.credentialIds = { nemoVideoApi: credentialId };
		this.serve();
		world.atEnd(async () => {
			forget(this.key);
			await Promise.resolve();
		});
	}

	static async open(world: TestContext, job: Job): Promise<Stage> {
		const backend = await world.backend({ silentShare: 0, guiShare: 0 });
		return new Stage(world, job, backend, await hubUrl());
	}

	/** Where this row's services are, for those whose address can be chosen. */
	get url(): string {
		return `${this.hub}/at/${this.key}`;
	}

	/** Lets these services answer; photos are there in any case. */
	serve(...services: Service[]): void {
		register(this.key, [photoHost, ...services]);
	}

	/** The link of a row's photo: good, expired, or to a page that shows a file. */
	photo({ kind, subject }: Row): string {
		if (kind === 'bad') return 'https://drive.google.com/file/d/1AbCdEf/view?usp=sharing';
		const folder = kind === 'expired' ? 'expired' : 'good';
		return `${this.url}/photos/${folder}/${encodeURIComponent(subject)}.jpg`;
	}

	async credential(type: string, data: Record<string, unknown>): Promise<void> {
		const name = `${type} ${this.key}`;
		this.credentialIds[type] = await this.world.api.createCredential(name, data, type);
	}

	/** A credential of a service that lets users sign in, as it is after signing in. */
	async signIn(type: string): Promise<void> {
		const token = { access_token: this.key, refresh_token: this.key, token_type: 'Bearer' };
		const client = { clientId: 'client', clientSecret: 'secret' };
		await this.credential(type, { ...client, oauthTokenData: token });
	}

	/** @param refuses which addresses the mail server doesn't know */
	async mailbox(refuses?: (address: string) => boolean): Promise<Mailbox> {
		const mailbox = await Mailbox.start(refuses);
		this.world.atEnd(async () => await mailbox.close());
		await this.credential('smtp', mailbox.credential);
		return mailbox;
	}

	async languageModel(script: Script): Promise<LanguageModel> {
		const model = await startLanguageModel(script);
		this.world.atEnd(async () => await model.close());
		await this.credential('openAiApi', { apiKey: 'sk-test', url: model.url });
		return model;
	}

	async table(columns: Column[], rows: Array<Record<string, unknown>>): Promise<DataTable> {
		const table = await DataTable.create(this.world.api, `Jobs ${this.key}`, columns);
		await table.insert(rows);
		return table;
	}

	/**
	 * The job's file as a user has it after choosing credentials, documents and tables.
	 *
	 * @param choices parameters, by the end of the node's type
	 */
	workflow(choices: Record<string, Record<string, unknown>> = {}): WorkflowFile {
		const file = withOwnAddresses(readExample(`jobs/${this.job.file}`));
		const nodes = file.nodes.map((node) => {
			const chosen = choices[node.type.split('.').at(-1) ?? ''] ?? {};
			const own = Object.entries(chosen).filter(([name]) => name in node.parameters);
			const parameters: Record<string, unknown> = {
				...node.parameters,
				...Object.fromEntries(own),
			};
			if (/nemoVideo(?:CreateVideo|Assistant|Export)(?:Tool)?$/.test(node.type)) {
				const polling = parameters.operation === undefined ? { pollIntervalSeconds: 0.1 } : {};
				parameters.options = { ...Object(parameters.options), ...polling };
			}
			return { ...node, parameters };
		});
		return withCredentials({ ...file, nodes }, this.credentialIds);
	}

	/** Saves the job, to run it more than once with what its nodes remember. */
	async save(workflow: WorkflowFile): Promise<SavedWorkflow> {
		return await this.world.api.createWorkflow(workflow);
	}

	/** Saves the job, unless it is saved, and starts it by hand at its trigger, as "Execute workflow" does. */
	async runOnce(workflow: WorkflowFile | SavedWorkflow): Promise<Execution> {
		const execution = await this.runToItsEnd(workflow);
		assertSuccess(execution);
		return execution;
	}

	/** As `runOnce`, however it ends. */
	async runToItsEnd(workflow: WorkflowFile | SavedWorkflow): Promise<Execution> {
		const saved = isSaved(workflow) ? workflow : await this.save(workflow);
		const trigger = saved.nodes.find(({ type }) => /Trigger$/.test(type));
		const id = await this.world.api.run(saved, trigger?.name);
		return await this.world.api.waitForExecution(id, { timeoutMs: RUN_MS });
	}

	/** Saves the job and makes it live. */
	async goLive(workflow: WorkflowFile): Promise<SavedWorkflow> {
		return await this.world.goLive(workflow, {});
	}

	/** Waits until so many executions have run, and all of them well. */
	async ended(workflow: SavedWorkflow, count: number): Promise<void> {
		const all = await this.world.api.waitForAll(workflow, count, RUN_MS);
		const failed = all.find(({ status }) => status !== 'success');
		if (failed) assertSuccess(await this.world.api.execution(failed.id));
	}
}

function isSaved(workflow: WorkflowFile | SavedWorkflow): workflow is SavedWorkflow {
	return 'id' in workflow;
}

/** A resource that is chosen by its ID. */
export const byId = (value: string): Record<string, unknown> => ({
	__rl: true,
	mode: 'id',
	value,
});

/** A film of each row; those that say too little are sent, asked about and not charged. */
export function withVagueRows(rows: readonly Row[]): Expected {
	const failures = rows.filter(({ kind }) => kind === 'bad').length;
	const films = rows.length - failures;
	return { films, failures, prompts: rows.length, credits: films * 100 };
}
