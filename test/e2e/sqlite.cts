import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export type SqlValue = string | number | null;
export type SqlRow = Record<string, SqlValue>;

/** n8n's own driver, which is compiled for the Node that runs n8n. */
const SCRIPT = `
	const { text } = require('node:stream/consumers');
	const { createRequire } = require('node:module');
	const [bin] = process.argv.slice(1);
	text(process.stdin).then((input) => {
		const { file, statement, values } = JSON.parse(input);
		const { Database } = createRequire(bin)('sqlite3');
		new Database(file).all(statement, values, (error, rows) => {
			if (error) throw error;
			process.stdout.write(JSON.stringify(rows));
		});
	});
`;

/**
 * Runs one SQL statement on an n8n's database.
 *
 * @param program n8n's script and the Node for it
 * @throws Error with what SQLite says
 */
export async function queryDatabase(
	program: { node: string; bin: string },
	file: string,
	statement: string,
	values: readonly SqlValue[],
): Promise<SqlRow[]> {
	const child = spawn(program.node, ['-e', SCRIPT, program.bin], { stdio: 'pipe' });
	child.stdin.end(JSON.stringify({ file, statement, values }));
	const output = Promise.all([text(child.stdout), text(child.stderr)]);
	const [code] = await once(child, 'exit');
	const [rows, complaint] = await output;
	if (code !== 0) throw new Error(`SQLite refused ${statement}: ${complaint.slice(-1000)}`);
	return JSON.parse(rows);
}
