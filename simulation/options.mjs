import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** Runs that a time limit ends before they are all done. */
const ENDLESS = '1000000';

/**
 * @typedef {object} Options
 * @property {number} runs
 * @property {number} seed the first
 * @property {number} workers
 * @property {{ seconds?: number, until?: number }} limits as `runSeeds` takes them
 * @property {boolean} trace
 * @property {boolean} planted
 * @property {string} only the planted faults whose names hold it
 * @property {boolean} found
 */

/**
 * @param {string[]} args of the command line
 * @returns {Options}
 * @throws Error naming the option that can't be used
 */
export function readOptions(args) {
	const { values } = parseArgs({
		args,
		options: {
			runs: { type: 'string' },
			seed: { type: 'string', default: '1' },
			workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
			seconds: { type: 'string' },
			minutes: { type: 'string' },
			trace: { type: 'boolean', default: false },
			planted: { type: 'boolean', default: false },
			only: { type: 'string', default: '' },
			found: { type: 'boolean', default: false },
		},
	});
	const { seconds, minutes, trace, planted, only, found } = values;
	const isLimited = seconds !== undefined || minutes !== undefined;
	return {
		runs: wholeNumber('runs', values.runs ?? (isLimited ? ENDLESS : '1000')),
		seed: wholeNumber('seed', values.seed),
		workers: wholeNumber('workers', values.workers),
		limits: {
			...(seconds === undefined ? {} : { seconds: wholeNumber('seconds', seconds) }),
			...(minutes === undefined
				? {}
				: { until: Date.now() + 60_000 * wholeNumber('minutes', minutes) }),
		},
		trace,
		planted,
		only,
		found,
	};
}

function wholeNumber(name, text) {
	const number = Number(text);
	if (!Number.isSafeInteger(number) || number < 1) {
		throw new Error(`--${name} takes a whole number from 1 up, not ${text}`);
	}
	return number;
}
