import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'undici';

/** What V8's profiler gives: a tree of functions, and which of them was on at each sample. */
export interface CpuProfile {
	nodes: Array<{ id: number; callFrame: { functionName: string; url: string } }>;
	samples: number[];
	/** Microseconds before each sample. */
	timeDeltas: number[];
}

const SAMPLE_MICROSECONDS = 1_000;
const OPEN_TRIES = 100;

async function addressOf(port: number): Promise<string> {
	for (let tries = 1; ; tries++) {
		try {
			const response = await fetch(`http://127.0.0.1:${port}/json/list`);
			const [target] = (await response.json()) as Array<{ webSocketDebuggerUrl: string }>;
			if (target !== undefined) return target.webSocketDebuggerUrl;
		} catch (error) {
			if (tries === OPEN_TRIES) throw error;
		}
		await pause(100);
	}
}

type Call = (method: string, params?: object) => Promise<unknown>;

/** Does work with the inspector of a Node process that was started with `--inspect`. */
async function withInspector<T>(port: number, work: (call: Call) => Promise<T>): Promise<T> {
	const socket = new WebSocket(await addressOf(port));
	const answers = new Map<number, (result: unknown) => void>();
	socket.addEventListener('message', ({ data }) => {
		const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
		if (id !== undefined) answers.get(id)?.(result);
	});
	await new Promise<void>((resolve, reject) => {
		socket.addEventListener('open', () => resolve());
		socket.addEventListener('error', () => reject(new Error('The inspector does not answer')));
	});
	let count = 0;
	try {
		return await work(async (method, params = {}) => {
			const id = (count += 1);
			return await new Promise((resolve) => {
				answers.set(id, resolve);
				socket.send(JSON.stringify({ id, method, params }));
			});
		});
	} finally {
		socket.close();
	}
}

/**
 * Profiles a Node process for as long as some work takes.
 *
 * @param port of its inspector
 */
export async function profileWhile(port: number, work: () => Promise<void>): Promise<CpuProfile> {
	return await withInspector(port, async (call) => {
		await call('Profiler.enable');
		await call('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
		await call('Profiler.start');
		await work();
		const { profile } = (await call('Profiler.stop')) as { profile: CpuProfile };
		return profile;
	});
}

/**
 * Collects a Node process's garbage.
 *
 * @param port of its inspector
 * @returns bytes that live on in its heap and outside of it
 */
export async function liveBytes(port: number): Promise<number> {
	return await withInspector(port, async (call) => {
		await call('HeapProfiler.collectGarbage');
		const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';
		const answer = await call('Runtime.evaluate', { expression, returnByValue: true });
		return (answer as { result: { value: number } }).result.value;
	});
}

/** @returns milliseconds by function, of those that were on themselves */
export function selfTimes(
	profile: CpuProfile,
): Array<{ functionName: string; url: string; ms: number }> {
	const found = new Map(profile.nodes.map(({ id, callFrame }) => [id, { ...callFrame, ms: 0 }]));
	profile.samples.forEach((id, at) => {
		const node = found.get(id);
		if (node) node.ms += (profile.timeDeltas[at] ?? 0) / 1000;
	});
	return [...found.values()];
}
