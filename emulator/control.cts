import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from './backend.cts';
import type { Fault } from './faults.cts';
import { CONTROL_PREFIX } from './requestPipeline.cts';
import { EVENT_TYPES, type EmulatorEvent } from './eventBus.cts';
import { changeOptions, type TokenOptions } from './options.cts';

type Json = Record<string, unknown>;

function body(request: FastifyRequest): Json {
	const given: unknown = request.body;
	return typeof given === 'object' && given !== null ? { ...given } : {};
}

function queryOf(request: FastifyRequest): Record<string, string> {
	const pairs = Object.entries(Object(request.query)).map(([key, value]) => [key, String(value)]);
	return Object.fromEntries(pairs);
}

/** The same powers over HTTP, for tests in another process; see README.md for the list. */
export function registerControl(app: FastifyInstance, backend: Backend): void {
	const at = (path: string): string => `${CONTROL_PREFIX}${path}`;
	app.get(at('/ledger'), async () => ({
		summary: backend.ledger.summary(),
		prompts: backend.ledger.prompts,
		renders: backend.ledger.renders,
		mints: backend.ledger.mints,
		uploads: backend.ledger.uploads,
		sessions: backend.ledger.sessions,
		withoutAttribution: backend.ledger.withoutAttribution,
	}));
	app.get(at('/requests'), async (request) => {
		const since = Number(queryOf(request).since ?? 0);
		return backend.requests.all().filter((entry) => entry.seq > since);
	});
	app.get(at('/sockets'), async () => ({
		open: backend.requests.sockets().length,
		busy: backend.requests.sockets().filter((entry) => entry.busy > 0).length,
		sockets: backend.requests.sockets(),
	}));
	app.get(at('/streams'), async () => ({
		...backend.turns.streams,
		sessions: Object.fromEntries(
			backend.sessions.all().map((session) => [session.id, session.streams]),
		),
	}));
	app.get(at('/events'), async (request) =>
		backend.hub.all(undefined, Number(queryOf(request).since ?? 0)),
	);
	app.get(at('/options'), async () => backend.options);
	app.post(at('/options'), async (request) => {
		changeOptions(backend.options, body(request));
		if ('tokens' in body(request)) backend.tokens.addAll();
		return backend.options;
	});
	app.get(at('/faults'), async () =>
		backend.faults
			.list()
			.map(({ id, fault, hits }) => ({ id, hits, ...fault, path: String(fault.path ?? '*') })),
	);
	app.post(at('/faults'), async (request) => {
		const given: unknown = request.body;
		const list = Array.isArray(given) ? given : [given];
		return { ids: list.map((fault) => backend.faults.add(fault as Fault)) };
	});
	app.delete(at('/faults'), async () => {
		backend.faults.clear();
		return { ok: true };
	});
	app.post(at('/tokens'), async (request) => {
		const { token, ...settings } = body(request);
		const made = backend.tokens.add(
			typeof token === 'string' ? token : backend.ids.token(),
			settings as TokenOptions,
		);
		return { token: made.token, userId: made.account.userId, available: made.account.available };
	});
	app.get(at('/tokens'), async () =>
		backend.tokens.all().map(({ token, account, scopes, expiresAt }) => ({
			token,
			account,
			scopes,
			expiresAt: Number.isFinite(expiresAt) ? expiresAt : null,
		})),
	);
	app.post(at('/expire'), async (request) => {
		const { token, session, render } = body(request);
		if (typeof session === 'string') return { ok: backend.sessions.forget(session) };
		if (typeof render === 'string') backend.renders.expire(render);
		else backend.tokens.expire(typeof token === 'string' ? token : undefined);
		return { ok: true };
	});
	app.get(at('/renders/:id/sha256'), async (request, reply) => {
		const { id } = request.params as { id: string };
		const sha256 = await backend.renders.sha256(id);
		return await (sha256 === undefined
			? reply.code(404).send({ detail: 'Not Found' })
			: { sha256 });
	});
	app.get(at('/wait'), async (request, reply) => {
		const { event = '', since = '0', nth = '1', timeoutMs = '10000', ...wanted } = queryOf(request);
		if (!EVENT_TYPES.some((type) => type === event)) {
			return await reply.code(400).send({ detail: `No such event: ${event}`, events: EVENT_TYPES });
		}
		const match = (seen: EmulatorEvent): boolean =>
			seen.type === event &&
			Object.entries(wanted).every(([key, value]) => String(seen[key]) === value);
		try {
			return await backend.hub.waitFor(match, {
				since: Number(since),
				nth: Number(nth),
				timeoutMs: Number(timeoutMs),
			});
		} catch {
			return await reply.code(408).send({ detail: `No ${event} within ${timeoutMs} ms` });
		}
	});
	// Reachable on the second origin while the first one refuses.
	app.post(at('/refuse'), async () => {
		await backend.refuse();
		return { ok: true };
	});
	app.post(at('/listen'), async () => {
		await backend.listen();
		return { ok: true };
	});
	app.post(at('/reset'), async () => {
		backend.reset();
		return { ok: true };
	});
}
