import type { N8n } from './n8n.cts';
import type { Figures, Row } from './row.cts';
import { describe, type Outcome } from './table.cts';
import { World, type StartOwn } from './world.cts';

/** Runs a row to its end, whatever happens, and prints how it went. */
export async function runRow(row: Row, n8n: N8n, startOwn: StartOwn): Promise<Outcome> {
	const started = Date.now();
	const world = new World(n8n, startOwn);
	let figures: Figures = {};
	let failure: string | undefined;
	try {
		figures = await row.run(world);
	} catch (error) {
		failure = error instanceof Error ? error.message || error.name : String(error);
	}
	try {
		await world.close();
	} catch (error) {
		failure ??= `It did not end well: ${String(error)}`;
	}
	const outcome = { row, ms: Date.now() - started, figures, notes: world.notes, failure };
	console.log(describe(outcome));
	return outcome;
}
