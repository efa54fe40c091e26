import { join } from 'node:path';

interface Report {
	files: Record<string, { mutants: Array<{ status: string }> }>;
}
interface Count {
	killed: number;
	endless: number;
	survived: number;
	unreached: number;
}
interface Score {
	joined(reports: Array<{ name: string; report: Report }>): Array<{ name: string; report: Report }>;
	sumOf(report: Report): Count;
	lineOf(part: Count & { name: string }): string;
	scoreOf(parts: Array<Count & { name: string }>): { percent: number; line: string };
	tableOf(measured: Array<{ name: string; report: Report }>): string;
}

const score: Score = require(
	join(__dirname, '..', '..', '..', 'tools', 'mutants', 'score.cjs'),
) as Score;

const report = (...statuses: string[]): Report => ({
	files: { 'src/a.ts': { mutants: statuses.map((status) => ({ status })) } },
});

describe('the score of the mutation tests', () => {
	it('counts what was killed and what never ended against all that could run', () => {
		const count = score.sumOf(report('Killed', 'Killed', 'Timeout', 'Survived', 'CompileError'));
		expect(score.lineOf({ name: 'flows', ...count })).toBe(
			'mutants flows: 75.0 % of 4 (2 killed, 1 endless, 1 survived, 0 reached by no test)',
		);
	});

	it('does not forget what no test reaches', () => {
		const count = score.sumOf(report('Killed', 'NoCoverage'));
		expect(score.scoreOf([{ name: 'flows', ...count }]).percent).toBe(50);
	});

	it('ends in one line with the whole and each part', () => {
		const many = { killed: 1_999, endless: 0, survived: 1, unreached: 0 };
		const few = { killed: 1, endless: 0, survived: 1, unreached: 0 };
		const { line } = score.scoreOf([
			{ name: 'stream', ...many },
			{ name: 'flows', ...few },
		]);
		expect(line).toBe('mutants: 99.9 % of 2,002 (stream 100.0 %, flows 50.0 %)');
	});

	it('is none where nothing was measured', () => {
		expect(score.scoreOf([]).percent).toBe(0);
	});

	it('of a part is that of all its files', () => {
		const other = { files: { 'src/b.ts': { mutants: [{ status: 'Survived' }] } } };
		const [part, ...more] = score.joined([
			{ name: 'flows', report: report('Killed') },
			{ name: 'flows', report: other },
		]);
		expect(more).toEqual([]);
		expect(score.sumOf(part?.report ?? report())).toMatchObject({ killed: 1, survived: 1 });
	});

	it('is reported by file too', () => {
		expect(score.tableOf([{ name: 'flows', report: report('Killed', 'Survived') }])).toContain(
			'| `src/a.ts` | 2 | 1 | 0 | 1 | 0 | 50.0 |',
		);
	});
});
