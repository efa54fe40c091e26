import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { Client, eventsOf } from './support/client.cts';

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
	emulator = await startEmulator({ silentShare: 0, guiShare: 0 });
	client = new Client(emulator);
});

beforeEach(() => emulator.reset());

afterAll(async () => {
	await client.close();
	await emulator.close();
});

async function recorded(name: string): Promise<Array<Record<string, unknown>>> {
	const path = join(__dirname, '../fixtures/adk', name);
	return eventsOf(await readFile(path, 'utf8'));
}

/** The keys of an event in order, and of what is inside its content and actions. */
function form(event: Record<string, unknown>): unknown {
	const content = event.content as
		{ role: string; parts: Array<Record<string, unknown>> } | undefined;
	return {
		keys: Object.keys(event),
		role: content?.role,
		parts: content?.parts.map((part) => Object.keys(part)),
		actions: Object.keys(Object(event.actions)),
		timestamp: typeof event.timestamp,
	};
}

describe('ADK events', () => {
	it.each([
		['text.sse', 'talk', 'never'],
		['silent.sse', 'silent', 'never'],
		['partial.sse', 'talk', 'always'],
	] as const)('have the form of the recording %s', async (name, marker, partials) => {
		Object.assign(emulator.options, { dialect: 'adk', partials });
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		const events = eventsOf(await client.say(session, `add the title 'Hi' [[${marker}]]`));
		const real = (await recorded(name)).map(form);
		const head = events.slice(0, 3).map(form);
		expect(head).toEqual(real.slice(0, 3));
		const kinds = new Set(real.slice(3).map((seen) => JSON.stringify(seen)));
		expect(new Set(events.slice(3).map((event) => JSON.stringify(form(event))))).toEqual(kinds);
	});

	it('repeat the whole text after the partial pieces of it', async () => {
		Object.assign(emulator.options, { dialect: 'adk', partials: 'always' });
		const session = await client.session();
		const events = eventsOf(await client.say(session, 'create a video of a lake'));
		const texts = events.filter(
			(event) => event.content?.parts[0].text && !event.content.parts[0].thought,
		);
		const pieces = texts
			.filter((event) => event.partial)
			.map((event) => event.content.parts[0].text);
		expect(pieces.length).toBeGreaterThan(1);
		expect(texts.at(-1).partial).toBeUndefined();
		expect(texts.at(-1).content.parts[0].text).toBe(pieces.join(''));
	});

	it('of the Python flavour count seconds, and tell the state in an event of the same id', async () => {
		Object.assign(emulator.options, { dialect: 'adk', adkFlavour: 'py', partials: 'never' });
		const session = await client.session();
		const events = eventsOf(await client.say(session, 'create a video of a lake'));
		const result = events.findIndex((event) => event.content?.parts[0].functionResponse);
		expect(events[result + 1]).toMatchObject({ id: events[result].id });
		expect(events[result + 1].content).toBeUndefined();
		expect(events[result + 1].actions.stateDelta.draft.t).toHaveLength(1);
		expect(events[0].timestamp).toBeLessThan(1e11);
	});

	it.each([
		['raw', /^data: \{"error": "agent said "no"\nand broke"\}\n\n$/],
		['json', /^data: \{"error":"agent said \\"no\\"\\nand broke"\}\n\n$/],
		['system', /"text":"Error: agent said .*"author":"system"|"author":"system".*"text":"Error: /],
		['errorCode', /"errorCode":"UNKNOWN_ERROR","errorMessage":"agent said/],
	])('fail inside the stream in the form "%s"', async (name, pattern) => {
		Object.assign(emulator.options, { dialect: 'adk', heartbeatMs: 10_000, splitWrites: false });
		const session = await client.session();
		const stream = await client.say(session, `create a video of a lake [[error:${name}]]`);
		expect(stream.slice(stream.indexOf('\n\n') + 2)).toMatch(pattern);
		expect(emulator.ledger.prompts).toMatchObject([{ accepted: true, status: 'failed' }]);
	});
});

describe('flat events', () => {
	it('are text, tool_call and tool_result', async () => {
		const session = await client.session();
		const types = eventsOf(await client.say(session, 'create a video of a lake')).map(
			(event) => event.type,
		);
		expect(new Set(types)).toEqual(new Set(['progress', 'tool_call', 'tool_result', 'text']));
	});

	it('may carry a body code, which is not charged when it means "not taken on"', async () => {
		const session = await client.session();
		const events = eventsOf(await client.say(session, 'create a video of a lake [[error:2001]]'));
		expect(events).toMatchObject([{ code: 2001 }]);
		expect(emulator.ledger.summary()).toMatchObject({ promptsAccepted: 0, creditsCharged: 0 });
	});

	it('end with the false alarm when asked to', async () => {
		const session = await client.session();
		const stream = await client.say(session, 'create a video of a lake [[trailing]]');
		expect(eventsOf(stream).at(-1).content).toContain('issue');
	});
});

describe('the stream', () => {
	it('carries every form of heartbeat', async () => {
		emulator.options.heartbeatMs = 3;
		const session = await client.session();
		const { body } = await client.turn(session, 'create a video of a lake [[hang]]');
		const forms = ['data: heartbeat', 'data: {"type":"heartbeat"}', 'data:', ': keep-alive'];
		let stream = '';
		for await (const chunk of body) {
			stream += String(chunk);
			if (stream.split('\n\n').length > 8) break;
		}
		expect(new Set(stream.split('\n\n').slice(0, 8))).toEqual(new Set(forms));
	});

	it('can use CRLF and a closing [DONE]', async () => {
		Object.assign(emulator.options, { crlf: true, done: true });
		const session = await client.session();
		const stream = await client.say(session, 'create a video of a lake');
		expect(stream.replaceAll('\r\n', '')).not.toContain('\n');
		expect(stream.endsWith('data: [DONE]\r\n\r\n')).toBe(true);
	});

	it('arrives whole when its writes are split inside characters', async () => {
		emulator.options.dialect = 'adk';
		const session = await client.session('zh');
		const events = eventsOf(await client.say(session, '生成一个关于湖的视频，标题“天堂岛”'));
		const last = events.at(-1).content.parts[0].text;
		expect(last).toContain('标题“天堂岛”');
		expect(last).not.toContain('\uFFFD');
	});

	it('is recorded byte for byte', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
		emulator.options.recordDir = folder;
		const session = await client.session();
		const stream = await client.say(session, 'create a video of a lake');
		await emulator.waitFor('stream.closed');
		const [name = ''] = await readdir(folder);
		expect(await readFile(join(folder, name), 'utf8')).toBe(stream);
		await rm(folder, { recursive: true });
	});

	it('of an unknown session is refused as a stock ADK server does, when asked to', async () => {
		emulator.options.sessionLostAs = 'adkJs';
		const { statusCode, body } = await client.turn('5529798706024415232', 'create a video');
		expect(statusCode).toBe(404);
		expect(await body.json()).toEqual({ error: 'Session not found: 5529798706024415232' });
	});
});

describe('render answers', () => {
	const rendered = async (shapes: string): Promise<unknown> => {
		emulator.options.shapes = shapes;
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		await client.submit(session, `render_${shapes}`);
		await emulator.waitFor('render.done');
		return (await client.call('GET', `/api/render/proxy/lambda/render_${shapes}`)).json;
	};

	it('in the nested shape have status and outputUrl inside data', async () => {
		expect(await rendered('ref')).toMatchObject({
			success: true,
			data: { status: 'completed', outputUrl: expect.stringMatching(/^http.*\.mp4$/) },
		});
	});

	it('in the flat shape have status and output.url on top', async () => {
		expect(await rendered('seed')).toMatchObject({
			status: 'completed',
			output: { url: expect.stringMatching(/^http/), duration: 10, size: 65_536 },
		});
	});

	it('in the envelope shape have outputUrl inside {code,data}', async () => {
		expect(await rendered('render=outputUrl')).toMatchObject({ code: 0, data: { progress: 100 } });
	});

	it('in the odd shape have ids as bare numbers, the draft as a text', async () => {
		emulator.options.shapes = 'odd';
		const created = await client.call('POST', '/api/tasks/me/with-session/nemo_agent', {
			task_name: 'project',
			language: 'en',
		});
		expect(created.text).toMatch(/"session_id":\d{19}[,}]/);
		const [{ sessionId } = { sessionId: '' }] = emulator.ledger.sessions;
		await client.say(sessionId, 'create a video of a lake');
		const { draft } = await client.state(sessionId);
		expect(JSON.parse(draft).t.length).toBeGreaterThan(1);
	});

	it('minimal: no envelope, nothing unknown, no draft before the first turn', async () => {
		emulator.options.shapes = 'minimal';
		const session = await client.session();
		const state = await client.call('GET', `/api/state/nemo_agent/me/${session}/latest`);
		expect(Object.keys(state.json).sort()).toEqual(['session_id', 'state', 'task_id', 'task_name']);
		expect(state.json.state).toEqual({ video_infos: [], generated_media: null });
	});

	it('notice a draft that lost digits on its way to the renderer', async () => {
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		const path = `/api/state/nemo_agent/me/${session}/latest`;
		const { text } = await client.call('GET', path);
		const draft = /"draft":(\{.*?\}),"canvas_config"/s.exec(text)?.[1] ?? '';
		const submit = async (id: string, json: string): Promise<unknown> =>
			await (
				await client.raw('POST', '/api/render/proxy/lambda', {
					body: `{"id":"${id}","sessionId":"${session}","draft":${json}}`,
				})
			).body.json();
		await submit('exact', draft);
		await submit('lossy', JSON.stringify(JSON.parse(draft)));
		expect(emulator.ledger.renders.map((entry) => entry.sameAsState)).toEqual([true, false]);
	});
});
