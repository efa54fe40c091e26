import type { INodeExecutionData } from 'n8n-workflow';
import { NemoVideoError, type FailureKind } from '../../../src/api/errors';
import type { ItemOutput, ItemWork } from '../../../src/n8n/itemWork';
import { runItems } from '../../../src/n8n/runItems';
import { FakeN8n } from '../support/n8nContext.cts';
import { over } from '../support/over.cts';

interface Settings {
	prompt: string;
	fileName?: string;
}

let n8n: FakeN8n;
let settings: Settings;
let runs: number;
let result: () => ItemOutput;

beforeEach(() => {
	n8n = new FakeN8n();
	settings = { prompt: 'make it' };
	runs = 0;
	result = () => ({ fields: { run: runs } });
});

async function execute(more: Partial<ItemWork<Settings>> = {}): Promise<INodeExecutionData[]> {
	const work = runItems(n8n.context, {
		read: () => settings,
		run: async () => {
			runs += 1;
			return await Promise.resolve(result());
		},
		...more,
	});
	const [outputs] = await over(work);
	return outputs ?? [];
}
const fails = (kind: FailureKind) => (): never => {
	throw new NemoVideoError(kind, `failure ${runs}`, { handles: { sessionId: '7' } });
};

describe('a node that n8n enters again', () => {
	it('gives the result it had and does no work', async () => {
		const first = await execute();
		expect(await execute()).toEqual(first);
		expect(runs).toBe(1);
	});

	it('works on what the user has changed in the node', async () => {
		await execute();
		settings = { prompt: 'make it longer' };
		n8n.raw = { prompt: 'make it longer' };
		await execute();
		expect(runs).toBe(2);
	});

	it('works on a row that has changed', async () => {
		await execute();
		settings = { prompt: 'make it longer' };
		n8n.items = [{ json: { prompt: 'make it longer' } }];
		await execute();
		expect(runs).toBe(2);
	});

	it('does not send a prompt again because an expression in it gives the time', async () => {
		n8n.raw = { prompt: '=Made at {{ $now }}' };
		settings = { prompt: 'Made at 9:00' };
		const first = await execute();
		n8n.retry('2');
		settings = { prompt: 'Made at 9:01' };
		expect(await execute()).toEqual(first);
		expect(runs).toBe(1);
	});

	it('goes on with what it sent before an expression gave something else', async () => {
		n8n.raw = { prompt: '=Made at {{ $now }}' };
		const sent: unknown[] = [];
		const isText = (value: unknown): value is string => typeof value === 'string';
		const work: Partial<ItemWork<Settings>> = {
			run: async ({ prompt }, { checkpoints }) => {
				const checkpoint = checkpoints.checkpoint('turn', isText);
				const before = checkpoint.read();
				sent.push(before);
				checkpoint.write(prompt);
				if (!before) throw new NemoVideoError('network', 'lost');
				return await Promise.resolve({ fields: {} });
			},
		};
		settings = { prompt: 'Made at 9:00' };
		await expect(execute(work)).rejects.toThrow('lost');
		settings = { prompt: 'Made at 9:01' };
		await execute(work);
		expect(sent).toEqual([undefined, 'Made at 9:00']);
	});

	it('works again in another round of a loop', async () => {
		await execute();
		n8n.runIndex = 1;
		await execute();
		expect(runs).toBe(2);
		n8n.runIndex = undefined;
		await execute();
		expect(runs).toBe(2);
	});

	it('looks only at what decides what is sent', async () => {
		const cacheKey = ({ prompt }: Settings) => ({ prompt });
		await execute({ cacheKey });
		settings = { ...settings, fileName: 'summer.mp4' };
		await execute({ cacheKey });
		expect(runs).toBe(1);
	});

	it('works again where the result is to have another shape', async () => {
		const more: Partial<ItemWork<Settings>> = {
			cacheKey: ({ prompt }) => ({ prompt }),
			outputKey: ({ fileName }) => ({ fileName }),
		};
		await execute(more);
		await execute(more);
		expect(runs).toBe(1);
		settings = { ...settings, fileName: 'summer.mp4' };
		await execute(more);
		expect(runs).toBe(2);
	});

	it('reads again what is to be read again', async () => {
		await execute({ cacheable: false });
		await execute({ cacheable: false });
		expect(runs).toBe(2);
		await execute({ cacheable: ({ prompt }) => prompt === 'another' });
		expect(runs).toBe(3);
		await execute({ cacheable: () => true });
		await execute({ cacheable: () => true });
		expect(runs).toBe(4);
	});

	it('continues with what was not ready in time', async () => {
		result = () => ({ fields: { timedOut: true } });
		await execute();
		result = () => ({ fields: { timedOut: false } });
		expect(await execute()).toMatchObject([{ json: { timedOut: false } }]);
		await execute();
		expect(runs).toBe(2);
	});
});

describe('a failure that n8n tries again', () => {
	it.each(['network', 'timeout', 'rateLimit', 'server', 'stream', 'cancelled'] as const)(
		'of kind %s gets another try',
		async (kind) => {
			result = fails(kind);
			await expect(execute()).rejects.toThrow();
			await expect(execute()).rejects.toThrow();
			expect(runs).toBe(2);
		},
	);

	it.each(['credits', 'auth', 'input', 'session', 'protocol'] as const)(
		'of kind %s is reported again without another try, because it would only fail again',
		async (kind) => {
			n8n.goesOn = true;
			result = fails(kind);
			const first = await execute();
			expect(await execute()).toEqual(first);
			expect(first).toMatchObject([
				{ json: { error: { kind, message: 'failure 1', sessionId: '7' } } },
			]);
			expect(runs).toBe(1);
		},
	);

	it("gets another try with n8n's Retry of the execution", async () => {
		result = fails('credits');
		await expect(execute()).rejects.toThrow();
		n8n.retry('2');
		await expect(execute()).rejects.toThrow();
		expect(runs).toBe(2);
	});

	it('of what is read again is not remembered', async () => {
		result = fails('credits');
		await expect(execute({ cacheable: false })).rejects.toThrow();
		await expect(execute({ cacheable: false })).rejects.toThrow();
		expect(runs).toBe(2);
	});

	it('leaves the items that were finished as they are', async () => {
		n8n.items = [{ json: {} }, { json: {} }];
		n8n.parameters['options.parallel'] = 1;
		const work: Partial<ItemWork<Settings>> = {
			run: async (_settings, { itemIndex }) => {
				runs += 1;
				if (itemIndex === 1 && runs < 3) throw new NemoVideoError('network', 'broke');
				return await Promise.resolve({ fields: { itemIndex } });
			},
		};
		await expect(execute(work)).rejects.toMatchObject({ context: { itemIndex: 1 } });
		expect(await execute(work)).toMatchObject([
			{ json: { itemIndex: 0 } },
			{ json: { itemIndex: 1 } },
		]);
		expect(runs).toBe(3);
	});
});

describe('Stop', () => {
	it('before the node begins sends nothing', async () => {
		n8n.stop?.abort();
		await expect(execute()).rejects.toMatchObject({
			message: 'The execution was canceled',
			context: { kind: 'cancelled', itemIndex: 0 },
		});
		expect(runs).toBe(0);
	});

	const stopsInFirst: Partial<ItemWork<Settings>> = {
		run: async () => {
			runs += 1;
			n8n.stop?.abort();
			return await Promise.resolve({ fields: { run: runs } });
		},
	};

	it('lets no further item begin', async () => {
		n8n.isStreamed = false;
		n8n.items = [{ json: {} }, { json: {} }, { json: {} }];
		n8n.parameters['options.parallel'] = 1;
		await expect(execute(stopsInFirst)).rejects.toMatchObject({
			message: 'The execution was canceled',
			description: expect.stringContaining('1 of 3 items was finished'),
		});
		expect(runs).toBe(1);
	});

	it('makes failures of the items that were not finished, where failures are items', async () => {
		n8n.items = [{ json: {} }, { json: {} }, { json: { error: { message: 'x', kind: 'input' } } }];
		n8n.parameters['options.parallel'] = 1;
		n8n.goesOn = true;
		const left = {
			message: 'The execution was canceled',
			kind: 'cancelled',
			retryable: false,
			safeToRepeat: true,
		};
		const outputs = [
			{ json: { run: 1 }, pairedItem: { item: 0 } },
			{ json: { error: expect.objectContaining(left) as unknown }, pairedItem: { item: 1 } },
			{ json: { error: { message: 'x', kind: 'input' } }, pairedItem: { item: 2 } },
		];
		expect(await execute(stopsInFirst)).toEqual(outputs);
		// n8n's Retry On Fail enters it again.
		expect(await execute(stopsInFirst)).toEqual(outputs);
		expect(runs).toBe(1);
	});

	it('tells which session a prompt was sent to, and that it is not safe to run the node again', async () => {
		n8n.items = [{ json: {} }, { json: {} }];
		const stopping = execute({
			run: async (_settings, { itemIndex }) => {
				const { stop } = n8n;
				if (itemIndex === 1) stop?.abort();
				else await new Promise((resolve) => stop?.signal.addEventListener('abort', resolve));
				throw new NemoVideoError('cancelled', 'The execution was canceled', {
					handles: { sessionId: '7' },
					outcome: itemIndex === 1 ? 'unknown' : 'refused',
				});
			},
		});
		await expect(stopping).rejects.toMatchObject({
			message: 'The execution was canceled',
			context: { kind: 'cancelled', itemIndex: 1, sessionId: '7', safeToRepeat: false },
		});
	});

	it('loses nothing that was paid: n8n’s Retry continues where it was stopped', async () => {
		n8n.items = [{ json: {} }, { json: {} }, { json: {} }];
		n8n.parameters['options.parallel'] = 1;
		const paid: string[] = [];
		let isStopped = false;
		const work: Partial<ItemWork<Settings>> = {
			run: async (_settings, { itemIndex, checkpoints }) => {
				const isText = (value: unknown): value is string => typeof value === 'string';
				const checkpoint = checkpoints.checkpoint('turn', isText);
				if (!checkpoint.read()) paid.push(`item ${itemIndex}`);
				checkpoint.write('sent');
				if (itemIndex === 1 && !isStopped) {
					isStopped = true;
					n8n.stop?.abort();
					throw new NemoVideoError('cancelled', 'The execution was canceled');
				}
				return await Promise.resolve({ fields: { itemIndex } });
			},
		};
		await expect(execute(work)).rejects.toThrow('canceled');
		n8n.retryStopped('2');
		expect(await execute(work)).toHaveLength(3);
		expect(paid).toEqual(['item 0', 'item 1', 'item 2']);
		// Another run of the workflow is another wish.
		n8n.retryStopped('3');
		n8n.mode = 'trigger';
		await execute(work);
		expect(paid).toHaveLength(6);
	});

	it('cannot come where n8n has no signal for it', async () => {
		n8n.stop = undefined;
		expect(await execute()).toMatchObject([{ json: { run: 1 } }]);
	});
});

describe('a tool of an AI agent', () => {
	beforeEach(() => (n8n.nodeType = 'n8n-nodes-nemovideo.nemoVideoGenerateTool'));

	it('gets what a model reads best, and no files', async () => {
		const film = { mimeType: 'video/mp4', data: '' };
		result = () => ({ fields: { timeline: { summary: 'one track' } }, files: { film } });
		expect(await execute()).toEqual([
			{ json: { timelineSummary: 'one track' }, pairedItem: { item: 0 } },
		]);
	});

	it('gets a failure in one text, and the agent continues', async () => {
		result = fails('network');
		expect(await execute()).toEqual([
			{
				json: {
					error: 'failure 1. In hand: sessionId 7.',
					kind: 'network',
					retryable: false,
					safeToRepeat: false,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('that asks again for what failed gets another try', async () => {
		result = fails('credits');
		await execute();
		result = () => ({ fields: { text: 'done' } });
		expect(await execute()).toMatchObject([{ json: { text: 'done' } }]);
	});

	it('that asks again for what was done has it done again', async () => {
		await execute();
		await execute();
		expect(runs).toBe(2);
	});

	it('reads in the message of Stop what to do', async () => {
		n8n.stop?.abort();
		await expect(execute()).rejects.toMatchObject({
			message: expect.stringContaining('sends nothing more to NemoVideo'),
		});
	});
});
