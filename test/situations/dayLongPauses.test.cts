import { jump, realTime } from './support/clocks.cts';
import { film, mp4 } from './support/drafts.cts';
import { targetOf } from './support/endpoints.cts';
import { gate } from './support/gate.cts';
import {
	createSession,
	createVideo,
	exporting,
	failure,
	failures,
	generate,
	inSession,
	NODE,
	results,
	state,
	success,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { answer } from './support/turnOnWire.cts';
import type { Answer } from './support/world.cts';

const { world, engine } = withWorld(realTime);
const situation = situations('D2');
const NOTHING = { credits: 0, prompts: 0, uploads: 0, renders: 0 };
const SAFE = { safeToRepeat: true, retryable: true };
/** What one request waits for at most where nothing else limits it. Milliseconds. */
const BUDGET_MS = 300_000;

const askForADay: Answer = (exchange) =>
	exchange.answer(429, { message: 'slow down' }, { 'retry-after': '86400' });
const total = (asked: readonly number[]) => asked.reduce((sum, ms) => sum + ms, 0);

/** Pauses that are none: a client that took them for numbers would wait for ever, or not at all. */
const NO_PAUSE = ['9'.repeat(400), '-5', 'soon', '1e9', '∞', ''];
for (const text of NO_PAUSE) {
	situation(`[D2] takes ${text.slice(0, 12) || 'nothing'} for no pause`, async () => {
		const asked = jump();
		const session = world().session(film());
		world().next('state', (exchange) => {
			const headers = { 'retry-after': Buffer.from(text).toString('latin1') };
			exchange.answer(429, { message: 'slow down' }, headers);
		});
		const run = await engine().runNode(inSession(session), state());
		expect(success(run).timeline).toMatchObject({ readyToExport: true });
		expect(total(asked)).toBeGreaterThan(29_000);
		expect(total(asked)).toBeLessThan(31_000);
		expect(world().spent()).toEqual(NOTHING);
	});
}

situation('[D2] sends nothing for a day where NemoVideo asks for one, and says so', async () => {
	const asked = jump();
	const session = world().session(film());
	world().next('state', askForADay);
	await engine().runNode(inSession(session), state());
	const before = world().count();
	const runs = [
		await engine().runNode(inSession(session), state()),
		await engine().runNode(inSession(session), generate()),
		await engine().runNode([{}], createVideo({ sessionId: session.id })),
	];
	for (const run of runs) {
		expect(failure(run)).toMatchObject({ ...SAFE, kind: 'rateLimit' });
		expect(failure(run).description).toMatch(/86\d{3} s/);
	}
	expect(asked).toEqual([]);
	expect(world().count()).toBe(before);
	expect(world().spent()).toEqual(NOTHING);
});

situation('[D2] calls a prompt safe to repeat that was refused for a day', async () => {
	const session = world().session(film());
	world().onPrompt(answer(429, { message: 'slow down' }, { 'retry-after': '86400' }));
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject({ ...SAFE, kind: 'rateLimit', sessionId: session.id });
	expect(failure(run).description).toContain('86400 s');
	expect(world().spent()).toEqual({ ...NOTHING, prompts: 1 });
});

situation('[D2] fails every row of a batch at once where NemoVideo asks for a day', async () => {
	const asked = jump();
	world().every('session', askForADay);
	const rows = Array.from({ length: 20 }, () => ({}));
	const run = await engine().runNode(rows, createSession());
	expect(failures(run)).toHaveLength(20);
	for (const one of failures(run)) expect(one).toMatchObject({ ...SAFE, kind: 'rateLimit' });
	expect(total(asked)).toBeLessThanOrEqual(BUDGET_MS);
	expect(world().count('session')).toBeLessThanOrEqual(3);
	expect(world().spent()).toEqual(NOTHING);
});

/** The render of one session asks to wait for a day; that of the other is ready right after. */
function askOneToWait(waiting: string): void {
	const looks = new Map<string, number>();
	const [refused, isAsking] = [gate(), gate()];
	world().every('poll', async (exchange) => {
		const target = targetOf('GET', exchange.request.url);
		const render = world().renders.get(target.id ?? '');
		looks.set(target.id ?? '', (looks.get(target.id ?? '') ?? 0) + 1);
		if (render?.sessionId === waiting) {
			await isAsking.opened;
			exchange.answer(429, { message: 'slow down' }, { 'retry-after': '86400' });
			refused.open();
			return;
		}
		if (render) isAsking.open();
		if (render) await refused.opened;
		await world().byItself(exchange, target);
	});
}

for (const [name, node] of [
	['Export', exporting({ options: { timeoutMinutes: 0.02 } })],
	[
		'Create Video',
		createVideo({ sessionId: '={{ $json.sessionId }}', options: { exportTimeoutMinutes: 0.02 } }),
	],
] as const) {
	situation(
		`[D2] downloads one row's film in ${name} while another is asked to wait a day`,
		async () => {
			const [waiting, ready] = [world().session(film('A')), world().session(film('B'))];
			askOneToWait(waiting.id);
			const rows = [...inSession(waiting), ...inSession(ready)];
			const started = Date.now();
			const run = await engine().runNode(rows, node);
			expect(results(run)).toMatchObject([{ sessionId: ready.id, status: 'completed' }]);
			expect(run.items(NODE)[0]?.binary?.data).toMatchObject({ bytes: mp4().length });
			expect(failures(run)).toMatchObject([
				{ sessionId: waiting.id, retryable: name === 'Export' },
			]);
			// A day would be as bad as an hour; the row's own time is over in about a second.
			expect(Date.now() - started).toBeLessThan(60_000);
			expect(world().films.asked).toHaveLength(1);
			const credits = name === 'Export' ? 0 : 200;
			expect(world().spent()).toEqual({ credits, prompts: credits / 100, uploads: 0, renders: 2 });
		},
	);
}
