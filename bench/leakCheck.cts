import { prepareSession } from '../test/engine/support/sessions.cts';
import { openInProcess, whenNothingIsOpen } from '../test/e2e/openInProcess.cts';
import { freePort } from '../test/e2e/ports.cts';
import { workflow } from '../test/e2e/workflows.cts';
import type { Bench, Comparison } from './bench.cts';
import { liveBytes } from './inspector.cts';
import { downloadSteps, OURS, RIVAL, TestBed, uploadSteps } from './testBed.cts';

const MIB = 1024 * 1024;
/** Until an n8n has loaded and cached what it uses. */
const WARM_UP = 40;
const EXECUTIONS = 160;
/** Every so many executions, one is stopped in its upload. */
const STOP_EVERY = 4;
/** Larger than what a connection's buffers hold. */
const FILM_BYTES = 16 * MIB;
const SLOW_BYTES_PER_SECOND = 2 * MIB;
const PATIENCE_MS = 20_000;
/** What n8n itself opens and closes meanwhile. */
const SPARE = 5;

interface Left {
	descriptors: number;
	files: number;
	connections: number;
	bytes: number;
}

/** @returns what a fresh n8n has more after the executions than after the warm-up */
async function leftBy(
	stand: TestBed,
	film: string,
	render: Awaited<ReturnType<TestBed['render']>>,
	{ by, port }: { by: string; port: number },
): Promise<Left> {
	const { emulator } = stand;
	await stand.n8n.restart();
	const steps = uploadSteps(by, film, render.sessionId, emulator.url);
	const [download] = downloadSteps(by, render);
	if (download === undefined) throw new Error('There is nothing to download');
	const whole = await stand.save(
		workflow(`${by}, whole`, [...steps, { ...download, name: 'Down' }]),
	);
	const { api } = stand.n8n;
	const execute = async (count: number): Promise<void> => {
		for (let n = 1; n <= count; n++) {
			if (n % STOP_EVERY > 0) {
				await api.runToEnd(whole);
				continue;
			}
			// In a session that is stopped in, the next upload would look for this one.
			const own = await prepareSession(emulator, { generate: false });
			const stopped = await stand.save(
				workflow(`${by}, stopped`, uploadSteps(by, film, own, emulator.url)),
			);
			emulator.options.uploadBytesPerSecond = SLOW_BYTES_PER_SECOND;
			const since = emulator.events.last;
			const executionId = await api.run(stopped);
			const begun = { type: 'request', endpoint: 'upload' } as const;
			await emulator.waitFor(begun, { since, timeoutMs: PATIENCE_MS });
			await api.stop(executionId);
			emulator.options.uploadBytesPerSecond = 0;
		}
	};
	const ports = new Set([emulator.port, Number(new URL(emulator.cdnUrl).port)]);
	await execute(WARM_UP);
	await whenNothingIsOpen(stand.pid, ports, PATIENCE_MS);
	const before = await openInProcess(stand.pid);
	const bytes = await liveBytes(port);
	await execute(EXECUTIONS);
	const { files, remotePorts } = await whenNothingIsOpen(stand.pid, ports, PATIENCE_MS);
	const after = await openInProcess(stand.pid);
	return {
		descriptors: after.descriptors - before.descriptors,
		files: files.length,
		connections: remotePorts.length,
		bytes: (await liveBytes(port)) - bytes,
	};
}

const inKilobytes = (bytes: number): string => `${(bytes / 1_000 / EXECUTIONS).toFixed(1)} kB`;

async function run(): Promise<Comparison[]> {
	const port = await freePort();
	const options = { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` };
	const stand = await TestBed.open({ cannedBytes: 1 * MIB }, options);
	try {
		const render = await stand.render();
		const film = await stand.film('film.mp4', FILM_BYTES);
		const ours = await leftBy(stand, film, render, { by: OURS, port });
		const rival = await leftBy(stand, film, render, { by: RIVAL, port });
		const none = (what: string, key: 'files' | 'connections'): Comparison => ({
			what,
			ours: String(ours[key]),
			rival: `HTTP Request ${rival[key]}`,
			promise: 'none',
			result: String(ours[key]),
			passed: ours[key] === 0,
		});
		return [
			none('open files of the store', 'files'),
			none('open connections to NemoVideo', 'connections'),
			{
				what: 'descriptors more than before',
				ours: String(ours.descriptors),
				rival: `HTTP Request ${rival.descriptors}`,
				promise: `at most ${SPARE}`,
				result: String(ours.descriptors),
				passed: ours.descriptors <= SPARE,
			},
			{
				what: 'memory that lives on, an execution',
				ours: inKilobytes(ours.bytes),
				rival: `HTTP Request ${inKilobytes(rival.bytes)}`,
				promise: 'at most 20 kB more',
				result: `${inKilobytes(ours.bytes - rival.bytes)} more`,
				passed: ours.bytes - rival.bytes <= 20_000 * EXECUTIONS,
			},
		];
	} finally {
		await stand.close();
	}
}

export const bench: Bench = {
	name: 'left-behind',
	about: `What ${EXECUTIONS} executions leave in the process of a freshly started n8n 2.41.1 that has done ${WARM_UP} before: each uploads 16 MiB and downloads 1 MiB, and every fourth is stopped in its upload; files in the file system store. Memory is what lives after V8 has collected garbage. The rival is n8n's own HTTP Request node.`,
	run,
};
