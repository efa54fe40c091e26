import { NemoVideoError } from '../../../src/api/errors';
import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { isRecord } from '../../../src/api/json';
import { CheckpointStore } from '../../../src/n8n/checkpoints';
import type { ItemCheckpoints } from '../../../src/n8n/itemCheckpoints';

// flatted's types are those of its ES module; what is required here is its CommonJS build.
const { parse, stringify } = require('flatted') as {
	parse(text: string): IDataObject;
	stringify(value: unknown): string;
};

/** A node's context as n8n keeps it for an execution, and in its database between two. */
class Node {
	private static executions = 0;

	constructor(
		private context: IDataObject = {},
		private flow: IDataObject = {},
		private readonly executionId = String(++Node.executions),
	) {}

	/** @param prompt as it was entered */
	memory({ asTool = false, runIndex = 0, prompt = '' } = {}): CheckpointStore {
		const context: Partial<IExecuteFunctions> = {
			getNode: () => ({ parameters: { prompt } }) as unknown as INode,
			getContext: (type) => (type === 'flow' ? this.flow : this.context),
			getExecutionId: () => this.executionId,
		};
		return new CheckpointStore(context as IExecuteFunctions, asTool, runIndex);
	}

	/** What n8n's Retry makes of it. */
	retried(): Node {
		return new Node(parse(stringify(this.context)), parse(stringify(this.flow)));
	}

	/** The next node of the same execution. */
	next(): Node {
		return new Node({}, this.flow, this.executionId);
	}
}

interface Turn {
	phase: string;
	sessionId: string;
}
const isTurn = (value: unknown): value is Turn => isRecord(value) && 'phase' in value;
const turnOf = (item: ItemCheckpoints) => item.checkpoint('turn', isTurn);
const EDIT = { sessionId: '7', prompt: 'make it' };
const FAILURE = new NemoVideoError('credits', 'none left', { outcome: 'refused' });
const FILES = { data: { mimeType: 'video/mp4', data: 'filesystem', id: 'filesystem:1' } };

describe('what was done for an item', () => {
	it('is known when n8n enters the node again', () => {
		const node = new Node();
		node
			.memory()
			.item(0, EDIT)
			.finish({ fields: { text: 'done' }, files: FILES });
		expect(node.memory().item(0, EDIT).finished).toMatchObject({
			fields: { text: 'done' },
			files: FILES,
		});
	});

	it.each([
		['another row', { index: 1 }],
		['another round of a loop', { runIndex: 1 }],
		['another prompt', { prompt: 'another', identity: { ...EDIT, prompt: 'another' } }],
		['another session', { identity: { ...EDIT, sessionId: '8' } }],
	])(
		'says nothing of %s',
		(
			_what,
			{
				index = 0,
				runIndex = 0,
				prompt = '',
				identity = EDIT,
			}: {
				index?: number;
				runIndex?: number;
				prompt?: string;
				identity?: object;
			},
		) => {
			const node = new Node();
			node.memory().item(0, EDIT).finish({ fields: {} });
			expect(node.memory({ runIndex, prompt }).item(index, identity).finished).toBeUndefined();
		},
	);

	it('is known whatever the order of what identifies it', () => {
		const node = new Node();
		node
			.memory()
			.item(0, { a: 1, b: { c: 2, d: 3 } })
			.finish({ fields: {} });
		expect(node.memory().item(0, { b: { d: 3, c: 2 }, a: 1 }).finished).toBeDefined();
	});

	it('is done again where another shape of the result is asked for', () => {
		const node = new Node();
		node.memory().item(0, EDIT, { download: true }).finish({ fields: {} });
		expect(node.memory().item(0, EDIT, { download: false }).finished).toBeUndefined();
		expect(node.memory().item(0, EDIT, { download: true }).finished).toBeDefined();
	});
});

describe("n8n's Retry of an execution", () => {
	it('keeps results and turns in progress, and drops failures', () => {
		const node = new Node();
		const store = node.memory();
		store.item(0, EDIT).finish({ fields: { n: 1 } });
		store.item(1, EDIT).fail(FAILURE);
		turnOf(store.item(2, EDIT)).write({ phase: 'sent', sessionId: '7' });
		expect(store.item(1, EDIT).failure).toMatchObject(FAILURE.toJSON());

		const again = node.retried().memory();
		expect(again.item(0, EDIT).finished).toMatchObject({ fields: { n: 1 } });
		expect(again.item(1, EDIT).failure).toBeUndefined();
		expect(turnOf(again.item(2, EDIT)).read()).toMatchObject({ phase: 'sent' });
	});

	it('drops results with files, which belong to the execution that stored them', () => {
		const node = new Node();
		node.memory().item(0, EDIT).finish({ fields: {}, files: FILES });
		expect(node.retried().memory().item(0, EDIT).finished).toBeUndefined();
	});

	it('remembers its own failures again', () => {
		const node = new Node().retried();
		node.memory().item(0, EDIT).fail(FAILURE);
		expect(node.memory().item(0, EDIT).failed).toBe(true);
	});

	it('remembers a failure of its own for an item that earlier executions knew', () => {
		const node = new Node();
		turnOf(node.memory().item(0, EDIT)).write({ phase: 'sent', sessionId: '7' });
		const again = node.retried();
		again.memory().item(0, EDIT).fail(FAILURE);
		const item = again.memory().item(0, EDIT);
		expect(item.failure).toMatchObject(FAILURE.toJSON());
		expect(turnOf(item).read()).toMatchObject({ phase: 'sent' });
	});

	it('keeps files that belong to the execution itself', () => {
		const node = new Node().retried();
		node.memory().item(0, EDIT).finish({ fields: {}, files: FILES });
		expect(node.memory().item(0, EDIT).finished?.files).toEqual(FILES);
	});

	it('pressed twice knows what the other one has done, and takes none of its files', () => {
		const first = new Node();
		first.memory();
		const [one, two] = [first.retried(), first.retried()];
		const done = one.memory();
		turnOf(done.item(0, EDIT)).write({ phase: 'sent', sessionId: '7' });
		done.item(1, EDIT).finish({ fields: { n: 1 } });
		done.item(2, EDIT).finish({ fields: {}, files: FILES });
		done.item(3, EDIT).fail(FAILURE);
		const again = two.memory();
		expect(turnOf(again.item(0, EDIT)).read()).toMatchObject({ phase: 'sent' });
		expect(again.item(1, EDIT).finished).toMatchObject({ fields: { n: 1 } });
		expect(again.item(2, EDIT).finished).toBeUndefined();
		expect(again.item(3, EDIT).failed).toBe(false);
		expect(one.memory().item(3, EDIT).failed).toBe(true);
		expect(one.memory().item(2, EDIT).finished?.files).toEqual(FILES);
	});

	it('pressed twice knows it of nodes too that the failed execution never came to', () => {
		const first = new Node();
		first.memory();
		const [one, two] = [first.retried(), first.retried()];
		for (const retry of [one, two]) retry.memory();
		one
			.next()
			.memory()
			.item(0, EDIT)
			.finish({ fields: { n: 1 } });
		expect(two.next().memory().item(0, EDIT).finished).toMatchObject({ fields: { n: 1 } });
		expect(new Node().next().memory().item(0, EDIT).finished).toBeUndefined();
	});

	it('is not misled by a context that holds something else', () => {
		const odd = [
			'text',
			[1],
			{ a: 1 },
			{ a: { slots: 7 } },
			{ a: { slots: {} }, b: { slots: null } },
			{ a: { slots: {} }, b: null },
			null,
		];
		for (const nemoVideo of odd) {
			const store = new Node({ nemoVideo: nemoVideo as never }).memory();
			expect(store.item(0, EDIT).finished).toBeUndefined();
			store.item(0, EDIT).finish({ fields: {} });
			expect(store.item(0, EDIT).finished).toBeDefined();
		}
	});
});

describe('a tool of an agent', () => {
	it('knows its work in a retry, which n8n gives another run index', () => {
		const node = new Node();
		turnOf(node.memory({ asTool: true }).item(0, EDIT)).write({ phase: 'sent', sessionId: '7' });
		const retried = node.memory({ asTool: true, runIndex: 1 });
		expect(turnOf(retried.item(0, EDIT)).read()).toMatchObject({ phase: 'sent' });
	});

	it('asked for the same edit after the first was delivered does it again', () => {
		const node = new Node();
		const store = node.memory({ asTool: true });
		const item = store.item(0, EDIT);
		item.finish({ fields: {} });
		store.delivered([item]);
		expect(node.memory({ asTool: true }).item(0, EDIT).finished).toBeUndefined();
	});

	it('keeps what it has begun where its answer is a failure', () => {
		const node = new Node();
		const store = node.memory({ asTool: true });
		const [done, failed] = [store.item(0, EDIT), store.item(1, { prompt: 'other' })];
		for (const item of [done, failed]) turnOf(item).write({ phase: 'sent', sessionId: '7' });
		failed.fail(FAILURE);
		store.delivered([done, failed]);
		const again = node.memory({ asTool: true });
		expect(turnOf(again.item(0, EDIT)).read()).toBeUndefined();
		expect(turnOf(again.item(0, { prompt: 'other' })).read()).toBeDefined();
	});

	it('is no other row because it comes in another place', () => {
		const node = new Node();
		node.memory({ asTool: true }).item(0, EDIT).finish({ fields: {} });
		expect(node.memory({ asTool: true }).item(3, EDIT).finished).toBeDefined();
		expect(node.memory().item(0, EDIT).finished).toBeUndefined();
	});

	it('outside an agent nothing is forgotten when it is delivered', () => {
		const store = new Node().memory();
		const item = store.item(0, EDIT);
		item.finish({ fields: {} });
		store.delivered([item]);
		expect(store.item(0, EDIT).finished).toBeDefined();
	});
});

describe('what concerns a run as a whole', () => {
	const spent = (store: CheckpointStore) => store.run().checkpoint('budget', isRecord);

	it('is known when n8n enters the node again, and in no other round of a loop', () => {
		const node = new Node();
		spent(node.memory()).write({ spent: 100 });
		expect(spent(node.memory()).read()).toEqual({ spent: 100 });
		expect(spent(node.memory({ runIndex: 1 })).read()).toBeUndefined();
		expect(node.memory().item(0, 'run').checkpoint('budget', isRecord).read()).toBeUndefined();
	});

	it('is forgotten between the calls of a tool, which have nothing to do with one another', () => {
		const node = new Node();
		spent(node.memory({ asTool: true })).write({ spent: 100 });
		expect(spent(node.memory({ asTool: true })).read()).toBeUndefined();
	});
});

describe('a slot', () => {
	it('forgets what it is told to, and nothing beside it', () => {
		const item = new Node().memory().item(0, EDIT);
		turnOf(item).clear();
		turnOf(item).write({ phase: 'sent', sessionId: '7' });
		item.checkpoint('upload', isRecord).write({ phase: 'done' });
		turnOf(item).clear();
		expect(turnOf(item).read()).toBeUndefined();
		expect(item.checkpoint('upload', isRecord).read()).toEqual({ phase: 'done' });
	});

	it('lies in the context of the node, where n8n keeps it', () => {
		const [context, flow]: IDataObject[] = [{}, {}];
		const node = () => new Node(context, flow, 'the same');
		turnOf(node().memory().item(0, EDIT)).write({ phase: 'sent', sessionId: '7' });
		expect(Object.keys(context ?? {})).toEqual(['nemoVideo', 'nemoVideoOwn']);
		expect(turnOf(node().memory().item(0, EDIT)).read()).toBeDefined();
	});

	it('gives back only what it knows to read', () => {
		const item = new Node().memory().item(0, EDIT);
		item.checkpoint('turn', isRecord).write({ odd: true });
		expect(turnOf(item).read()).toBeUndefined();
		item.checkpoint('turn', isRecord).clear();
		expect(item.checkpoint('turn', isRecord).read()).toBeUndefined();
	});
});
