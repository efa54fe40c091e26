import type { N8nApi, SavedWorkflow, WorkflowFile } from '../../test/e2e/api.cts';
import { COLUMNS, setUp } from '../../test/e2e/batchExamples.cts';
import { DataTable } from '../../test/e2e/dataTables.cts';
import { readExample } from '../../test/e2e/examples.cts';
import { PLANS, type Plan, type TableName } from './startPlan.cts';

const NEW_ROWS = [
	'Create a 10-second video of a coffee mug on a wooden table',
	'Create a 10-second video of a reading lamp at night',
].map((prompt) => ({ prompt, status: 'new' }));

const TABLES: Record<TableName, keyof typeof COLUMNS> = {
	Videos: 'scheduled-batch',
	'Videos in Steps': 'submit-and-collect',
};

interface Named {
	id: string;
	name: string;
}

/** An example as it lies in n8n. */
export interface ReadyExample {
	plan: Plan;
	name: string;
	id: string;
}

/**
 * Puts every example in place, ready for its first press: with the credential, the photos, and
 * tables that have new rows. What is there already stays as its user has changed it.
 *
 * @param photos the folder of the photos
 */
export async function ensureExamples(
	api: N8nApi,
	credentialId: string,
	photos: string,
): Promise<ReadyExample[]> {
	const tables = await ensureTables(api);
	const known = await api.call<Named[]>('GET', '/workflows');
	const ready: ReadyExample[] = [];
	for (const plan of PLANS) {
		const file = exampleOf(plan, photos, tables);
		const found = known.find(({ name }) => name === file.name);
		const { id } = found ?? (await create(api, plan, file, credentialId));
		ready.push({ plan, name: file.name, id });
	}
	return ready;
}

function exampleOf(plan: Plan, photos: string, tables: Map<TableName, DataTable>): WorkflowFile {
	const table = plan.table && tables.get(plan.table);
	return setUp(readExample(plan.example), { photos, table, keepsPauses: true });
}

async function create(
	api: N8nApi,
	{ isLive = false }: Plan,
	file: WorkflowFile,
	credentialId: string,
): Promise<SavedWorkflow> {
	const saved = await api.createWorkflow(file, { nemoVideoApi: credentialId });
	if (isLive) await api.activate(saved);
	return saved;
}

async function ensureTables(api: N8nApi): Promise<Map<TableName, DataTable>> {
	const tables = new Map<TableName, DataTable>();
	for (const name of Object.keys(TABLES) as TableName[]) {
		const found = await DataTable.find(api, name);
		const table = found ?? (await DataTable.create(api, name, COLUMNS[TABLES[name]]));
		if (found === undefined) await table.insert(NEW_ROWS);
		tables.set(name, table);
	}
	return tables;
}
