import { connectedCredential, withEmulator } from './support/emulator.cts';
import {
	create,
	failed,
	made,
	mostStreams,
	NODE,
	rowsOf,
	setCredits,
} from './support/createVideo.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { PROMPT } from './support/sessions.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const rows = (count: number) =>
	Array.from({ length: count }, (_row, index) => ({
		json: { prompt: `${PROMPT} number ${index + 1}` },
	}));
const parameters = (options: object = {}): NodeSpec['parameters'] => ({
	prompt: '={{ $json.prompt }}',
	exportVideo: false,
	options: { ...options },
});
const run = async (count: number, options?: object, more?: Partial<NodeSpec>): Promise<RunResult> =>
	await engine.runNode(rows(count), create(parameters(options), more));
const requests = (endpoint: 'session' | 'run' | 'credits'): number =>
	emulator().requests.all({ endpoint }).length;

describe('credits that run out', () => {
	it.each([1, 3])('end a batch of %i in parallel after the rows they pay for', async (parallel) => {
		setCredits(emulator(), 350);
		const result = await run(6, { parallel });
		expect(made(result)).toHaveLength(3);
		expect(rowsOf(result, 1)).toEqual([3, 4, 5]);
		for (const failure of failed(result)) {
			expect(failure).toMatchObject({ kind: 'credits', retryable: false, stage: 'credits' });
			expect(failure.message).toMatch(/^Not sent: NemoVideo has 50 credits left/);
			expect(failure).not.toHaveProperty('sessionId');
		}
		expect(emulator().ledger.summary()).toMatchObject({
			promptsAccepted: 3,
			promptsRefused: 0,
			creditsCharged: 300,
		});
		expect(requests('run')).toBe(3);
		expect(requests('session')).toBe(3);
	});

	it('before the first row send nothing at all', async () => {
		setCredits(emulator(), 0);
		const result = await run(3);
		expect(failed(result)).toHaveLength(3);
		expect(requests('session') + requests('run')).toBe(0);
	});

	it('tell a trial user where to register', async () => {
		const credential = connectedCredential(emulator(), 'freeTrial');
		engine = await createEngine({ credential });
		const result = await run(2, { parallel: 1 });
		expect(made(result)).toHaveLength(1);
		expect(failed(result)[0]?.description).toMatch(
			/https:\/\/nemovideo\.com\/register\?bind=anon_/,
		);
	});

	it('leave it to NemoVideo to refuse each row where the user chose so', async () => {
		setCredits(emulator(), 100);
		const result = await run(3, { stopWhenOutOfCredits: false, parallel: 1 });
		expect(made(result)).toHaveLength(1);
		expect(failed(result)).toMatchObject([
			{ kind: 'credits', code: 2001 },
			{ kind: 'credits', code: 2001 },
		]);
		expect(requests('run')).toBe(3);
	});

	it('stop the rest also where NemoVideo is the first to know', async () => {
		setCredits(emulator(), 5_000);
		emulator().faults.add({
			kind: 'body',
			endpoint: 'run',
			body: '{"code":2001}',
			process: false,
			nth: 2,
			times: 0,
		});
		const result = await run(5, { parallel: 1 });
		expect(made(result)).toHaveLength(1);
		expect(failed(result)[0]).toMatchObject({ kind: 'credits', code: 2001, stage: 'generate' });
		expect(requests('run')).toBe(2);
		expect(requests('session')).toBe(2);
	});

	it('let a Retry send the rows that were left, once there are credits again', async () => {
		setCredits(emulator(), 200);
		const workflow = chain(
			rows(4),
			create(parameters({ parallel: 1 }), { onError: 'stopWorkflow' }),
		);
		const first = await engine.run(workflow);
		expect(first.error).toMatchObject({ context: { kind: 'credits' } });
		setCredits(emulator(), 200);
		const second = await engine.retry(workflow, first);
		expect(made(second)).toHaveLength(4);
		expect(emulator().ledger.summary()).toMatchObject({
			promptsAccepted: 4,
			promptsDuplicated: 0,
			creditsCharged: 400,
		});
	});
});

describe('a cap of credits', () => {
	it.each([
		[300, 1],
		[300, 4],
		[350, 4],
	])('of %i is never passed with %i rows in parallel', async (maximumCredits, parallel) => {
		const result = await run(6, { maximumCredits, parallel });
		expect(made(result)).toHaveLength(3);
		expect(rowsOf(result, 1)).toEqual([3, 4, 5]);
		expect(failed(result)[0]).toMatchObject({ kind: 'credits', stage: 'credits' });
		expect(failed(result)[0]?.message).toMatch(
			/^Not sent: this run has used 300 of the \d+ credits that 'Maximum Credits' allows/,
		);
		expect(failed(result)[0]?.description).toMatch(/Maximum Credits/);
		expect(emulator().ledger.summary()).toMatchObject({ creditsCharged: 300, promptsRefused: 0 });
		expect(requests('session')).toBe(3);
	});

	it('counts what earlier tries of the execution have spent', async () => {
		emulator().faults.add({
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '0' },
			endpoint: 'session',
			nth: 2,
			times: 2,
		});
		const result = await run(
			4,
			{ maximumCredits: 200, parallel: 1 },
			{ onError: 'stopWorkflow', retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(result.error).toMatchObject({ context: { kind: 'credits' } });
		expect(emulator().ledger.summary().creditsCharged).toBe(200);
	});

	it('of zero is no cap', async () => {
		expect(made(await run(3, { maximumCredits: 0 }))).toHaveLength(3);
	});

	it('holds although costs differ from the usual', async () => {
		emulator().options.costs = { generation: 7, edit: 7, question: 0 };
		const result = await run(6, { maximumCredits: 20, parallel: 3 });
		expect(made(result)).toHaveLength(2);
		expect(emulator().ledger.summary().creditsCharged).toBe(14);
	});

	it('fails the rows where the balance cannot be read, for it could not be kept', async () => {
		emulator().faults.add({ kind: 'status', status: 418, endpoint: 'credits', times: 0 });
		const result = await run(2, { maximumCredits: 500 });
		expect(failed(result)).toHaveLength(2);
		expect(requests('run')).toBe(0);
	});
});

describe('a minimum of credits', () => {
	it('that is not there starts no row', async () => {
		setCredits(emulator(), 250);
		const result = await run(3, { minimumCredits: 300 });
		expect(failed(result)).toHaveLength(3);
		expect(failed(result)[0]).toMatchObject({ kind: 'credits', stage: 'credits' });
		expect(failed(result)[0]?.message).toMatch(/250 credits left, fewer than the 300/);
		expect(requests('session') + requests('run')).toBe(0);
	});

	it('is asked for once, not of every row', async () => {
		setCredits(emulator(), 300);
		expect(made(await run(3, { minimumCredits: 300 }))).toHaveLength(3);
	});

	it('is not asked for again in a retry, which has spent a part of it', async () => {
		setCredits(emulator(), 300);
		const workflow = chain(
			rows(3),
			create(parameters({ minimumCredits: 300, parallel: 1 }), { onError: 'stopWorkflow' }),
		);
		emulator().faults.add({ kind: 'status', status: 418, endpoint: 'session', nth: 2 });
		const first = await engine.run(workflow);
		expect(first.status).toBe('error');
		expect(made(await engine.retry(workflow, first))).toHaveLength(3);
	});
});

describe('what a row has used', () => {
	it('is reported exactly where no other turn ran beside it', async () => {
		const result = await run(3, { parallel: 1 });
		expect(made(result).map(({ creditsUsed }) => creditsUsed)).toEqual([100, 100, 100]);
	});

	it('is null where another turn overlapped; the sum is in the hint', async () => {
		// Longer than all prompts need to leave, also one by one.
		emulator().options.turnMs = 1_000;
		const result = await run(3, { parallel: 3 });
		expect(mostStreams(emulator())).toBe(3);
		expect(made(result).map(({ creditsUsed }) => creditsUsed)).toEqual([null, null, null]);
		expect(result.hints(NODE)[0]?.message).toMatch(/About 300 credits used \(approximate/);
	});

	it('is null where the balance cannot be read, and the row continues', async () => {
		emulator().faults.add({ kind: 'status', status: 418, endpoint: 'credits', times: 0 });
		const result = await run(2, { parallel: 1 });
		expect(made(result).map(({ creditsUsed }) => creditsUsed)).toEqual([null, null]);
		expect(result.hints(NODE)[0]?.message).not.toMatch(/credits/);
	});
});
