import { connectedCredential, withEmulator } from './support/emulator.cts';
import { create, failed, made, PHOTO } from './support/createVideo.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT } from './support/sessions.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

/** How long NemoVideo asks to be left alone, in seconds. */
const RETRY_AFTER = 3;
/** What was on its way when NemoVideo said so still arrives; milliseconds. */
const TRAVEL_MS = 1_500;

const rows = (count: number) =>
	Array.from({ length: count }, (_row, index) => ({
		json: { prompt: `${PROMPT} number ${index + 1}` },
		files: { data: PHOTO },
	}));
const PARAMETERS = {
	prompt: '={{ $json.prompt }}',
	source: 'binary',
	binaryPropertyName: 'data',
	options: { parallel: 3 },
};

describe('a 429 that one row meets', () => {
	it.each(['session', 'upload', 'run', 'credits', 'state', 'submit', 'poll', 'download'] as const)(
		'at %s holds back the requests of all rows until the time NemoVideo named',
		async (endpoint) => {
			if (endpoint === 'download') emulator().options.cdnForbidden = true;
			emulator().faults.add({
				kind: 'status',
				status: 429,
				headers: { 'retry-after': String(RETRY_AFTER) },
				endpoint,
				nth: 2,
			});
			const result = await engine.runNode(rows(3), create(PARAMETERS));
			expect(failed(result)).toEqual([]);
			expect(made(result)).toHaveLength(3);
			const refused = emulator()
				.requests.all()
				.find(({ status }) => status === 429);
			const told = refused?.closedAt ?? NaN;
			const since = emulator()
				.requests.all()
				.filter(({ at }) => at > told + TRAVEL_MS);
			expect(since.length).toBeGreaterThan(0);
			const first = Math.min(...since.map(({ at }) => at));
			expect(first - told).toBeGreaterThanOrEqual(RETRY_AFTER * 1000 - TRAVEL_MS);
			expect(emulator().ledger.summary()).toMatchObject({
				promptsAccepted: 3,
				promptsDuplicated: 0,
				rendersDuplicated: 0,
			});
		},
	);

	it('and comes again is final for that row alone', async () => {
		emulator().faults.add({
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '0.1' },
			path: '/run_sse',
			nth: 1,
			times: 2,
		});
		const result = await engine.runNode(
			rows(3),
			create({ ...PARAMETERS, options: { parallel: 1 } }),
		);
		expect(failed(result)).toMatchObject([
			{ kind: 'rateLimit', retryable: true, stage: 'generate' },
		]);
		expect(made(result)).toHaveLength(2);
	});
});

describe('a limit of requests per second', () => {
	it('lets all rows through, also where it is lower than their number', async () => {
		Object.assign(emulator().options, { requestsPerSecond: 5, retryAfter: 1 });
		const result = await engine.runNode(
			rows(8),
			create({ prompt: '={{ $json.prompt }}', exportVideo: false, options: { parallel: 8 } }),
		);
		expect(failed(result)).toEqual([]);
		expect(made(result)).toHaveLength(8);
	}, 60_000);
});
