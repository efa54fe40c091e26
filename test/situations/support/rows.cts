import { report } from '../../report.cts';

/** A row with fewer tests than this is not covered: the situation and two neighbors. */
const MIN_TESTS = 3;

/**
 * Declares which rows of the table of situations a file covers. Names of its tests begin with
 * their row in brackets.
 *
 * @param rows such as `A1`; each belongs to one file
 * @returns defines a test, as Jest's `it` does
 */
export function situations(
	...rows: string[]
): (name: string, test: () => Promise<void>, timeoutMs?: number) => void {
	const tests = new Map(rows.map((row) => [row, 0]));
	afterAll(() => {
		const few = [...tests].filter(([, count]) => count < MIN_TESTS).map(([row]) => row);
		expect(few).toEqual([]);
		const total = [...tests.values()].reduce((sum, count) => sum + count, 0);
		report('Situations', `${rows.length} rows, ${total} tests`);
	});
	return (name, test, timeoutMs) => {
		const row = /^\[(\w+)\] /.exec(name)?.[1] ?? '';
		const count = tests.get(row);
		if (count === undefined) throw new Error(`'${name}' begins with no row of this file`);
		tests.set(row, count + 1);
		it(name, test, timeoutMs);
	};
}
