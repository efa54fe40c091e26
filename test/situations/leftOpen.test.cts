import type { ServerResponse } from 'node:http';
import type { FileSpec } from '../engine/support/testNodes.cts';
import { chain } from '../engine/support/workflow.cts';
import { AbortSignals } from './support/abortSignals.cts';
import { ClientSockets } from './support/clientSockets.cts';
import { film as draft, mp4 } from './support/drafts.cts';
import { gate } from './support/gate.cts';
import { Host } from './support/host.cts';
import {
	exporting,
	failure,
	generate,
	inSession,
	photo,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { whenOpen } from './support/openFiles.cts';
import { situations } from './support/rows.cts';
import type { Answer } from './support/world.cts';

const { world, engine } = withWorld();
const situation = situations('D6');
const MEGABYTE = 1_048_576;
const PATIENCE_MS = 20_000;
const PAGE = '<html>No</html>';

let sockets: ClientSockets;
let signals: AbortSignals;

beforeEach(() => {
	sockets = new ClientSockets();
	signals = new AbortSignals();
});
afterEach(() => {
	sockets.stop();
	signals.stop();
});

/** Waits, one turn of the event loop after another, until nothing is left; then tells what is. */
async function expectNothingLeft(): Promise<void> {
	const files = await whenOpen((count) => count === 0);
	const until = Date.now() + PATIENCE_MS;
	while (sockets.open + signals.listeners > 0 && Date.now() < until) {
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect({ files, sockets: sockets.open, listeners: signals.listeners }).toEqual({
		files: [],
		sockets: 0,
		listeners: 0,
	});
	// The requests of the node were seen at all.
	expect(signals.made).toBeGreaterThan(0);
}

const film = (name: string): FileSpec => ({ ...photo(name), paddedTo: 16 * MEGABYTE });
const rows = (id: string) => [
	{ json: { sessionId: id }, files: { one: film('a.png'), two: film('b.png') } },
];
/** An answer that comes before the files were read. */
const unread = (answer: Answer): Answer => Object.assign(answer.bind(undefined), { reads: false });

for (const [what, answer] of [
	['a refusal of NemoVideo', (exchange) => exchange.answer(200, { code: 4001 })],
	['a page of a gateway', (exchange) => exchange.answer(504, PAGE)],
	['a reset', (exchange) => exchange.reset()],
	['an early 413', unread((exchange) => exchange.answer(413, { code: 4002 }))],
	['an early page', unread((exchange) => exchange.answer(502, PAGE))],
	['an early reset', unread((exchange) => exchange.reset())],
] as ReadonlyArray<[string, Answer]>) {
	situation(`[D6] leaves no file, socket or listener behind after ${what}`, async () => {
		const session = world().session();
		world().every('upload', answer);
		failure(await engine().runNode(rows(session.id), uploading()));
		await expectNothingLeft();
	});
}

situation(
	'[D6] leaves no file, socket or listener behind after an upload that arrived',
	async () => {
		success(await engine().runNode(rows(world().session().id), uploading()));
		await expectNothingLeft();
	},
);

situation('[D6] leaves no file, socket or listener behind after Stop in the middle', async () => {
	const begun = gate();
	world().every(
		'upload',
		unread(async (exchange) => {
			begun.open();
			await exchange.closed();
		}),
	);
	const running = engine().start(chain(rows(world().session().id), uploading()));
	await begun.opened;
	expect(await whenOpen((count) => count > 0)).not.toEqual([]);
	running.stop();
	await running.finished;
	await expectNothingLeft();
});

for (const [what, answer] of [
	['a turn that NemoVideo refuses', (exchange) => exchange.answer(200, { code: 2001 })],
	['a turn that a page answers', (exchange) => exchange.answer(504, PAGE)],
	['a turn that is reset', (exchange) => exchange.reset()],
	[
		'a turn that is cut',
		async (exchange) => {
			await exchange.write('data: {"type":"text","content":"I am');
			exchange.cut();
		},
	],
] as ReadonlyArray<[string, Answer]>) {
	situation(`[D6] leaves no socket or listener behind after ${what}`, async () => {
		world().every('run', answer);
		failure(await engine().runNode(inSession(world().session()), generate()));
		await expectNothingLeft();
	});
}

situation('[D6] leaves no socket or listener behind after a turn that ended', async () => {
	success(await engine().runNode(inSession(world().session()), generate()));
	await expectNothingLeft();
});

situation('[D6] leaves no socket or listener behind after Stop in a turn', async () => {
	const begun = gate();
	world().every('run', async (exchange) => {
		await exchange.write(': heartbeat\n\n');
		begun.open();
		await exchange.closed();
	});
	const running = engine().start(chain(inSession(world().session()), generate()));
	await begun.opened;
	running.stop();
	await running.finished;
	await expectNothingLeft();
});

/** The beginning of a video that announces more than ever comes. */
function beginVideo(response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': '50000000' });
	response.write(Buffer.concat([mp4(), Buffer.alloc(4 * MEGABYTE)]));
}
const breaks = (response: ServerResponse): void => {
	beginVideo(response);
	setImmediate(() => response.destroy());
};
const page = (response: ServerResponse): void =>
	void response.writeHead(200, { 'content-type': 'video/mp4' }).end(PAGE);
const whole = (response: ServerResponse): void => void response.end(mp4());

/** Runs work while a host of videos and NemoVideo's endpoint answer downloads alike. */
async function withVideos(
	give: (response: ServerResponse) => void,
	work: () => Promise<void>,
): Promise<void> {
	const host = new Host(async (_request, response) => await Promise.resolve(give(response)));
	await host.open();
	world().filmUrl = `${host.url}/film.mp4`;
	// Without a size, what comes decides.
	world().every('poll', (exchange) => {
		const [render] = world().renders.values();
		if (render === undefined) exchange.answer(404, { detail: 'Not Found' });
		else exchange.answer(200, { status: 'completed', output: { url: render.url } });
	});
	world().every('download', ({ response }) => give(response));
	await work();
	await host.shut();
}

for (const [what, give, look] of [
	['a whole video', whole, success],
	['a video that breaks for good', breaks, failure],
	['a page in its place', page, failure],
] as const) {
	situation(`[D6] leaves no file, socket or listener behind after ${what}`, async () => {
		await withVideos(give, async () => {
			look(await engine().runNode(inSession(world().session(draft())), exporting()));
			await expectNothingLeft();
		});
	});
}

situation('[D6] leaves no file, socket or listener behind after Stop in a download', async () => {
	const begun = gate();
	const hold = (response: ServerResponse): void => {
		beginVideo(response);
		begun.open();
	};
	await withVideos(hold, async () => {
		const session = world().session(draft());
		const running = engine().start(chain(inSession(session), exporting()));
		await begun.opened;
		running.stop();
		await running.finished;
		await expectNothingLeft();
	});
});
