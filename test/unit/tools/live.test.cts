import { EMULATOR_TOKEN, startEmulator, type Emulator } from '../../../emulator/server.cts';
import { compare } from '../../../tools/live/compare.cts';
import { emulatedWalks } from '../../../tools/live/emulated.cts';
import { smallPhoto } from '../../../tools/live/photo.cts';
import { addShape, type Shape } from '../../../tools/live/shape.cts';
import { walk, type WalkOptions, type Walked } from '../../../tools/live/walk.cts';

jest.setTimeout(60_000);

const photo = smallPhoto();
let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator({ silentShare: 0 });
});

beforeEach(() => emulator.reset());

afterAll(async () => await emulator.close());

async function walkIt(options: Partial<WalkOptions> = {}): Promise<Walked> {
	return await walk({
		baseUrl: emulator.url,
		token: EMULATOR_TOKEN,
		photo,
		maySpend: async () => true,
		print: () => undefined,
		pollMs: 20,
		...options,
	});
}

const shapeOf = (value: unknown): Shape => {
	const shape: Shape = {};
	addShape(shape, value);
	return shape;
};

describe('the walk through NemoVideo', () => {
	it('goes from the credits to the film, and asks before it spends', async () => {
		const asked: Array<[number, number]> = [];
		const walked = await walkIt({
			maySpend: async (available) => {
				asked.push([available, emulator.requests.all({ method: 'POST' }).length]);
				return true;
			},
		});
		expect(walked).toMatchObject({ failures: [], declined: false });
		expect(asked).toEqual([[25_000, 0]]);
		expect(emulator.ledger.summary()).toMatchObject({
			sessions: 1,
			promptsAccepted: 1,
			promptsDuplicated: 0,
		});
	});

	it('changes nothing where the answer is no', async () => {
		const walked = await walkIt({ maySpend: async () => false });
		expect(walked).toMatchObject({ failures: [], declined: true });
		expect(emulator.requests.all({ method: 'POST' })).toEqual([]);
	});

	it('keeps no token, no id, no text and no link', async () => {
		const { sightings } = await walkIt();
		const [session] = emulator.ledger.sessions;
		const kept = JSON.stringify(sightings);
		expect(kept).toContain('session_id');
		for (const secret of [EMULATOR_TOKEN, session?.sessionId, session?.taskId, 'user_emulator']) {
			expect(kept).not.toContain(secret);
		}
		expect(kept).not.toMatch(/https?:\/\/|127\.0\.0\.1|mug|\d{6}|render_[0-9a-f]/);
	});

	it('tells in words where an answer does not have the shape the package reads', async () => {
		emulator.faults.add({ endpoint: 'credits', kind: 'body', body: '{"available":"many"}' });
		const { failures } = await walkIt();
		expect(failures).toHaveLength(1);
		expect(failures[0]).toMatch(/^Credits: protocol: .*GET \/api\/credits\/balance\/simple/);
	});
});

describe('the comparison with the emulator', () => {
	it('finds no difference between the emulator and itself', async () => {
		const [variants, { sightings }] = await Promise.all([emulatedWalks(photo), walkIt()]);
		expect(variants).toHaveLength(5);
		expect(compare(sightings, variants)).toEqual({ unknown: [], missing: [] });
	});

	it('names fields that are new, of another type, or gone, and answers nobody knew', () => {
		const seen = (value: unknown, contentTypes = ['application/json']) => ({
			count: 1,
			contentTypes,
			shape: shapeOf(value),
		});
		const emulated = { 'GET /a 200': seen({ id: 'x', n: 1 }), 'GET /b 200': seen({}) };
		const live = {
			'GET /a 200': seen({ id: 1, extra: [true] }, ['text/html']),
			'GET /c 500': seen({}),
		};
		expect(compare(live, [emulated])).toEqual({
			unknown: [
				'GET /a 200: content type text/html',
				'GET /a 200: id is number',
				'GET /a 200: extra is array',
				'GET /a 200: extra[] is boolean',
				'GET /c 500: the emulator gives no such answer',
			],
			missing: ['GET /a 200: n', 'GET /b 200: never answered so'],
		});
	});
});

describe('a shape', () => {
	it('holds types by path, words of the protocol, and what is inside a JSON text', () => {
		const value = { status: 'done', code: 0, draft: '{"t":[{"d":1.5}]}', url: 'https://x.test/a' };
		expect(shapeOf(value)).toEqual({
			'': ['object'],
			status: ["'done'"],
			code: ['0'],
			draft: ['object', 'string (JSON)'],
			'draft.t': ['array'],
			'draft.t[]': ['object'],
			'draft.t[].d': ['number (fraction)'],
			url: ['string (URL)'],
		});
	});

	it('names no key that is an id', () => {
		const keys = ['5529798706024415232', '3f0e5a4c-0d0b-4f5e-9c1a-8a4b1d2c3e4f', 'my photo.jpg'];
		for (const key of keys) expect(Object.keys(shapeOf({ [key]: 1 }))).toEqual(['', '<id>']);
	});
});
