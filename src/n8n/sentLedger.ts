import type { IExecuteFunctions } from 'n8n-workflow';
import type { SentLedger } from '../api/client';
import { isRecord } from '../api/json';
import { executionFacts } from './executionFacts';

/** Where the ledger lies in the execution's context: the tickets, and what has no known end. */
const SENT_KEY = 'nemoVideoSent';
const OVERTAKEN_KEY = 'nemoVideoOvertaken';
const OPEN_KEY = 'nemoVideoOpen';
const UPLOADS_KEY = 'nemoVideoOpenUploads';
/** Sessions that are kept; more than this no execution works in side by side. */
const MAX_SESSIONS = 5_000;

/**
 * What an execution has sent to each session last. It lies in the context that all nodes of an
 * execution share and that n8n saves with it: so a retry knows of everything that went to its
 * session since, whichever node sent it.
 */
export function sentLedgerOf(context: IExecuteFunctions): SentLedger {
	const { flowContext: store } = executionFacts(context);
	const sent = tableIn(store, SENT_KEY);
	const overtaken = tableIn(store, OVERTAKEN_KEY);
	const open = tableIn(store, OPEN_KEY);
	const uploads = tableIn(store, UPLOADS_KEY);
	return {
		last(sessionId) {
			const ticket = sent[sessionId];
			return typeof ticket === 'string' ? ticket : undefined;
		},
		note(sessionId, ticket) {
			delete open[sessionId];
			put(sent, sessionId, ticket);
		},
		isOvertaken: (sessionId, ticket) => overtaken[sessionId] === ticket,
		noteOvertaken: (sessionId, ticket) => put(overtaken, sessionId, ticket),
		open: (sessionId) => open[sessionId],
		leaveOpen(sessionId, turn) {
			if (turn === undefined) delete open[sessionId];
			else put(open, sessionId, turn);
		},
		openUploads: (sessionId) => uploads[sessionId],
		leaveUploads(sessionId, left) {
			if (left.length === 0) delete uploads[sessionId];
			else put(uploads, sessionId, left);
		},
	};
}

type Table = Record<string, unknown>;

/** What is put in stands last; the first are the oldest. */
function put(table: Table, key: string, value: unknown): void {
	delete table[key];
	table[key] = value;
	const keys = Object.keys(table);
	for (const old of keys.slice(0, Math.max(0, keys.length - MAX_SESSIONS))) delete table[old];
}

function tableIn(store: Table, key: string): Table {
	const known = store[key];
	if (isRecord(known)) return known;
	const made: Table = {};
	store[key] = made;
	return made;
}
