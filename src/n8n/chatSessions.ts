import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../api/json';
import type { SessionKeeper } from '../flows/assistant';
import { CREDENTIAL_NAME } from './credential';

interface Kept {
	sessionId: string;
	/** Milliseconds since the epoch. */
	usedAt: number;
}

const MOST_CHATS = 500;
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
/** Where the chats lie in the node's static data. */
const STATIC_KEY = 'nemoVideoChats';

/** Behind the static data, which n8n does not save in manual runs. */
const inProcess = new Map<string, Kept>();
const beingMade = new Map<string, Promise<string>>();

/**
 * Keeps one NemoVideo session for each chat: in the node's static data, and in this process.
 *
 * @param chatId the chat's own id; empty: the session is not kept
 */
export function sessionOfChat(context: IExecuteFunctions, chatId: string): SessionKeeper {
	if (chatId === '') return unkept();
	const node = context.getNode();
	const credential = node.credentials?.[CREDENTIAL_NAME]?.id ?? '';
	const key = [context.getWorkflow().id ?? '', node.id, credential, chatId].join(' ');
	// A session belongs to an account: another credential has its own.
	const name = `${credential}:${chatId}`;
	const chats = () => staticChats(context);
	const read = (): string | undefined => {
		const found = readKept(chats()[name]) ?? inProcess.get(key);
		return found && Date.now() - found.usedAt < KEPT_MS ? found.sessionId : undefined;
	};
	const write = (sessionId: string) => {
		const kept = { sessionId, usedAt: Date.now() };
		inProcess.delete(key);
		inProcess.set(key, kept);
		dropOldest(inProcess);
		chats()[name] = { ...kept };
		prune(chats());
	};
	return {
		known: read,
		async get(create) {
			const found = read() ?? (await once(key, create));
			write(found);
			return found;
		},
		forget(sessionId) {
			if (read() !== sessionId) return true;
			inProcess.delete(key);
			delete chats()[name];
			return true;
		},
	};
}

/** The session that the user named himself. */
export function namedSession(sessionId: string): SessionKeeper {
	return { get: async () => sessionId, known: () => sessionId, forget: () => false };
}

/** Lives as long as the item. */
function unkept(): SessionKeeper {
	let made: string | undefined;
	return {
		known: () => made,
		async get(create) {
			made ??= await create();
			return made;
		},
		forget() {
			made = undefined;
			return true;
		},
	};
}

/** Two messages at once make one session. */
async function once(key: string, create: () => Promise<string>): Promise<string> {
	const running = beingMade.get(key) ?? create();
	beingMade.set(key, running);
	return await running.finally(() => {
		if (beingMade.get(key) === running) beingMade.delete(key);
	});
}

function staticChats(context: IExecuteFunctions): IDataObject {
	const store = context.getWorkflowStaticData('node');
	if (!isChats(store[STATIC_KEY])) store[STATIC_KEY] = {};
	const chats = store[STATIC_KEY];
	return isChats(chats) ? chats : {};
}

function isChats(value: unknown): value is IDataObject {
	return isRecord(value);
}

function readKept(value: unknown): Kept | undefined {
	if (!isRecord(value)) return undefined;
	const { sessionId, usedAt } = value;
	return typeof sessionId === 'string' && typeof usedAt === 'number'
		? { sessionId, usedAt }
		: undefined;
}

function prune(chats: IDataObject): void {
	const byAge = Object.entries(chats)
		.map(([name, value]) => ({ name, usedAt: readKept(value)?.usedAt ?? 0 }))
		.sort((one, other) => other.usedAt - one.usedAt);
	byAge.forEach(({ name, usedAt }, index) => {
		if (index >= MOST_CHATS || Date.now() - usedAt >= KEPT_MS) delete chats[name];
	});
}

function dropOldest(chats: Map<string, Kept>): void {
	const oldest = chats.size > MOST_CHATS ? chats.keys().next().value : undefined;
	if (oldest !== undefined) chats.delete(oldest);
}
