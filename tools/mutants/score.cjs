/** Percent of the mutants that the tests have to find. */
const LOWEST = 80;

const EMPTY = { killed: 0, endless: 0, survived: 0, unreached: 0 };

/** What Stryker calls them. Mutants that do not compile or do not load count nowhere. */
const KINDS = {
	Killed: 'killed',
	Timeout: 'endless',
	Survived: 'survived',
	NoCoverage: 'unreached',
};

/** @returns {typeof EMPTY} how the mutants of one file ended */
function countOf(mutants) {
	const count = { ...EMPTY };
	for (const { status } of mutants) {
		const kind = KINDS[status];
		if (kind !== undefined) count[kind]++;
	}
	return count;
}

function add(counts) {
	const sum = { ...EMPTY };
	for (const count of counts) for (const kind of Object.keys(EMPTY)) sum[kind] += count[kind];
	return sum;
}

/** How the mutants of a whole report ended. */
function sumOf(report) {
	return add(Object.values(report.files).map(({ mutants }) => countOf(mutants)));
}

const totalOf = ({ killed, endless, survived, unreached }) =>
	killed + endless + survived + unreached;
const percentOf = (count) => (100 * (count.killed + count.endless)) / (totalOf(count) || 1);
const percent = (count) => percentOf(count).toFixed(1);
const number = (value) => value.toLocaleString('en-US');

/** The reports of each part as one. */
function joined(reports) {
	const parts = new Map();
	for (const { name, report } of reports) {
		parts.set(name, { files: { ...parts.get(name)?.files, ...report.files } });
	}
	return [...parts].map(([name, report]) => ({ name, report }));
}

/** One part in a line. */
function lineOf(part) {
	const { killed, endless, survived, unreached } = part;
	const how = `${number(killed)} killed, ${endless} endless, ${survived} survived, ${unreached} reached by no test`;
	return `mutants ${part.name}: ${percent(part)} % of ${number(totalOf(part))} (${how})`;
}

/** All parts together: the line that ends a run, and the number it is judged by. */
function scoreOf(parts) {
	const whole = add(parts);
	const each = parts.map((part) => `${part.name} ${percent(part)} %`).join(', ');
	return {
		percent: percentOf(whole),
		line: `mutants: ${percent(whole)} % of ${number(totalOf(whole))} (${each})`,
	};
}

/** A table by file, in Markdown. */
function tableOf(measured) {
	const rows = measured.flatMap(({ name, report }) => [
		...Object.entries(report.files).map(([file, { mutants }]) => [`\`${file}\``, countOf(mutants)]),
		[`**${name}**`, sumOf(report)],
	]);
	const whole = add(measured.map(({ report }) => sumOf(report)));
	const lines = [...rows, ['**All**', whole]]
		.filter(([, count]) => totalOf(count) > 0)
		.map(([file, count]) => {
			const { killed, endless, survived, unreached } = count;
			const cells = [file, totalOf(count), killed, endless, survived, unreached, percent(count)];
			return `| ${cells.join(' | ')} |`;
		});
	const head = '| File | Mutants | Killed | Endless | Survived | Not reached | Score |';
	const rule = '| ---- | ------: | -----: | ------: | -------: | ----------: | ----: |';
	return [head, rule, ...lines, ''].join('\n');
}

module.exports = { LOWEST, joined, lineOf, scoreOf, sumOf, tableOf };
