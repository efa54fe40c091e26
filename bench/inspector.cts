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

/**
 * Profiles a Node process that was started with `--inspect`, for as long as some work takes.
 *
 * @param port of its inspector
 */
export async function profileWhile(port: number, work: () => Promise<void>): Promise<CpuProfile> {
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
	const call = async (method: string, params = {}): Promise<unknown> => {
		const id = (count += 1);
		return await new Promise((resolve) => {
			answers.set(id, resolve);
			socket.send(JSON.stringify({ id, method, params }));
		});
	};
	try {
		await call('Profiler.enable');
		await call('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
		await call('Profiler.start');
		await work();
		const { profile } = (await call('Profiler.stop')) as { profile: CpuProfile };
		return profile;
	} finally {
		socket.close();
	}
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
