import { getEventListeners } from 'node:events';
import type { FileSpec } from '../engine/support/testNodes.cts';
import { chain } from '../engine/support/workflow.cts';
import { ClientSockets } from './support/clientSockets.cts';
import { gate } from './support/gate.cts';
import { failure, photo, success, uploading, withWorld } from './support/nodes.cts';
import { whenOpen } from './support/openFiles.cts';
import { situations } from './support/rows.cts';
import type { Answer } from './support/world.cts';

const { world, engine } = withWorld();
const situation = situations('D6');
const MEGABYTE = 1_048_576;
const PATIENCE_MS = 20_000;
const PAGE = '<html>No</html>';

let sockets: ClientSockets;
/** What tells requests to end: their time limits, and Stop. */
let signals: Set<AbortSignal>;

beforeEach(() => {
	sockets = new ClientSockets();
	signals = new Set();
	const { timeout } = AbortSignal;
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const signal = timeout.call(AbortSignal, ms);
		signals.add(signal);
		return signal;
	});
	const add = AbortSignal.prototype.addEventListener;
	jest.spyOn(AbortSignal.prototype, 'addEventListener').mockImplementation(function (
		this: AbortSignal,
		...given: Parameters<typeof add>
	) {
		signals.add(this);
		return add.apply(this, given);
	} as typeof add);
});
afterEach(() => sockets.stop());

const listeners = (): number =>
	[...signals].reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0);

/** Waits, one turn of the event loop after another, until nothing is left; then tells what is. */
async function expectNothingLeft(): Promise<void> {
	const files = await whenOpen((count) => count === 0);
	const until = Date.now() + PATIENCE_MS;
	while (sockets.open + listeners() > 0 && Date.now() < until) {
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect({ files, sockets: sockets.open, listeners: listeners() }).toEqual({
		files: [],
		sockets: 0,
		listeners: 0,
	});
	// The requests of the node were seen at all.
	expect(signals.size).toBeGreaterThan(0);
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
