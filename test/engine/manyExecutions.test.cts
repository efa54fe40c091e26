/** An n8n that runs for months: what an execution leaves in the process is nothing. */
import { setFlagsFromString } from 'node:v8';
import { systemClock } from '../../src/n8n/wait';
import { report } from '../report.cts';
import { ClientSockets } from '../situations/support/clientSockets.cts';
import { film } from '../situations/support/drafts.cts';
import type { Endpoint } from '../situations/support/endpoints.cts';
import { gate } from '../situations/support/gate.cts';
import { megabytesHeld } from '../situations/support/measure.cts';
import {
	createVideo,
	credits,
	exporting,
	generate,
	photo,
	state,
	uploading,
	withWorld,
} from '../situations/support/nodes.cts';
import { whenOpen } from '../situations/support/openFiles.cts';
import type { Session } from '../situations/support/session.cts';
import { liveEntries } from './support/liveEntries.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

// Else V8 drops compiled code between two looks, which hides what grows.
setFlagsFromString('--no-flush-bytecode');

const { world, engine, asked } = withWorld();
const EXECUTIONS = 2_000;
/** Between two looks. In the first, what is kept with a limit fills up. */
const PART = 500;
const SESSIONS = 20;

type OneNode = [NodeSpec, asks: Endpoint];
const NODES: readonly OneNode[] = [
	[credits(), 'credits'],
	[state(), 'state'],
	[uploading(), 'upload'],
	[generate(), 'run'],
	[exporting({ download: false }), 'submit'],
	[credits(), 'credits'],
	[state(), 'state'],
	[uploading({ source: 'url', urls: 'https://files.example/b.png' }), 'upload'],
	[createVideo({ sessionId: '={{ $json.sessionId }}', download: false }), 'run'],
];
const ENDINGS = ['success', 'refusal', 'reset', 'stop'] as const;

/** Runs one node once, to an ending. */
async function execute(
	[node, asks]: OneNode,
	how: (typeof ENDINGS)[number],
	session: Session,
): Promise<string> {
	const reached = gate();
	if (how === 'refusal') world().every(asks, (exchange) => exchange.answer(200, { code: 2001 }));
	if (how === 'reset') world().next(asks, (exchange) => exchange.reset());
	if (how === 'stop') {
		world().every(asks, async (exchange) => {
			reached.open();
			await exchange.closed();
		});
	}
	const rows = [{ json: { sessionId: session.id }, files: { data: photo('a.png') } }];
	const running = engine().start(chain(rows, node));
	if (how === 'stop') {
		await Promise.race([reached.opened, running.finished]);
		running.stop();
	}
	const { run } = await running.finished;
	return run.status ?? 'unknown';
}

/** Forgets what the test's own NemoVideo and clock have noted. */
function forget(kept: readonly Session[]): void {
	const { arrivals, prompts, uploads, renders, sessions, api } = world();
	const noted = [arrivals, prompts, uploads, api.asked, asked(), engine().logs] as unknown[][];
	for (const list of noted) list.length = 0;
	renders.clear();
	for (const id of sessions.keys())
		if (!kept.some((session) => session.id === id)) sessions.delete(id);
	for (const session of kept) Object.assign(session, { files: [], draft: film() });
	jest.mocked(systemClock.wait).mockClear();
}

type Look = Awaited<ReturnType<typeof look>>;

/** What lives in the process between two executions. */
async function look(sockets: ClientSockets) {
	return {
		files: (await whenOpen((count) => count === 0)).length,
		sockets: await sockets.whenNone(),
		listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
		...(await liveEntries()),
		kilobytes: (await megabytesHeld()) * 1_024,
	};
}

it('leaves no map entry, no memory, no file, no socket and no listener behind', async () => {
	const sockets = new ClientSockets();
	const sessions = Array.from({ length: SESSIONS }, () => world().session(film()));
	const looks: Look[] = [];
	let stopped = 0;
	for (let n = 0; n < EXECUTIONS; n++) {
		const [node, ending] = [NODES[n % NODES.length], ENDINGS[n % ENDINGS.length]];
		const session = sessions[Math.floor(n / NODES.length) % SESSIONS];
		const status = await execute(node as OneNode, ending ?? 'success', session as Session);
		if (status === 'canceled') stopped++;
		for (const [, asks] of NODES) world().every(asks, undefined);
		forget(sessions);
		if ((n + 1) % PART === 0) looks.push(await look(sockets));
	}
	sockets.stop();
	expect(stopped).toBeGreaterThan(EXECUTIONS / 10);
	const [{ listeners } = { listeners: 0 }] = looks;
	for (const found of looks) expect(found).toMatchObject({ files: 0, sockets: 0, listeners });
	const grew = (of: (found: Look) => number): number =>
		of(looks.at(-1) as Look) - of(looks[1] as Look);
	// One of a hundred executions that leaves an entry would be seen, or two kilobytes from each.
	expect(grew(({ maps }) => maps)).toBeLessThan(PART / 50);
	expect(grew(({ entries }) => entries)).toBeLessThan(PART / 50);
	expect(grew(({ kilobytes }) => kilobytes)).toBeLessThan(4 * PART);
	const grown = looks.map(({ maps, kilobytes: kB }) => `${maps} maps, ${Math.round(kB)} kB`);
	report('Executions', `${EXECUTIONS}; after each ${PART}: ${grown.join(', ')}`);
}, 600_000);
