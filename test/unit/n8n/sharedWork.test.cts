import type { INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../../src/api/json';
import { NemoVideoError } from '../../../src/api/errors';
import { outcomeOf } from '../../../src/api/outcome';
import { cancelledError } from '../../../src/api/stop';
import { runItems } from '../../../src/n8n/runItems';
import { SharedWork } from '../../../src/n8n/sharedWork';
import { FakeN8n } from '../support/n8nContext.cts';
import { over } from '../support/over.cts';

/** Work that ends when the test says how. */
class Call {
	end!: (value: string) => void;
	fail!: (error: unknown) => void;
	isBegun = false;
	hasWaited = false;
	readonly stop = new AbortController();
	readonly result: Promise<string>;

	constructor(shared: SharedWork<string>, shape?: string, key = 'key', executionId = '1') {
		const { signal } = this.stop;
		const onWait = () => (this.hasWaited = true);
		this.result = shared.do(key, { shape, executionId, signal, onWait }, async () => {
			this.isBegun = true;
			return await new Promise<string>((resolve, reject) => {
				this.end = resolve;
				this.fail = reject;
			});
		});
		this.result.catch(() => undefined);
	}
}

let shared: SharedWork<string>;
beforeEach(() => (shared = new SharedWork()));
const turns = async (): Promise<void> => {
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('work that shares a memory', () => {
	it('is done once, and everybody who asked meanwhile gets its result', async () => {
		const [first, ...others] = [new Call(shared), new Call(shared), new Call(shared)] as const;
		await turns();
		expect(others.map(({ isBegun, hasWaited }) => [isBegun, hasWaited])).toEqual([
			[false, true],
			[false, true],
		]);
		first.end('film');
		for (const call of [first, ...others]) await expect(over(call.result)).resolves.toBe('film');
		expect(shared.isInUse('key')).toBe(false);
	});

	it('is begun by the one who is next where the first was stopped or refused, one at a time', async () => {
		const calls = [1, 2, 3, 4].map(() => new Call(shared));
		const [first, second, third, fourth] = calls as [Call, Call, Call, Call];
		first.fail(cancelledError('noAnswer'));
		await turns();
		expect(calls.map(({ isBegun }) => isBegun)).toEqual([true, true, false, false]);
		second.fail(new NemoVideoError('credits', 'none', { outcome: outcomeOf('notSent') }));
		await turns();
		expect(calls.map(({ isBegun }) => isBegun)).toEqual([true, true, true, false]);
		third.end('film');
		await expect(over(third.result)).resolves.toBe('film');
		await expect(over(fourth.result)).resolves.toBe('film');
		expect(fourth.isBegun).toBe(false);
		await expect(second.result).rejects.toMatchObject({ kind: 'credits' });
	});

	it('gives the same failure to all where NemoVideo may have acted', async () => {
		const [first, second] = [new Call(shared), new Call(shared)];
		const lost = new NemoVideoError('stream', 'lost');
		first.fail(lost);
		await expect(over(second.result)).rejects.toBe(lost);
		expect(second.isBegun).toBe(false);
	});

	it('is not waited for any longer once the one who waits is stopped', async () => {
		const [first, second] = [new Call(shared), new Call(shared)];
		second.stop.abort();
		await expect(over(second.result)).rejects.toMatchObject({
			kind: 'cancelled',
			safeToRepeat: true,
		});
		expect(second.isBegun).toBe(false);
		first.end('film');
		await expect(over(first.result)).resolves.toBe('film');
	});

	it('is done again, afterwards, for a result of another shape; other memories go side by side', async () => {
		const [first, second, other] = [
			new Call(shared, 'mp4'),
			new Call(shared, 'link'),
			new Call(shared, 'mp4', 'other'),
		];
		await turns();
		expect([first.isBegun, second.isBegun, other.isBegun]).toEqual([true, false, true]);
		first.end('film');
		await turns();
		expect(second.isBegun).toBe(true);
		second.end('address');
		await expect(over(second.result)).resolves.toBe('address');
	});
});

describe('a tool that is called again while it works', () => {
	it('continues from what the first call remembers where the result has another shape', async () => {
		const n8n = new FakeN8n();
		n8n.nodeType = 'n8n-nodes-nemovideo.nemoVideoCreateVideoTool';
		let sent = 0;
		const call = async (shape: string): Promise<INodeExecutionData[][]> =>
			await runItems(n8n.context, {
				read: () => ({ prompt: 'make it' }),
				outputKey: () => shape,
				run: async (_settings, { checkpoints }) => {
					const checkpoint = checkpoints.checkpoint('turn', isRecord);
					await turns();
					if (!checkpoint.read()) checkpoint.write({ sent: (sent += 1) });
					return { fields: { shape, sent: checkpoint.read()?.sent as number } };
				},
			});
		const both = await over(Promise.all([call('mp4'), call('link')]));
		expect(both.map(([items]) => items?.[0]?.json)).toEqual([
			{ shape: 'mp4', sent: 1 },
			{ shape: 'link', sent: 1 },
		]);
		// What is asked for later is another wish.
		expect((await over(call('mp4')))[0]?.[0]?.json).toMatchObject({ sent: 2 });
	});
});
