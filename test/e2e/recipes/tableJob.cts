import type { WorkflowFile } from '../api.cts';
import type { DataTable } from '../dataTables.cts';
import { byId, type Stage } from './stage.cts';

/** A job that works on the rows of a data table whose status is `new`. */
export class TableJob {
	private constructor(
		private readonly stage: Stage,
		private readonly table: DataTable,
		private readonly workflow: WorkflowFile,
	) {}

	/**
	 * @param columns of the table, all of them texts
	 * @param choices of its other nodes, by the end of their types
	 */
	static async open(
		stage: Stage,
		columns: readonly string[],
		rows: ReadonlyArray<Record<string, unknown>>,
		choices: Parameters<Stage['workflow']>[0] = {},
	): Promise<TableJob> {
		const table = await stage.table(
			columns.map((name) => ({ name, type: 'string' })),
			rows.map((row) => ({ ...row, status: 'new' })),
		);
		const dataTable = { dataTableId: byId(table.id) };
		return new TableJob(stage, table, stage.workflow({ ...choices, dataTable }));
	}

	/** Runs the job once to its end, as in one morning. */
	async run(): Promise<void> {
		await this.stage.runOnce(this.workflow);
	}

	/** The rows that have come out in a way. */
	async rowsThatAre(status: 'done' | 'failed'): Promise<Array<Record<string, unknown>>> {
		return (await this.table.rows()).filter((row) => row.status === status);
	}

	/** What is noted of each row that has failed. */
	async failures(): Promise<string[]> {
		return (await this.rowsThatAre('failed')).map(({ note }) => String(note));
	}

	/** What is noted of the row of a name. */
	async noteOf(name: string): Promise<string> {
		return String((await this.table.rows()).find((row) => row.name === name)?.note);
	}
}
