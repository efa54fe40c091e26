import type { N8nApi } from './api.cts';

export interface Column {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

export type Row = Record<string, unknown>;

/** One of n8n's data tables, over REST. */
export class DataTable {
	private constructor(
		private readonly api: N8nApi,
		readonly id: string,
		private readonly path: string,
	) {}

	/** Makes an empty table in the owner's personal project. */
	static async create(api: N8nApi, name: string, columns: Column[]): Promise<DataTable> {
		const tables = `/projects/${await api.projectId()}/data-tables`;
		const { id } = await api.call<{ id: string }>('POST', tables, { name, columns });
		return new DataTable(api, id, `${tables}/${id}`);
	}

	/** The table of this name in the owner's personal project. */
	static async find(api: N8nApi, name: string): Promise<DataTable | undefined> {
		const tables = `/projects/${await api.projectId()}/data-tables`;
		const { data } = await api.call<{ data: Array<{ id: string; name: string }> }>('GET', tables);
		const found = data.find((table) => table.name === name);
		return found && new DataTable(api, found.id, `${tables}/${found.id}`);
	}

	async insert(rows: Row[]): Promise<void> {
		await this.api.call('POST', `${this.path}/insert`, { data: rows, returnType: 'count' });
	}

	/** @returns all rows (up to 100) in order of their ids */
	async rows(): Promise<Row[]> {
		const answer = await this.api.call<{ data: Row[] }>('GET', `${this.path}/rows?take=100`);
		return answer.data.sort((a, b) => Number(a.id) - Number(b.id));
	}
}
