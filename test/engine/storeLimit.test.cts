import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { StoreLimit } from '../../src/n8n/files/storeLimit';

const MIB = 1024 * 1024;

/** A node's context in an n8n with the given store, as its helpers name it. */
function contextWith(store: string | undefined, env: Record<string, string> = {}) {
	const helpers = {
		asked: 0,
		async prepareBinaryData(bytes: Buffer): Promise<IBinaryData> {
			helpers.asked += 1;
			const data = store ?? bytes.toString('base64');
			return await Promise.resolve({
				mimeType: 'text/plain',
				data,
				...(store === undefined ? {} : { id: `${store}:1` }),
			});
		},
	};
	const evaluateExpression = (): string => {
		const [value] = Object.values(env);
		if (value === undefined) throw new Error('access to env vars denied');
		return value;
	};
	return { helpers, evaluateExpression } as unknown as IExecuteFunctions & {
		helpers: typeof helpers;
	};
}

const inMemory = (bytes: number): IBinaryData => ({ mimeType: 'video/mp4', data: '', bytes });

describe('a store that streams to disk', () => {
	it.each(['filesystem-v2', 'filesystem'])('takes files of any size (%s)', async (store) => {
		await expect(new StoreLimit(contextWith(store)).check(8192 * MIB)).resolves.toBeUndefined();
	});
});

describe('small files', () => {
	it('do not make the node ask what store there is', async () => {
		const context = contextWith(undefined);
		await new StoreLimit(context).check(32 * MIB);
		expect(context.helpers.asked).toBe(0);
	});
});

describe('a database as the store', () => {
	it('takes 512 MiB and not a byte more', async () => {
		const limit = new StoreLimit(contextWith('database'));
		await expect(limit.check(512 * MIB)).resolves.toBeUndefined();
		await expect(limit.check(512 * MIB + 1)).rejects.toMatchObject({
			kind: 'fileSize',
			message: expect.stringContaining('N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE') as string,
			description: expect.stringContaining('N8N_DEFAULT_BINARY_DATA_MODE=filesystem') as string,
		});
	});

	it('takes what the administrator has set, where expressions may see it', async () => {
		const limit = new StoreLimit(contextWith('database', { size: '1024' }));
		await expect(limit.check(1024 * MIB)).resolves.toBeUndefined();
		await expect(limit.check(1025 * MIB)).rejects.toMatchObject({ kind: 'fileSize' });
	});

	it.each(['', 'undefined', '0'])('takes 512 MiB where the setting is "%s"', async (size) => {
		const limit = new StoreLimit(contextWith('database', { size }));
		await expect(limit.check(513 * MIB)).rejects.toMatchObject({ kind: 'fileSize' });
	});
});

describe('object storage, which n8n fills from memory', () => {
	it.each(['s3', 'azure'])('takes a gibibyte (%s)', async (store) => {
		const limit = new StoreLimit(contextWith(store));
		await expect(limit.check(1024 * MIB)).resolves.toBeUndefined();
		await expect(limit.check(1025 * MIB)).rejects.toMatchObject({ kind: 'fileSize' });
	});
});

describe('memory as the store', () => {
	it('takes 256 MiB in one run, all of its videos together', async () => {
		const context = contextWith(undefined);
		const first = new StoreLimit(context);
		await first.check(200 * MIB);
		first.stored(inMemory(200 * MIB));
		const second = new StoreLimit(context);
		await expect(second.check(56 * MIB)).resolves.toBeUndefined();
		await expect(second.check(57 * MIB)).rejects.toMatchObject({
			kind: 'fileSize',
			message: expect.stringMatching(/57 MB.*256 MB.*200 MB/) as string,
		});
	});

	it('counts videos that are still on their way', async () => {
		const context = contextWith(undefined);
		const [first, second] = [new StoreLimit(context), new StoreLimit(context)];
		await first.check(150 * MIB);
		await expect(second.check(150 * MIB)).rejects.toMatchObject({ kind: 'fileSize' });
		first.release();
		await expect(second.check(150 * MIB)).resolves.toBeUndefined();
	});

	it('counts small files, too', async () => {
		const context = contextWith(undefined);
		for (let count = 0; count < 8; count++) new StoreLimit(context).stored(inMemory(30 * MIB));
		await expect(new StoreLimit(context).check(33 * MIB)).rejects.toMatchObject({
			kind: 'fileSize',
		});
	});

	it('asks what store there is once a run', async () => {
		const context = contextWith(undefined);
		for (let count = 0; count < 3; count++) await new StoreLimit(context).check(40 * MIB);
		expect(context.helpers.asked).toBe(1);
	});
});
