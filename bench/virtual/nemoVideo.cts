import { Random } from '../../simulation/time/random.cts';
import type { ApiRequest, ApiResponse, ByteStream, Transport } from '../../src/api/transport';
import { mediaFile } from '../../test/mediaFile.cts';
import { FakeClock, settled } from '../../test/unit/flows/fakeClock.cts';

const encoder = new TextEncoder();
const VIDEO = mediaFile('mp4', 'video');
/** Between a request and its answer. Milliseconds. */
const LATENCY_MS = 40;

export interface Pace {
	turnMs: number;
	/** How long the next render takes. */
	renderMs(): number;
	/** The share of its time that a render tells as progress; by default as it passes. */
	progress?(share: number): number;
}

interface Job {
	readyAt: number;
	startedAt: number;
}

/** A NemoVideo in virtual time: a request, a turn and a render take as long as they are told to. */
export class VirtualNemoVideo implements Transport {
	readonly signal = undefined;
	readonly clock = new FakeClock();
	/** Requests that were answered with 429. */
	refused = 0;
	requests = 0;
	/** Looks at each render. */
	readonly looks = new Map<string, number>();
	/** From each render's end to its file's first byte, in milliseconds. */
	readonly waits: number[] = [];
	private readonly jobs = new Map<string, Job>();
	private readonly prompted = new Map<string, string>();
	private sessions = 0;
	private tokens: number;
	private filledAt: number;

	/** @param perSecond requests that are let through; the others are answered with 429 */
	constructor(
		private readonly pace: Pace,
		private readonly perSecond = Infinity,
	) {
		this.tokens = perSecond;
		this.filledAt = this.clock.now();
	}

	/** Lets time pass until some work has come to its end. */
	async run<T>(work: Promise<T>): Promise<T> {
		let isOver = false;
		const end = (): void => void (isOver = true);
		work.then(end, end);
		for (await settled(); !isOver; await settled()) {
			await this.clock.advance(this.clock.untilNext() ?? 1_000);
		}
		return await work;
	}

	async send(request: ApiRequest): Promise<ApiResponse> {
		return (await this.admit()) ?? (await this.answer(request));
	}

	async open(request: ApiRequest): Promise<ByteStream> {
		const refusal = await this.admit();
		if (refusal) return streamOf(refusal, [encoder.encode(refusal.body)]);
		const { session_id: id, new_message: message }: { session_id: string; new_message: unknown } =
			JSON.parse(request.json ?? '{}');
		const { clock, pace, prompted } = this;
		const bytes = async function* (): AsyncGenerator<Uint8Array> {
			yield event({ type: 'tool_call', name: 'edit', args: {} });
			await clock.wait(pace.turnMs);
			prompted.set(id, JSON.stringify(message));
			yield event({ type: 'tool_result', name: 'edit', result: {} });
			yield event({ type: 'text', content: 'The film is done.' });
		};
		return { status: 200, headers: EVENTS, bytes: bytes(), close: () => undefined };
	}

	async openUrl(url: string): Promise<ByteStream> {
		await this.clock.wait(LATENCY_MS);
		const job = this.jobs.get(url.split('/').at(-1) ?? '');
		if (job) this.waits.push(this.clock.now() - job.readyAt);
		return {
			...streamOf({ status: 200, headers: { 'content-length': `${VIDEO.length}` } }, [VIDEO]),
		};
	}

	/** Drops what it knows of a session, so that only others' memory grows. */
	forget(id: string): void {
		this.prompted.delete(id);
	}

	async renew(): Promise<boolean> {
		return false;
	}

	/** A bucket of tokens: a second's worth at once, then at the rate. */
	private async admit(): Promise<ApiResponse | undefined> {
		this.requests++;
		await this.clock.wait(LATENCY_MS);
		if (this.perSecond === Infinity) return undefined;
		const now = this.clock.now();
		const grown = this.tokens + ((now - this.filledAt) * this.perSecond) / 1000;
		this.tokens = Math.min(this.perSecond, grown);
		this.filledAt = now;
		if (this.tokens >= 1) {
			this.tokens -= 1;
			return undefined;
		}
		this.refused++;
		const headers = { ...JSON_HEADERS, 'retry-after': '1' };
		return { status: 429, headers, body: '{"code":429,"message":"Too many requests"}' };
	}

	private async answer({ method, path, json }: ApiRequest): Promise<ApiResponse> {
		if (path.startsWith('/api/tasks/')) {
			const id = String(9_000 + ++this.sessions);
			return ok({ session_id: id, task_id: `task${id}` });
		}
		if (path.startsWith('/api/credits/')) return ok({ available: 1e6, frozen: 0, total: 1e6 });
		if (path.startsWith('/api/state/')) return this.state(path.split('/')[5] ?? '');
		if (method === 'POST') return this.submit(JSON.parse(json ?? '{}').id);
		return this.look(path.split('/').at(-1) ?? '');
	}

	private state(id: string): ApiResponse {
		const title = this.prompted.get(id);
		const draft = title ? { t: [{ tt: 0, sg: [{ m: { title }, s: 0, d: 1000 }] }], d: 1000 } : null;
		return ok({ task_id: `task${id}`, state: { draft } });
	}

	private submit(id: string): ApiResponse {
		const startedAt = this.clock.now();
		this.jobs.set(id, { startedAt, readyAt: startedAt + this.pace.renderMs() });
		return ok({ id, status: 'pending', progress: 0 });
	}

	private look(id: string): ApiResponse {
		const job = this.jobs.get(id);
		if (!job)
			return { ...ok(undefined), status: 404, body: '{"success":false,"error":"not found"}' };
		this.looks.set(id, (this.looks.get(id) ?? 0) + 1);
		const now = this.clock.now();
		if (now >= job.readyAt) {
			return ok({ id, status: 'completed', outputUrl: `https://cdn.test/${id}` });
		}
		const share = (now - job.startedAt) / (job.readyAt - job.startedAt);
		const { progress = (passed: number) => passed } = this.pace;
		const percent = Math.min(99, Math.max(5, Math.round(100 * progress(share))));
		return ok({ id, status: 'processing', progress: percent });
	}
}

/** Renders of a seeded length between two bounds, in milliseconds. */
export function seededRenders(seed: string, least: number, most: number): () => number {
	const random = new Random(seed);
	return () => random.between(least, most);
}

const JSON_HEADERS = { 'content-type': 'application/json' };
const EVENTS = { 'content-type': 'text/event-stream' };
const event = (payload: object): Uint8Array =>
	encoder.encode(`data: ${JSON.stringify(payload)}\n\n`);

function ok(data: unknown): ApiResponse {
	return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ code: 0, data }) };
}

function streamOf(
	{ status, headers }: Pick<ApiResponse, 'status' | 'headers'>,
	parts: readonly Uint8Array[],
): ByteStream {
	const bytes = async function* (): AsyncGenerator<Uint8Array> {
		yield* parts;
	};
	return { status, headers, bytes: bytes(), close: () => undefined };
}
