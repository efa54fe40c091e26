import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../api/json';
import type { ChatFacts, SessionStore } from '../flows/assistant/chat';
import { CREDENTIAL_NAME } from './connection/credential';
import { staticDataOf } from './executionFacts';
import { steadyNow } from './wait';

interface Kept {
	sessionId: string;
	/** Milliseconds since the epoch. */
	usedAt: number;
	facts?: ChatFacts;
}

const MAX_CHATS = 500;
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
/** Where the chats lie in the node's static data. */
const STATIC_KEY = 'nemoVideoChats';

/** Behind the static data, which n8n does not save in manual runs. */
const inProcess = new Map<string, Kept>();
const beingMade = new Map<string, Promise<string>>();

/**
 * Keeps one NemoVideo session for each chat: in the node's static data, and in this process.
 *
 * n8n saves static data when an execution ends, as a whole: of two executions that end together,
 * one undoes what the other has written. So the process knows best, and each writing brings along
 * what the process knows of the node's other chats.
 *
 * @param chatId the chat's own id; empty: the session is not kept
 */
export function sessionOfChat(context: IExecuteFunctions, chatId: string): SessionStore {
	if (chatId === '') return unkept();
	const node = context.getNode();
	const credential = node.credentials?.[CREDENTIAL_NAME]?.id ?? '';
	const ofNode = JSON.stringify([context.getWorkflow().id ?? '', node.id]);
	// A session belongs to an account: another credential has its own.
	const name = `${credential}:${chatId}`;
	const key = `${ofNode}${name}`;
	const chats = () => staticChats(context);
	const read = (): Kept | undefined => {
		const found = later(readKept(chats()[name]), inProcess.get(key));
		return found && isFresh(found) ? found : undefined;
	};
	// The machine's clock may be set back, and an older use must not look newer.
	const usedNow = (): number => Math.max(steadyNow(), readKept(chats()[name])?.usedAt ?? 0);
	const keep = (kept: Kept): void => {
		inProcess.delete(key);
		inProcess.set(key, kept);
		dropOldest(inProcess);
		copyTo(chats(), ofNode);
		prune(chats());
	};
	return {
		known: () => read()?.sessionId,
		async get(create) {
			const sessionId = read()?.sessionId ?? (await once(key, create));
			keep({ ...read(), sessionId, usedAt: usedNow() });
			return sessionId;
		},
		facts: () => ({ ...read()?.facts }),
		note(facts) {
			const kept = read();
			if (kept) keep({ ...kept, facts: { ...kept.facts, ...facts }, usedAt: usedNow() });
		},
		forget(sessionId) {
			if (read()?.sessionId !== sessionId) return true;
			inProcess.delete(key);
			delete chats()[name];
			return true;
		},
	};
}

/** The session that the user named himself. */
export function namedSession(sessionId: string): SessionStore {
	// Nobody knows what was said in it before.
	let facts: ChatFacts = { isAsked: true };
	return {
		get: async () => sessionId,
		known: () => sessionId,
		forget: () => false,
		facts: () => facts,
		note: (more) => {
			facts = { ...facts, ...more };
		},
	};
}

/** Lives as long as the item. */
function unkept(): SessionStore {
	let made: string | undefined;
	let facts: ChatFacts = {};
	return {
		known: () => made,
		facts: () => facts,
		note: (more) => {
			facts = { ...facts, ...more };
		},
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
	const store = staticDataOf(context);
	if (!isChats(store[STATIC_KEY])) store[STATIC_KEY] = {};
	const chats = store[STATIC_KEY];
	return isChats(chats) ? chats : {};
}

function isChats(value: unknown): value is IDataObject {
	return isRecord(value);
}

/** Writes what the process knows of a node's chats into the node's static data. */
function copyTo(chats: IDataObject, ofNode: string): void {
	for (const [key, kept] of inProcess) {
		if (!key.startsWith(ofNode)) continue;
		const name = key.slice(ofNode.length);
		if (later(readKept(chats[name]), kept) === kept) chats[name] = toStatic(kept);
	}
}

/** The one used last; the second where both were used at once. */
function later(one: Kept | undefined, other: Kept | undefined): Kept | undefined {
	if (one === undefined || other === undefined) return one ?? other;
	return one.usedAt > other.usedAt ? one : other;
}

function isFresh({ usedAt }: Kept): boolean {
	return steadyNow() - usedAt < KEPT_MS;
}

function readKept(value: unknown): Kept | undefined {
	if (!isRecord(value)) return undefined;
	const { sessionId, usedAt } = value;
	if (typeof sessionId !== 'string' || typeof usedAt !== 'number') return undefined;
	const facts = readFacts(value.facts);
	return { sessionId, usedAt, ...(facts ? { facts } : {}) };
}

function readFacts(value: unknown): ChatFacts | undefined {
	if (!isRecord(value)) return undefined;
	const text = (key: string): string | undefined => {
		const found = value[key];
		return typeof found === 'string' ? found : undefined;
	};
	return {
		language: text('language'),
		sessionLanguage: text('sessionLanguage'),
		wish: text('wish'),
		unsent: text('unsent'),
		isAsked: value.isAsked === true,
	};
}

/** As n8n stores it: plain JSON, without what is not there. */
function toStatic({ sessionId, usedAt, facts = {} }: Kept): IDataObject {
	const known = Object.entries(facts).filter(([, value]) => value !== undefined);
	return { sessionId, usedAt, ...(known.length > 0 ? { facts: Object.fromEntries(known) } : {}) };
}

function prune(chats: IDataObject): void {
	const byAge = Object.entries(chats)
		.map(([name, value]) => ({ name, kept: readKept(value) ?? { sessionId: '', usedAt: 0 } }))
		.sort((one, other) => other.kept.usedAt - one.kept.usedAt);
	byAge.forEach(({ name, kept }, index) => {
		if (index >= MAX_CHATS || !isFresh(kept)) delete chats[name];
	});
}

function dropOldest(chats: Map<string, Kept>): void {
	const oldest = chats.size > MAX_CHATS ? chats.keys().next().value : undefined;
	if (oldest !== undefined) chats.delete(oldest);
}
