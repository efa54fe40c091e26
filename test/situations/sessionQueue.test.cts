import { chain } from '../engine/support/workflow.cts';
import { wait } from '../../src/n8n/wait';
import { DIALECTS, flat, HEARTBEAT } from './support/dialects.cts';
import { film, titled } from './support/drafts.cts';
import { gate } from './support/gate.cts';
import {
	assistant,
	chatting,
	createVideo,
	generate,
	inSession,
	photo,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { change, close, send, take, until } from './support/turnOnWire.cts';

const { world, engine } = withWorld();
const situation = situations('A9');
const TWO = { credits: 200, prompts: 2, uploads: 0, renders: 0 };

/** Long enough for a prompt that waits for nothing to arrive. */
const amidst = async (prompts: number) => {
	await Promise.race([world().arrived('run', prompts), wait(150)]);
	return world().prompts.length;
};

for (const { name, text } of DIALECTS) {
	situation(`[A9] lets the second of two messages wait, in the ${name} dialect`, async () => {
		const session = world().session(film());
		const { opened, open } = gate();
		world().onPrompt(take, until(opened), change(titled('One')), send(text('One.')), close);
		world().onPrompt(take, change(titled('Two')), send(text('Two.')), close);
		const say = (message: string) =>
			engine().start(chain([{}], assistant({ message, sessionId: session.id })), {
				streaming: true,
			});
		const one = say('add the title one');
		await world().arrived('run');
		const two = say('add the title two');
		expect(await amidst(2)).toBe(1);
		open();
		expect(success(await one.finished).text).toMatch(/^One\./);
		expect(success(await two.finished).text).toMatch(/^I'm still working on your last message/);
		const shown = (await two.finished).chunks.map(({ content }) => content ?? '').join('');
		expect(shown).toMatch(/^I'm still working on your last message/);
		expect(session.overlaps).toBe(0);
		expect(world().spent()).toEqual(TWO);
	});

	situation(
		`[A9] lets prompts of two executions follow one another, in the ${name} dialect`,
		async () => {
			const session = world().session(film());
			const { opened, open } = gate();
			world().onPrompt(take, until(opened), change(titled('One')), send(text('One.')), close);
			world().onPrompt(take, change(titled('Two')), send(text('Two.')), close);
			const workflow = (prompt: string) => chain(inSession(session), generate({ prompt }));
			const one = engine().start(workflow('Add the title one'));
			await world().arrived('run');
			const two = engine().start(workflow('Add the title two'));
			expect(await amidst(2)).toBe(1);
			open();
			// The second saw the first one's work before it began.
			expect(success(await one.finished).changes).toEqual(["Title added: 'One' (0-3s)"]);
			expect(success(await two.finished).changes).toEqual(["Title changed: 'One' -> 'Two'"]);
			expect(session.overlaps).toBe(0);
			expect(world().spent()).toEqual(TWO);
		},
	);
}

situation('[A9] makes one session of two first messages of a chat', async () => {
	const { opened, open } = gate();
	world().onPrompt(take, until(opened), change(film()), send(flat.text('One.')), close);
	const rows = (message: string) => [{ json: { sessionId: 'chat of two', chatInput: message } }];
	const node = chatting();
	const one = engine().start(chain(rows('a film of a harbor'), node));
	const two = engine().start(chain(rows('with a title'), node));
	await world().arrived('run');
	expect(await amidst(2)).toBe(1);
	open();
	const sessions = [success(await one.finished).sessionId, success(await two.finished).sessionId];
	expect(new Set(sessions).size).toBe(1);
	expect(world().count('session')).toBe(1);
	expect([...world().sessions.values()].map(({ overlaps }) => overlaps)).toEqual([0]);
	expect(world().spent()).toEqual(TWO);
});

situation('[A9] lets an upload wait for the prompt of another execution', async () => {
	const session = world().session(film());
	const { opened, open } = gate();
	world().onPrompt(take, until(opened), change(titled('One')), send(flat.text('One.')), close);
	const one = engine().start(chain(inSession(session), generate()));
	await world().arrived('run');
	const rows = [{ json: { sessionId: session.id }, files: { data: photo('a.png') } }];
	const two = engine().start(chain(rows, uploading()));
	await Promise.race([world().arrived('upload'), wait(150)]);
	expect(world().uploads).toEqual([]);
	open();
	expect(success(await one.finished).status).toBe('completed');
	expect(success(await two.finished).files).toHaveLength(1);
	expect(session.overlaps).toBe(0);
	expect(world().spent()).toEqual({ ...TWO, credits: 100, prompts: 1, uploads: 1 });
});

situation('[A9] renders what one video changed before the next one edits the session', async () => {
	const session = world().session(film());
	const { opened, open } = gate();
	world().onPrompt(take, until(opened), change(titled('One')), send(flat.text('One.')), close);
	world().onPrompt(take, change(titled('Two')), send(flat.text('Two.')), close);
	const workflow = (prompt: string) => chain([{}], createVideo({ prompt, sessionId: session.id }));
	const one = engine().start(workflow('Add the title one'));
	await world().arrived('run');
	const two = engine().start(workflow('Add the title two'));
	expect(await amidst(2)).toBe(1);
	open();
	for (const { finished } of [one, two]) expect(success(await finished).status).toBe('completed');
	const drafts = [...world().renders.values()].map(({ draft }) => draft);
	expect(drafts).toEqual([titled('One'), titled('Two')]);
	expect(world().spent()).toEqual({ ...TWO, renders: 2 });
});

situation('[A9] works in different sessions side by side', async () => {
	const { opened, open } = gate();
	world().onEveryPrompt(take, until(opened), change(film()), send(flat.text('Done.')), close);
	const workflow = () => chain(inSession(world().session()), generate());
	const running = [workflow(), workflow()].map((spec) => engine().start(spec));
	await world().arrived('run', 2);
	open();
	for (const { finished } of running) expect(success(await finished).status).toBe('completed');
	expect(world().spent()).toEqual(TWO);
});

situation('[A9] continues with the next message when the first execution is stopped', async () => {
	const session = world().session(film());
	world().onPrompt(take, send(HEARTBEAT), async (turn) => await turn.closed());
	const say = (message: string) =>
		engine().start(chain([{}], assistant({ message, sessionId: session.id })));
	const one = say('add the title one');
	await world().arrived('run');
	const two = say('add the title two');
	const three = say('add the title three');
	expect(await amidst(2)).toBe(1);
	two.stop();
	one.stop();
	expect(success(await three.finished).status).toBe('completed');
	expect(world().prompts.map(({ text }) => text)).toEqual([
		'add the title one',
		'add the title three',
	]);
	expect((await two.finished).status).toBe('canceled');
	expect(world().spent()).toEqual(TWO);
});

situation('[A9] gives an equal prompt of another execution the result of the first', async () => {
	const session = world().session();
	const { opened, open } = gate();
	world().onPrompt(take, until(opened), change(film()), send(flat.text('Done.')), close);
	const workflow = chain(inSession(session), generate());
	const one = engine().start(workflow);
	await world().arrived('run');
	const two = engine().start(workflow);
	expect(await amidst(2)).toBe(1);
	open();
	const [first, second] = [success(await one.finished), success(await two.finished)];
	expect(second).toEqual(first);
	expect(world().spent()).toEqual({ ...TWO, credits: 100, prompts: 1 });
});
