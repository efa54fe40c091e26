import { fork } from 'node:child_process';

/** Seeds that a worker runs at once: their traces have one hash together. */
const CHUNK = 100;
/**
 * Chunks after which a worker makes room for a new one: what an n8n that was killed remembered stays
 * in the worker's memory, about 8 kB a run, where a machine would have freed it.
 */
const CHUNKS_OF_WORKER = 100;

/** One process with the bundle in it. */
export class Worker {
	/** @param {string} bundle */
	constructor(bundle) {
		// Stories leave much behind that dies young.
		const execArgv = ['--max-semi-space-size=64'];
		this.process = fork(bundle, [], { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	}

	/** @param {object} order see `worker.cts` */
	async ask(order) {
		return await new Promise((resolve, reject) => {
			const died = (code) => reject(new Error(`A worker ended with ${code}`));
			this.process.once('exit', died);
			this.process.once('message', (answer) => {
				this.process.off('exit', died);
				resolve(answer);
			});
			this.process.send(order);
		});
	}

	end() {
		this.process.kill();
	}
}

/**
 * Runs a range of seeds.
 *
 * @typedef {object} Range
 * @property {string} bundle
 * @property {number} seed the first
 * @property {number} runs
 * @property {number} workers
 * @property {string} [finds] the invariants whose first violation ends it
 * @property {number} [seconds] the most of processor time that it takes, however busy the machine is
 * @property {number} [until] when to begin nothing more, in milliseconds since the epoch
 *
 * @param {Range} range
 * @param {(done: number) => void} [onProgress]
 * @returns the sums of all runs, what was found, and the hashes of the chunks in order
 */
export async function runSeeds(range, onProgress = () => undefined) {
	const { bundle, seed, runs, workers, finds = '', seconds = Infinity, until = Infinity } = range;
	const chunks = [];
	for (let from = seed; from < seed + runs; from += CHUNK) {
		chunks.push({ from, count: Math.min(CHUNK, seed + runs - from) });
	}
	const answers = [];
	let isFound = false;
	let spent = 0;
	const work = async () => {
		let worker = new Worker(bundle);
		let done = 0;
		try {
			for (let chunk = chunks.shift(); chunk && !isFound; chunk = chunks.shift()) {
				if (spent > seconds || Date.now() > until) break;
				if (done++ === CHUNKS_OF_WORKER) {
					worker.end();
					worker = new Worker(bundle);
					done = 1;
				}
				const answer = await worker.ask({ do: 'run', ...chunk, until: finds });
				answers.push(answer);
				spent += answer.seconds;
				if (answer.found.some((run) => violates(run, finds))) isFound = true;
				onProgress(answers.reduce((done, { sum }) => done + sum.runs, 0));
			}
		} finally {
			worker.end();
		}
	};
	await Promise.all(Array.from({ length: Math.min(workers, chunks.length) }, work));
	answers.sort((one, other) => one.from - other.from);
	const total = { runs: 0, events: 0, prompts: 0, faults: 0, elapsed: 0 };
	for (const { sum } of answers) for (const key of Object.keys(total)) total[key] += sum[key];
	return {
		total,
		found: answers.flatMap(({ found }) => found),
		hashes: answers.map(({ hash }) => hash),
	};
}

/** Whether a run that went wrong violates one of these invariants. */
export function violates({ violations }, invariants) {
	return violations.some(({ invariant }) => invariants.includes(invariant));
}
