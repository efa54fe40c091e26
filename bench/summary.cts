/** A question that users ask, and the row of a bench that answers it. */
interface Question {
	question: string;
	bench: string;
	/** As the row calls what it measures. */
	what: string;
	/** What the row's cells answer. */
	answer(ours: string, rival: string, result: string): string;
}

const QUESTIONS: readonly Question[] = [
	{
		question: 'How soon is a finished render found?',
		bench: 'looks',
		what: 'median wait from ready to first byte, progress that keeps pace',
		answer: (ours) => `after ${ours} in the middle`,
	},
	{
		question: 'And at worst, for 95 of 100 renders?',
		bench: 'looks',
		what: '95th percentile wait from ready to first byte, progress that keeps pace',
		answer: (ours) => `after ${ours}`,
	},
	{
		question: 'What does Generate add to the time that NemoVideo takes?',
		bench: 'latency',
		what: "from the stream's last byte to the node's output, beyond the state call",
		answer: (ours) => ours,
	},
	{
		question: 'How long do 20 rows take, 5 in parallel?',
		bench: 'batch',
		what: '20 rows, 5 in parallel',
		answer: (ours, rival) => `${ours}; ${rival}`,
	},
	{
		question: 'How long does a file of 500 MiB take up at 40 MB/s?',
		bench: 'transfer',
		what: 'upload of 500 MiB at 40 MB/s',
		answer: (ours, rival) => `${ours}; ${rival}`,
	},
	{
		question: 'How much memory does that take?',
		bench: 'memory',
		what: 'upload of 500 MiB',
		answer: (ours, rival) => `${ours}; ${rival}`,
	},
	{
		question: 'And the download of a film of 500 MiB?',
		bench: 'memory',
		what: 'download of 500 MiB',
		answer: (ours, rival) => `${ours}; ${rival}`,
	},
	{
		question: 'How much faster are two workers?',
		bench: 'workers',
		what: '40 rows, an execution each, by two workers',
		answer: (_ours, _rival, result) => result,
	},
	{
		question: 'How much of a processor does a video take in a worker?',
		bench: 'workers',
		what: 'processor time of the worker for a video',
		answer: (ours) => ours,
	},
];

/**
 * What users ask first, answered from the rows that were measured last.
 *
 * @param parts the sections of the page, each with its heading
 */
export function summaryOf(parts: readonly string[]): string {
	const rows = QUESTIONS.flatMap(({ question, bench, what, answer }) => {
		const part = parts.find((one) => one.startsWith(`## ${bench}\n`)) ?? '';
		const cells = part
			.split('\n')
			.map((line) => line.split('|').map((cell) => cell.trim()))
			.find((row) => row[2] === what);
		if (!cells) return [];
		const [, , , ours = '', rival = '', , result = ''] = cells;
		return [`| ${question} | ${answer(ours, rival, result)} | [${bench}](#${bench}) |`];
	});
	return ['| question | answer | from |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
