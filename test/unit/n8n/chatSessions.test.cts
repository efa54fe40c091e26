import { Workflow, type IDataObject, type IExecuteFunctions, type INodeTypes } from 'n8n-workflow';
import { namedSession, sessionOfChat } from '../../../src/n8n/chatSessions';

const DAY = 24 * 60 * 60 * 1000;

const nodeTypes: INodeTypes = {
	getByName: () => {
		throw new Error('No versioned nodes here');
	},
	getByNameAndVersion: () => ({
		description: {
			displayName: 'NemoVideo Assistant',
			name: 'nemoVideoAssistant',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
	}),
	getKnownTypes: () => ({}),
};

/** Another workflow for each test: the process map outlives them. */
let workflows = 0;
let made = 0;
const create = async (): Promise<string> => `session ${++made}`;

interface Where {
	workflowId?: string;
	credential?: string;
	staticData?: IDataObject;
}

/** One execution of a workflow with an Assistant in it, as far as sessions of chats need it. */
function execution({ workflowId = `w${workflows}`, credential = 'c1', staticData }: Where = {}) {
	const node = {
		id: 'n1',
		name: 'Assistant',
		type: 'test.assistant',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
		credentials: { nemoVideoApi: { id: credential, name: 'NemoVideo' } },
	};
	const workflow = new Workflow({
		id: workflowId,
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
		staticData: structuredClone(staticData),
	});
	const context = {
		getNode: () => node,
		getWorkflow: () => ({ id: workflowId, name: '', active: true }),
		getWorkflowStaticData: (type: string) => workflow.getStaticData(type, node),
	} as unknown as IExecuteFunctions;
	return {
		session: async (chatId: string) => await sessionOfChat(context, chatId).get(create),
		chat: (chatId: string) => sessionOfChat(context, chatId),
		/** What n8n would store when the execution ends. */
		saved: (): IDataObject => JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject,
		isToBeSaved: () => workflow.staticData.__dataChanged === true,
		chats: () =>
			Object.keys((workflow.getStaticData('node', node).nemoVideoChats ?? {}) as IDataObject),
	};
}

beforeEach(() => {
	workflows += 1;
	made = 0;
	jest.useFakeTimers({ now: 1_700_000_000_000 });
});
afterEach(() => jest.useRealTimers());

describe('a chat', () => {
	it('keeps its session over executions that n8n does not save', async () => {
		expect(await execution().session('chat')).toBe('session 1');
		expect(await execution().session('chat')).toBe('session 1');
	});

	it('keeps its session in the static data, where another process finds it', async () => {
		const first = execution();
		await first.session('chat');
		expect(first.isToBeSaved()).toBe(true);
		// Another workflow id stands for a process that has never heard of the chat.
		const elsewhere = execution({ workflowId: 'restarted', staticData: first.saved() });
		expect(await elsewhere.session('chat')).toBe('session 1');
		expect(elsewhere.isToBeSaved()).toBe(true);
	});

	it('shares its session with no other chat, workflow or account', async () => {
		const ids = [
			await execution().session('chat'),
			await execution().session('other chat'),
			await execution({ credential: 'c2' }).session('chat'),
			await execution({ workflowId: 'another' }).session('chat'),
		];
		expect(new Set(ids).size).toBe(4);
	});

	it('cannot name its way into another chat', async () => {
		const chats = ['a', ' a', 'a:b', '__proto__', 'constructor', 'c1:a', '"]a'];
		const ids: string[] = [];
		for (const chat of chats) ids.push(await execution().session(chat));
		expect(new Set(ids).size).toBe(chats.length);
	});

	it('of two messages at once gets one session', async () => {
		const both = [execution().session('chat'), execution().session('chat')];
		expect(await Promise.all(both)).toEqual(['session 1', 'session 1']);
	});

	it('whose session could not be made gets one at the next try', async () => {
		const failing = execution().chat('chat');
		await expect(failing.get(async () => await Promise.reject(new Error('no')))).rejects.toThrow();
		expect(await execution().session('chat')).toBe('session 1');
	});

	it('without an ID is kept for the one item only', async () => {
		const item = execution().chat('');
		expect(await item.get(create)).toBe('session 1');
		expect(await item.get(create)).toBe('session 1');
		expect(await execution().session('')).toBe('session 2');
	});
});

describe('a session that NemoVideo has forgotten', () => {
	it('is made again for its chat alone', async () => {
		await execution().session('other');
		await execution().session('chat');
		expect(execution().chat('chat').forget('session 2')).toBe(true);
		expect(await execution().session('chat')).toBe('session 3');
		expect(await execution().session('other')).toBe('session 1');
	});

	it('does not come back from static data that an older execution has read', async () => {
		const first = execution();
		await first.session('chat');
		const older = execution({ staticData: first.saved() });
		jest.advanceTimersByTime(1_000);
		const newer = execution({ staticData: first.saved() });
		newer.chat('chat').forget('session 1');
		expect(await newer.session('chat')).toBe('session 2');
		expect(older.chat('chat').forget('session 1')).toBe(true);
		expect(await older.session('chat')).toBe('session 2');
	});

	it('is not replaced where the user named it', async () => {
		expect(namedSession('7').forget('7')).toBe(false);
		expect(await namedSession('7').get(create)).toBe('7');
	});
});

describe('chats of executions that end together', () => {
	it('are all in the static data again after the next message', async () => {
		const [one, other] = [execution(), execution()];
		await one.session('one');
		await other.session('other');
		// n8n keeps the last writing as a whole.
		const next = execution({ staticData: other.saved() });
		await next.session('third');
		expect(next.chats().sort()).toEqual(['c1:one', 'c1:other', 'c1:third']);
	});
});

describe('old chats', () => {
	it('are dropped after seven days without a message', async () => {
		const first = execution();
		await first.session('chat');
		jest.advanceTimersByTime(6 * DAY);
		const second = execution({ staticData: first.saved() });
		expect(await second.session('chat')).toBe('session 1');
		jest.advanceTimersByTime(7 * DAY);
		const third = execution({ staticData: second.saved() });
		expect(third.chat('chat').known()).toBeUndefined();
		await third.session('another');
		expect(third.chats()).toEqual(['c1:another']);
		expect(await third.session('chat')).toBe('session 3');
	});

	it('beyond 500 are dropped, those used longest ago first', async () => {
		const run = execution();
		for (let chat = 1; chat <= 501; chat++) {
			jest.advanceTimersByTime(1);
			await run.session(`chat ${chat}`);
			if (chat === 300) await run.session('chat 1');
		}
		expect(run.chats()).toHaveLength(500);
		expect(run.chats()).toContain('c1:chat 1');
		expect(run.chats()).not.toContain('c1:chat 2');
		expect(await run.session('chat 2')).toBe('session 502');
	});
});

it('static data that somebody has broken is no obstacle', async () => {
	for (const nemoVideoChats of ['text', 7, null, [], { 'c1:chat': 'x' }, { 'c1:chat': {} }]) {
		workflows += 1;
		const broken = execution({ staticData: { 'node:Assistant': { nemoVideoChats } } });
		expect(await broken.session('chat')).toMatch(/^session/);
		expect(broken.chats()).toContain('c1:chat');
	}
});
