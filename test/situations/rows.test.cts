import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows of the table of situations: how many each of its parts has here. */
const PARTS = { A: 12, B: 22, D: 13 };

/** The rows that the files beside this one say they cover. */
function coveredRows(): string[] {
	const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.cts'));
	return files
		.filter((file) => join(__dirname, file) !== __filename)
		.flatMap((file) => {
			const text = readFileSync(join(__dirname, file), 'utf8');
			const [, rows = ''] = /\bsituations\(([^)]*)\)/.exec(text) ?? [];
			return [...rows.matchAll(/'(\w+)'/g)].map(([, row = '']) => row);
		});
}

it('every row of the table of situations has a file of its own', () => {
	const rows = Object.entries(PARTS).flatMap(([part, count]) =>
		Array.from({ length: count }, (_, index) => `${part}${index + 1}`),
	);
	expect(coveredRows().sort()).toEqual(rows.sort());
});
