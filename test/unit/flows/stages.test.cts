import { NemoVideoError } from '../../../src/api/errors';
import { isStages, Stages, type Stage } from '../../../src/flows/stages';
import { failureOf } from '../support/scripted.cts';
import { FakeClock } from './fakeClock.cts';
import { newCheckpoint } from './fakeNemoVideo.cts';

const clock = new FakeClock();
const takes = (ms: number) => async () => await clock.advance(ms);

it('the stages of a video come in the order they were entered, their tries added up', async () => {
	const memory = newCheckpoint<Stage[]>();
	const stages = new Stages(clock, memory);
	expect(stages.all()).toEqual([]);
	await stages.run('session', takes(100));
	await stages.run('generate', takes(2_000));
	const again = new Stages(clock, memory);
	await again.run('generate', takes(500));
	expect(again.all()).toEqual([
		{ name: 'session', elapsedMs: 100 },
		{ name: 'generate', elapsedMs: 2_500 },
	]);
});

it('a failure names its stage and counts with its time; one that is known stays what it was', async () => {
	const stages = new Stages(clock, newCheckpoint());
	const fails = (failure: Error) => async (): Promise<never> => {
		await clock.advance(300);
		throw failure;
	};
	const plain = new NemoVideoError('network', 'broke');
	expect((await failureOf(stages.run('upload', fails(plain)))).stage).toBe('upload');
	const told = new NemoVideoError('credits', 'none', { stage: 'credits' });
	expect((await failureOf(stages.run('upload', fails(told)))).stage).toBe('credits');
	const bug = new TypeError('a bug');
	await expect(stages.run('export', fails(bug))).rejects.toBe(bug);
	expect(stages.all()).toEqual([
		{ name: 'upload', elapsedMs: 600 },
		{ name: 'export', elapsedMs: 300 },
	]);
});

it('what was handed out does not change afterwards', async () => {
	const stages = new Stages(clock, newCheckpoint());
	await stages.run('session', takes(100));
	const [first] = stages.all();
	if (first) first.elapsedMs = 7;
	expect(stages.all()).toEqual([{ name: 'session', elapsedMs: 100 }]);
});

it('only a list of stages is taken for one', () => {
	const given = [[], [{ name: 'session', elapsedMs: 1 }], [{ name: 'session' }], ['x'], {}, null];
	expect(given.map(isStages)).toEqual([true, true, false, false, false, false]);
});
