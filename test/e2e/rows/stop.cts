import { DEAF_NODE } from '../control.cts';
import type { Scenario } from '../scenario.cts';
import { CASES, figures, measureAll, type Case } from '../stopPhases.cts';
import { FIVE_TRIES } from '../workflows.cts';

const stop: Scenario = {
	name: 'Stop stops, in every phase',
	tags: ['stop'],
	issue: 3,
	when: 'quiet',
	run: async (world) => figures(await measureAll(world, CASES, 'stop')),
};

const stopWithRetries: Scenario = {
	name: 'Stop stops, in every phase, with Retry On Fail at 5 tries',
	tags: ['stop'],
	issue: 3,
	when: 'quiet',
	run: async (world) => {
		const results = await measureAll(world, CASES, 'stop', { more: FIVE_TRIES });
		const entered = results.filter(({ reentries }) => reentries > 0);
		if (entered.length === 0) throw new Error('n8n entered no node again, so nothing was shown');
		return figures(results);
	},
};

const timeLimit: Scenario = {
	name: 'A workflow’s time limit stops like Stop, in every phase',
	tags: ['stop'],
	issue: 3,
	when: 'quiet',
	run: async (world) => figures(await measureAll(world, CASES, 'timeout')),
};

const DEAF: readonly Case[] = [
	{
		name: 'deaf and asking',
		step: (_, url) => ({ type: DEAF_NODE, parameters: { url: `${url}/asking`, requests: 8 } }),
		reached: { type: 'request.closed', path: '/asking' },
	},
	{
		name: 'deaf and waiting',
		fault: { kind: 'stall', path: '/waiting' },
		step: (_, url) => ({ type: DEAF_NODE, parameters: { url: `${url}/waiting`, requests: 1 } }),
		reached: 'fault',
	},
];

const control: Scenario = {
	name: 'A node that ignores Stop is called FAILED by the same measurement',
	tags: ['stop'],
	issue: 3,
	when: 'quiet',
	run: async (world) => {
		const results = await measureAll(world, DEAF, 'stop');
		const passed = results.filter(({ verdict }) => verdict === undefined);
		if (passed.length > 0) {
			throw new Error(`Not noticed: ${passed.map(({ phase }) => phase).join(', ')}`);
		}
		return { 'deaf nodes': results.length, 'called FAILED': results.length };
	},
};

export const area = 'Stop';

export const rows: readonly Scenario[] = [stop, stopWithRetries, timeLimit, control];
