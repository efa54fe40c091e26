import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NemoVideoError } from '../../../src/api/errors';
import type { ItemOutput, ItemRun, ItemWork } from '../../../src/n8n/itemWork';
import { runItems } from '../../../src/n8n/runItems';
import { FakeN8n } from '../support/n8nContext.cts';
import { over } from '../support/over.cts';

interface Settings {
	prompt: string;
	lane?: string;
	sessionId?: string;
}

let n8n: FakeN8n;
/** Prompts in the order in which work on them began and ended. */
let begun: string[];
let ended: string[];
let most: number;
let gates: Map<string, () => void>;

beforeEach(() => {
	n8n = new FakeN8n();
	begun = [];
	ended = [];
	most = 0;
	gates = new Map();
});

const rows = (...prompts: string[]): void => {
	n8n.items = prompts.map((prompt) => ({ json: { prompt } }));
	n8n.parameters.prompt = (index: number) => prompts[index];
};

/** Work that gives its prompt back as text. */
const echo = (more: Partial<ItemWork<Settings>> = {}): ItemWork<Settings> => ({
	read: (parameters) => ({ prompt: parameters.text('prompt', 'Prompt') }),
	run: async ({ prompt }) => await Promise.resolve({ fields: { text: prompt } }),
	...more,
});
/** Work that does something else with an item. */
const doing = (
	run: (settings: Settings, item: ItemRun) => Promise<ItemOutput>,
	more: Partial<ItemWork<Settings>> = {},
): ItemWork<Settings> =>
	echo({
		run: async (settings, item) => {
			begun.push(settings.prompt);
			most = Math.max(most, begun.length - ended.length);
			try {
				return await run(settings, item);
			} finally {
				ended.push(settings.prompt);
			}
		},
		...more,
	});
/** Work that ends when the test opens its gate. */
const gated = (more: Partial<ItemWork<Settings>> = {}): ItemWork<Settings> =>
	doing(async ({ prompt }) => {
		await new Promise<void>((resolve) => gates.set(prompt, resolve));
		return { fields: { text: prompt } };
	}, more);
const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const open = async (...prompts: string[]): Promise<void> => {
	for (const prompt of prompts) gates.get(prompt)?.();
	await settled();
};
const execute = async (work: ItemWork<Settings>): Promise<INodeExecutionData[]> => {
	const [outputs, ...more] = await over(runItems(n8n.context, work));
	expect(more).toEqual([]);
	return outputs ?? [];
};
const texts = (outputs: INodeExecutionData[]): unknown[] => outputs.map(({ json }) => json.text);
const failing = (...kinds: Array<Readonly<ConstructorParameters<typeof NemoVideoError>>>) =>
	doing(async ({ prompt }) => {
		const kind = kinds[begun.length - 1];
		if (kind) throw new NemoVideoError(...kind);
		return await Promise.resolve({ fields: { text: prompt } });
	});

interface Thrown {
	message: string;
	description: string;
	context: IDataObject;
}
const thrownBy = async (work: ItemWork<Settings>, isStreamed = false): Promise<Thrown> => {
	n8n.isStreamed = isStreamed;
	return await execute(work).then(
		() => {
			throw new Error('It did not fail');
		},
		(error: Thrown) => error,
	);
};

describe('the items of a node', () => {
	it('come out in the order they went in, each paired with its own, however long each takes', async () => {
		rows('a', 'b', 'c');
		const work = execute(gated());
		await settled();
		await open('c');
		await open('b', 'a');
		const outputs = await work;
		expect(ended).toEqual(['c', 'b', 'a']);
		expect(outputs).toEqual([
			{ json: { text: 'a' }, pairedItem: { item: 0 } },
			{ json: { text: 'b' }, pairedItem: { item: 1 } },
			{ json: { text: 'c' }, pairedItem: { item: 2 } },
		]);
	});

	it('are none where there were none, whatever the parameters', async () => {
		n8n.items = [];
		n8n.parameters['options.parallel'] = 'many';
		expect(await execute(echo())).toEqual([]);
	});

	it('are handed to the work with their index, the account and a memory each', async () => {
		rows('a', 'b');
		const seen: ItemRun[] = [];
		await execute(
			doing(async (_settings, item) => {
				seen.push(item);
				return await Promise.resolve({ fields: {} });
			}),
		);
		expect(seen.map(({ itemIndex }) => itemIndex)).toEqual([0, 1]);
		expect(seen[0]?.checkpoints).not.toBe(seen[1]?.checkpoints);
		expect(seen[0]?.runCheckpoints).toBe(seen[1]?.runCheckpoints);
		expect(seen[0]?.client).toBe(seen[1]?.client);
		expect(seen[0]?.context).toBe(n8n.context);
		expect(await seen[0]?.client.account()).toMatchObject({ trial: false });
	});

	it('carry their input along where that is asked for, files too', async () => {
		const photo = { mimeType: 'image/png', data: '' };
		const film = { mimeType: 'video/mp4', data: '' };
		n8n.items = [{ json: { row: 7, text: 'old' }, binary: { photo } }];
		n8n.parameters['options.includeInputFields'] = true;
		const work = echo({ run: async () => ({ fields: { text: 'new' }, files: { film } }) });
		expect(await execute(work)).toEqual([
			{
				json: { row: 7, text: 'new' },
				binary: { photo, film },
				pairedItem: { item: 0 },
			},
		]);
		n8n.parameters['options.includeInputFields'] = false;
		n8n.runIndex = 1;
		expect(await execute(work)).toEqual([
			{ json: { text: 'new' }, binary: { film }, pairedItem: { item: 0 } },
		]);
	});

	it('have no files where there are none', async () => {
		n8n.parameters['options.includeInputFields'] = true;
		const [output] = await execute(echo());
		expect(output).not.toHaveProperty('binary');
	});

	it('end their stream of words, also where they fail', async () => {
		rows('a');
		n8n.goesOn = true;
		const work = doing(async (_settings, { progress }) => {
			progress.text('Working');
			throw await Promise.resolve(new NemoVideoError('network', 'broke'));
		});
		await execute(work);
		expect(n8n.chunks).toEqual([
			['begin', 0],
			['item', 0, 'Working'],
			['end', 0],
		]);
	});
});

describe('before anything is sent', () => {
	const picky = () =>
		doing(async ({ prompt }) => await Promise.resolve({ fields: { text: prompt } }), {
			read: (parameters) => ({
				prompt: parameters.requiredText('prompt', 'Prompt', 'Say something.'),
			}),
		});

	it('all items are checked: a bad one stops the node with nothing spent', async () => {
		rows('a', '', 'c');
		const error = await thrownBy(picky());
		expect(error.message).toBe("'Prompt' is empty");
		expect(error.context).toMatchObject({ itemIndex: 1, kind: 'input' });
		expect(error.description).toMatch(/Say something\. None of the 3 items was finished/);
		expect(begun).toEqual([]);
	});

	it('the IDs of a failure are named as such', async () => {
		rows('a');
		const handles = { sessionId: '7', renderId: 'r' };
		const failing = doing(
			async () => await Promise.reject(new NemoVideoError('network', 'Lost', { handles })),
		);
		expect((await thrownBy(failing)).description).toMatch(/^Session ID: 7\. Render ID: r\./);
		// n8n shows it in the chat.
		expect((await thrownBy(failing, true)).description).toBe('(NV-3003)');
	});

	it('a bad one fails alone where the node continues', async () => {
		rows('a', '', 'c');
		n8n.goesOn = true;
		const outputs = await execute(picky());
		expect(texts(outputs)).toEqual(['a', undefined, 'c']);
		expect(outputs[1]).toMatchObject({
			json: { error: { kind: 'input', message: "'Prompt' is empty" } },
			pairedItem: { item: 1 },
		});
	});

	it('the first bad one is the one that is told of', async () => {
		rows('a', '', '');
		expect((await thrownBy(picky())).context.itemIndex).toBe(1);
	});

	it.each([0, 51, 2.5, 'many'])("'Parallel' of %p is refused for all items", async (parallel) => {
		rows('a', 'b');
		n8n.parameters['options.parallel'] = parallel;
		expect((await thrownBy(echo())).message).toMatch(/'Parallel'/);
		n8n.goesOn = true;
		const outputs = await execute(echo());
		expect(outputs).toHaveLength(2);
		for (const { json } of outputs) expect(json).toMatchObject({ error: { kind: 'input' } });
	});
});

describe('work side by side', () => {
	const eleven = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];
	const openAll = async (): Promise<void> => {
		for (const prompt of eleven) {
			await settled();
			await open(prompt);
		}
	};

	it.each([
		[undefined, 3],
		[1, 1],
		[10, 10],
		['2', 2],
	])(
		"of 'Parallel' %p continues with at most %i items at the same time",
		async (parallel, expected) => {
			rows(...eleven);
			n8n.parameters['options.parallel'] = parallel;
			const work = execute(gated());
			await openAll();
			expect(texts(await work)).toEqual(eleven);
			expect(most).toBe(expected);
		},
	);

	it('keeps the items of one session in their order, one after another', async () => {
		rows('a1', 'b1', 'a2', 'b2');
		const work = execute(gated({ groupBy: ({ prompt }) => prompt.charAt(0) }));
		await settled();
		expect(begun).toEqual(['a1', 'b1']);
		await open('a1');
		expect(begun).toEqual(['a1', 'b1', 'a2']);
		await open('b1', 'a2');
		await open('b2');
		expect(texts(await work)).toEqual(['a1', 'b1', 'a2', 'b2']);
	});

	it('does not wait where items belong to no session', async () => {
		rows('a', 'b');
		const work = execute(gated({ groupBy: () => undefined }));
		await settled();
		expect(begun).toEqual(['a', 'b']);
		await open('a', 'b');
		await work;
	});
});

describe('a failure', () => {
	const lost = ['network', 'The connection broke'] as const;

	it('stops the node: what runs is waited for, and nothing more is begun', async () => {
		rows('bad', 'good', 'never');
		n8n.parameters['options.parallel'] = 2;
		const work = thrownBy(
			doing(async ({ prompt }) => {
				await new Promise<void>((resolve) => gates.set(prompt, resolve));
				if (prompt === 'bad') throw new NemoVideoError(...lost);
				return { fields: {} };
			}),
		);
		await settled();
		await open('bad');
		await open('good');
		const error = await work;
		expect(begun).toEqual(['bad', 'good']);
		expect(error.message).toBe('The connection broke');
		expect(error.context).toMatchObject({ itemIndex: 0, kind: 'network', retryable: false });
		expect(error.description).toMatch(/^1 of 3 items was finished; it is remembered/);
	});

	it('is told of the first item that met one', async () => {
		rows('a', 'b');
		const error = await thrownBy(
			doing(async ({ prompt }) => {
				throw await Promise.resolve(new NemoVideoError('network', prompt));
			}),
		);
		expect(error.message).toBe('a');
	});

	it('is an item of its own where the node continues', async () => {
		rows('a', 'b');
		n8n.goesOn = true;
		const outputs = await execute(failing(lost));
		expect(outputs).toMatchObject([
			{
				json: { error: { message: 'The connection broke', retryable: false, safeToRepeat: false } },
			},
			{ json: { text: 'b' } },
		]);
		expect(outputs[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('of an earlier node passes through without any work', async () => {
		const error = { kind: 'credits', message: 'none left' };
		n8n.items = [{ json: { error } }];
		const work = doing(async () => await Promise.resolve({ fields: {} }));
		for (const goesOn of [false, true]) {
			n8n.goesOn = goesOn;
			expect(await execute(work)).toEqual([{ json: { error }, pairedItem: { item: 0 } }]);
		}
		expect(begun).toEqual([]);
	});

	it.each([
		['a row around it', { json: { row: 7, error: { kind: 'credits', message: 'none left' } } }],
		['words alone', { json: { error: 'last time: timeout' } }],
		['a failure of another kind of node', { json: { error: { message: 'none left' } } }],
		['nothing in it', { json: { error: '' } }],
	])('of an earlier node that has %s is work', async (_what, item) => {
		n8n.items = [item];
		n8n.parameters['options.includeInputFields'] = true;
		const [output] = await execute(echo());
		expect(output?.json).toEqual({ ...item.json, error: undefined, text: '' });
		expect(output?.json).not.toHaveProperty('error');
	});

	it('of an earlier node that brings files is work', async () => {
		const error = { kind: 'credits', message: 'none left' };
		const binary = { data: { data: '', mimeType: 'image/png' } };
		n8n.items = [{ json: { error }, binary }];
		expect(await execute(echo())).toMatchObject([{ json: { text: '' } }]);
	});

	it('names the session of its item where the call does not know it', async () => {
		n8n.goesOn = true;
		const sessionOf = async (sessionId: unknown, failure = new NemoVideoError(...lost)) => {
			n8n.runIndex = Number(n8n.runIndex) + 1;
			const [output] = await execute({
				read: () => ({ prompt: '', sessionId }) as Settings,
				run: async () => {
					throw await Promise.resolve(failure);
				},
			});
			return (output?.json.error as IDataObject).sessionId;
		};
		expect(await sessionOf('7')).toBe('7');
		expect(await sessionOf('')).toBeUndefined();
		expect(await sessionOf(7)).toBeUndefined();
		const known = new NemoVideoError('network', 'broke', { handles: { sessionId: '8' } });
		expect(await sessionOf('7', known)).toBe('8');
	});
});

describe('a failure that the account or the input explains', () => {
	const descriptionOf = async (failure: NemoVideoError): Promise<string> => {
		n8n.goesOn = true;
		const [output] = await execute(
			doing(async () => {
				throw await Promise.resolve(failure);
			}),
		);
		const { description } = output?.json.error as IDataObject;
		return String(description).replace(/ ?\(NV-\d{4}\)$/, '');
	};

	it('of used-up credits says where this account is topped up', async () => {
		const description = await descriptionOf(
			new NemoVideoError('credits', 'none left', {
				code: 2001,
				description: 'general words',
				outcome: 'refused',
			}),
		);
		expect(description).toBe(
			'Top up the account at https://nemovideo.com, then try again. general words NemoVideo gave code 2001.',
		);
	});

	it.each([
		['credits', 'credits', undefined],
		['server', 'generate', 2001],
	] as const)('of kind %s at %s with code %p keeps its own words', async (kind, stage, code) => {
		const failure = new NemoVideoError(kind, 'x', { code, stage, description: 'Own words.' });
		expect(await descriptionOf(failure)).toMatch(/^Own words\.(?: NemoVideo gave code 2001\.)?$/);
	});

	it('keeps the general words where the account cannot be read', async () => {
		const failure = new NemoVideoError('credits', 'x', { code: 2001, description: 'General.' });
		const broken = jest.spyOn(n8n.context, 'getCredentials').mockRejectedValue(new Error('gone'));
		expect(await descriptionOf(failure)).toBe('General. NemoVideo gave code 2001.');
		broken.mockRestore();
	});

	it.each([
		['0123456789abcdef0123456789ABCDEF', true],
		['01234567-89ab-cdef-0123-456789abcdef', true],
		['5529798706024415232', false],
		['x0123456789abcdef0123456789abcdef', false],
		['0123456789abcdef0123456789abcdef0', false],
	])('of session %s knows whether it is a chat of n8n: %p', async (sessionId, isChat) => {
		const failure = new NemoVideoError('session', 'gone', {
			handles: { sessionId },
			description: 'Create one.',
		});
		const description = await descriptionOf(failure);
		if (isChat)
			expect(description).toMatch(/^This looks like the ID of an n8n chat.* Create one\.$/);
		else expect(description).toBe('Create one.');
	});

	it.each([
		['5529798706024420000', true],
		['12000', false],
		['5529798706024415232', false],
	])(
		'of session %s knows whether a spreadsheet has rounded it: %p',
		async (sessionId, isRounded) => {
			const failure = new NemoVideoError('session', 'gone', {
				handles: { sessionId },
				description: 'Create one.',
			});
			const description = await descriptionOf(failure);
			if (isRounded) expect(description).toMatch(/ends in zeros.* as text\. Create one\.$/);
			else expect(description).toBe('Create one.');
		},
	);

	it('of a chat says no more where there is no more to say', async () => {
		const handles = { sessionId: '0123456789abcdef0123456789abcdef' };
		const failure = new NemoVideoError('session', 'gone', { handles });
		expect(await descriptionOf(failure)).toMatch(/pass its sessionId on\.$/);
	});

	it('of another kind is not about chats', async () => {
		const handles = { sessionId: '0123456789abcdef0123456789abcdef' };
		expect(await descriptionOf(new NemoVideoError('network', 'x', { handles }))).toBe('');
	});
});
