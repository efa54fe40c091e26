import { readOptions } from '../../e2e/options.cts';
import { areaOf } from '../../e2e/scenario.cts';
import {
	compatibilityRows,
	compatibilityTables,
	withRun,
	type RowResult,
	type SuiteResults,
} from '../../../tools/docs/compatibility.cts';

const SUITE = { name: 'Regular mode', command: 'npm run e2e' };
const row = (area: string, name: string, passed = true): RowResult => ({ area, name, passed });

const NEW = {
	date: '2026-11-25',
	rows: [row('Stop', 'It stops'), row('Batches', 'B'), row('Batches', 'A', false)],
};
const OLD = { date: '2026-11-24', rows: [row('Batches', 'A')] };

function results(): SuiteResults[] {
	return withRun(withRun([], SUITE, '1.123.81', OLD), SUITE, '2.41.1', NEW);
}

describe('the compatibility table', () => {
	it('counts what passed by area and n8n, the newest n8n first', () => {
		expect(compatibilityTables(results())).toBe(
			[
				'| Regular mode (`npm run e2e`) | n8n 2.41.1 | n8n 1.123.81 |',
				'| --- | --- | --- |',
				'| Batches | 1 of 2 passed | 1 of 1 passed |',
				'| Stop | 1 of 1 passed |  |',
				'| Run on | 2026-11-25 | 2026-11-24 |',
			].join('\n'),
		);
	});

	it('names every row with its result in each n8n', () => {
		const text = compatibilityRows(results());
		expect(text).toContain('## Regular mode\n\n### Batches\n');
		expect(text).toContain('| A | **failed** | passed |\n| B | passed |  |');
	});

	it('gives every suite a table of its own', () => {
		const queue = { name: 'Queue mode', command: 'npm run e2e:queue' };
		const both = withRun(results(), queue, '2.41.1', OLD);
		expect(both.map(({ name }) => name)).toEqual(['Regular mode', 'Queue mode']);
		expect(compatibilityTables(both).split('\n\n')).toHaveLength(2);
	});

	it('has the last run of a suite in an n8n, and is the same whatever the order of its rows', () => {
		const again = withRun(results(), SUITE, '2.41.1', { ...NEW, rows: [...NEW.rows].reverse() });
		expect(again).toEqual(results());
		const [suite] = withRun(results(), SUITE, '2.41.1', OLD);
		expect(suite?.runs['2.41.1']).toEqual(OLD);
	});

	it('is written by a whole run alone, and only where it is asked for', () => {
		expect(readOptions([]).record).toBe(false);
		expect(readOptions(['--record', '--version', '2.41.1']).record).toBe(true);
		expect(() => readOptions(['--record', 'stop'])).toThrow(/all rows/);
		expect(() => readOptions(['--record', '--tarball', 'x.tgz'])).toThrow(/these sources/);
	});

	it('names a file of rows that says no area after the file', () => {
		expect(areaOf('neverTwice.cts')).toBe('Never twice');
	});
});
