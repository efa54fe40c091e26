import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { Client, eventsOf } from './support/client.cts';

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
	emulator = await startEmulator();
	client = new Client(emulator);
});

beforeEach(() => emulator.reset());

afterAll(async () => {
	await client.close();
	await emulator.close();
});

const PHOTOS = ['b.png', 'a.jpg', 'c.webp'].map((name) => ({ name, bytes: Buffer.from(name) }));

it('makes a slideshow of the photos in upload order, as long as asked', async () => {
	const session = await client.session();
	await client.upload(session, PHOTOS);
	await client.say(session, 'turn these images into a 30-second promo video with background music');
	const { draft } = await client.state(session);
	const video = draft.t.find((track: { tt: number }) => track.tt === 0);
	expect(video.sg.map((piece: { m: { title: string } }) => piece.m.title)).toEqual([
		'b.png',
		'a.jpg',
		'c.webp',
	]);
	expect(draft.d).toBe(30_000);
	expect(draft.t.map((track: { tt: number }) => track.tt)).toEqual(
		expect.arrayContaining([0, 1, 7]),
	);
});

it('shows the raw clip in the state before music and title are there', async () => {
	emulator.options.stageGapMs = 60_000;
	const session = await client.session();
	const { body } = await client.turn(session, 'create a video of a city at night');
	body.on('error', () => undefined);
	await emulator.waitFor({ type: 'turn.stage', stage: 1 });
	expect((await client.state(session)).draft.t).toHaveLength(1);
	emulator.options.stageGapMs = 0;
	const other = await client.session();
	await client.say(other, 'create a video of a city at night');
	expect((await client.state(other)).draft.t.length).toBeGreaterThan(1);
});

it('continues working when the client has gone', async () => {
	const session = await client.session();
	const stop = new AbortController();
	const turn = client.turn(session, 'create a video of a lake [[stall:accepted]]', stop.signal);
	await emulator.waitFor('stream.open');
	(await turn).body.on('error', () => undefined);
	stop.abort();
	await emulator.waitFor({ type: 'stream.closed', whole: false });
	await emulator.waitFor({ type: 'turn.done', status: 'done' });
	expect((await client.state(session)).draft.t.length).toBeGreaterThan(1);
	expect(emulator.ledger.summary()).toMatchObject({ promptsAccepted: 1, creditsCharged: 100 });
});

it('asks back on a vague prompt and leaves the timeline alone', async () => {
	const session = await client.session();
	await client.say(session, 'create a video of a lake');
	const before = await client.state(session);
	const events = eventsOf(await client.say(session, 'make it better'));
	expect(events.map((event) => event.type)).not.toContain('tool_call');
	expect(events.some((event) => event.type === 'text')).toBe(true);
	expect((await client.state(session)).draft).toEqual(before.draft);
});

it('freezes credits while a turn runs and takes them at its end', async () => {
	await client.say(await client.session(), 'create a video of a lake');
	expect(await client.credits()).toEqual({ available: 24_900, frozen: 0, total: 24_900 });
	const { body } = await client.turn(await client.session(), 'create a video of a sea [[hang]]');
	body.on('error', () => undefined);
	expect(await client.credits()).toEqual({ available: 24_800, frozen: 100, total: 24_900 });
});

it('closes about three in ten edits without a text, the same ones each time', async () => {
	emulator.options.editMs = 0;
	emulator.options.heartbeatMs = 1000;
	const silent = async (): Promise<boolean[]> => {
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		const seen: boolean[] = [];
		for (let index = 0; index < 60; index++) {
			const events = eventsOf(await client.say(session, `add the title 'Number ${index}'`));
			seen.push(!events.some((event) => event.type === 'text'));
		}
		return seen;
	};
	const first = await silent();
	expect(first.filter(Boolean).length).toBeGreaterThan(8);
	expect(first.filter(Boolean).length).toBeLessThan(30);
	expect(await silent()).toEqual(first);
});

it('answers 2001 when the credits are used up, and charges nothing', async () => {
	emulator.tokens.add(client.token, { credits: 120 });
	const session = await client.session();
	await client.say(session, 'create a video of a lake');
	const text = await client.say(session, 'create another video of a sea');
	expect(JSON.parse(text)).toMatchObject({ code: 2001 });
	expect(emulator.ledger.summary()).toMatchObject({
		promptsAccepted: 1,
		promptsRefused: 1,
		creditsCharged: 100,
	});
});

it('renders a draft and serves its file in ranges', async () => {
	const session = await client.session();
	await client.say(session, 'create a video of a lake');
	await client.submit(session, 'render_a');
	await emulator.waitFor({ type: 'render.done', status: 'completed' });
	const poll = await client.call('GET', '/api/render/proxy/lambda/render_a');
	expect(poll.json).toMatchObject({ success: true, data: { status: 'completed', progress: 100 } });
	const url = poll.json.data.outputUrl;
	const whole = Buffer.from(await (await client.raw('GET', url)).body.arrayBuffer());
	const part = await client.raw('GET', url, { headers: { range: 'bytes=3000-' } });
	expect(part.statusCode).toBe(206);
	expect(Buffer.from(await part.body.arrayBuffer()).equals(whole.subarray(3000))).toBe(true);
	expect((await client.submit(session, 'render_a')).status).toBe(409);
});
