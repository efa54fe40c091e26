import type { IHttpRequestOptions } from 'n8n-workflow';
import type { NodeRun } from '../n8n/nodeRun.cts';
import type { Oracle } from '../oracle/oracle.cts';
import type { Endpoint, FaultKind, FaultPlan, Story } from '../story/story.cts';
import { current } from '../time/current.cts';
import type { Random } from '../time/random.cts';
import type { SimulatedSignal } from '../time/signals.cts';
import type { Reply } from '../world/reply.cts';
import { Turn } from '../world/turn.cts';
import { endpointOf, type Request, type World } from '../world/world.cts';
import { Exchange, type HttpAnswer } from './exchange.cts';
import { brokenBy, isBefore, replyOf } from './faults.cts';

interface FormPart {
	name: string;
	stream(): AsyncIterable<Uint8Array>;
}

/** Late answers come after the limits of most requests. Milliseconds. */
const LATE_MS = [5_000, 50_000, 70_000, 130_000];

/** Faults that leave the answer to an upload whole. */
const WITH_ANSWER: ReadonlySet<FaultKind> = new Set(['split', 'slow', 'fileLeftOut']);

/** The way between n8n and NemoVideo, with the faults of a story on it. */
export class Network {
	/** Faults that have happened. */
	faults = 0;
	requests = 0;
	private readonly counts = new Map<Endpoint, number>();
	private readonly open = new Set<Exchange>();
	/** Those that go on after Stop. */
	private readonly outliving = new Set<Exchange>();

	constructor(
		private readonly sides: { world: World; oracle: Oracle; story: Story },
		private readonly random: Random,
		private readonly onRequest: (execution: string) => void,
	) {}

	/** Requests whose answers were neither read to their end nor given up. */
	get openExchanges(): number {
		return this.open.size;
	}

	/** Whether nothing is under way that outlives Stop: a request of the credential itself, or a cancel. */
	get isQuiet(): boolean {
		return this.outliving.size === 0;
	}

	/** The client's process is gone; what it has sent arrives all the same. */
	crash(): void {
		for (const exchange of [...this.open]) exchange.vanish();
	}

	/** n8n's helper for requests, as far as the nodes use it. */
	async request(
		run: NodeRun,
		options: IHttpRequestOptions,
		forCredential?: 'forCredential',
	): Promise<HttpAnswer | { body: string }> {
		const { oracle } = this.sides;
		const method = options.method ?? 'GET';
		const endpoint = endpointOf(method, options.url);
		if (endpoint === undefined) throw new Error(`The world does not know ${options.url}`);
		const signal = options.abortSignal as unknown as SimulatedSignal | undefined;
		if (signal?.aborted) throw Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' });
		const nth = (this.counts.get(endpoint) ?? 0) + 1;
		this.counts.set(endpoint, nth);
		const fault = this.sides.story.faults.find((plan) => plan.on === endpoint && plan.nth === nth);
		if (fault) this.faults++;
		this.requests++;
		const request: Request = {
			run,
			endpoint,
			method,
			url: options.url,
			path: new URL(options.url).pathname,
			headers: lowerCased(options.headers),
			json: typeof options.body === 'string' ? options.body : undefined,
			files: [],
			isLost: fault !== undefined && !WITH_ANSWER.has(fault.what),
			leavesOut: fault?.what === 'fileLeftOut',
			isForCredential: forCredential !== undefined,
			fails: fault?.what === 'errorEvent' ? fault.choice : undefined,
		};
		oracle.sent(request, fault);
		this.onRequest(run.execution);
		const exchange = new Exchange(signal, (over) => {
			this.open.delete(over);
			this.outliving.delete(over);
		});
		this.open.add(exchange);
		if (request.isForCredential || endpoint === 'cancel') this.outliving.add(exchange);
		void this.carry(exchange, request, { fault, nth, form: options.body });
		const answer = await exchange.answer;
		if (options.encoding === 'stream') return answer;
		return { ...answer, body: await asText(answer) };
	}

	private async carry(
		exchange: Exchange,
		request: Request,
		{ fault, nth, form }: { fault?: FaultPlan; nth: number; form: unknown },
	): Promise<void> {
		const { time } = current;
		const random = this.random.fork(`${request.endpoint} ${nth}`);
		const up = random.between(3, 120);
		const down = random.between(3, 120);
		if (fault?.what === 'refused') {
			time.after(up, 'limit', () => exchange.fail(brokenBy(fault) as never));
			return;
		}
		if (isForm(form)) request.files = await readForm(form, fault);
		time.after(up, 'world', () => {
			const reply = this.reply(exchange, request, fault);
			if (fault?.what === 'silentBefore' || fault?.what === 'silentAfter') return;
			const late = fault?.what === 'late' ? (LATE_MS[fault.choice % LATE_MS.length] ?? 0) : 0;
			time.after(down + late, 'limit', () => {
				const broken = fault && brokenBy(fault);
				if (broken) exchange.fail(broken);
				else if (reply) {
					this.sides.oracle.answered(request, reply.status);
					exchange.deliver(reply, fault);
				}
			});
		});
	}

	/** What comes back; the world acts on the request unless a fault was faster. */
	private reply(
		exchange: Exchange,
		request: Request,
		fault: FaultPlan | undefined,
	): Reply | undefined {
		if (fault && isBefore(fault)) return replyOf(fault);
		const own = this.sides.world.handle(request);
		if (own.body instanceof Turn) exchange.begins(own.body);
		return (fault && replyOf(fault)) ?? own;
	}
}

function lowerCased(headers: IHttpRequestOptions['headers']): Record<string, string> {
	const entries = Object.entries(headers ?? {});
	return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function isForm(body: unknown): body is Iterable<[string, FormPart]> {
	return typeof body === 'object' && body !== null && Symbol.iterator in body;
}

/** Before a connection is lost, only a part of the form was read. */
async function readForm(
	form: Iterable<[string, FormPart]>,
	fault: FaultPlan | undefined,
): Promise<string[]> {
	const names: string[] = [];
	for (const [, part] of form) {
		for await (const _bytes of part.stream()) if (fault?.what === 'lostBefore') break;
		names.push(part.name);
	}
	return names;
}

async function asText({ body }: HttpAnswer): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const bytes of body) text += decoder.decode(bytes, { stream: true });
	return text + decoder.decode();
}
