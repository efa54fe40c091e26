import type { Endpoint } from './endpoints.cts';
import type { RequestEntry } from './requests.cts';

/**
 * - `refuse`: connection reset as soon as the request's headers are there
 * - `dropBefore`: the whole request is read, nothing is processed, the connection is closed
 * - `dropAfter`: processed, closed before the first byte of the answer
 * - `truncate`: processed, closed after `bytes` of the answer's body (default: half of its first
 *   piece); with `hang` the connection stays open and silent instead
 * - `dropAfterAnswer`: the full answer, then a reset
 * - `stall`: the request is read, nothing is processed and nothing ever answered
 * - `stallAfter`: processed, but the answer is held back for ever
 * - `status`: answers `status`, `headers`, `body`; not processed unless `process`
 * - `body`: processed (unless `process` is false), but answers `body` with `status` (200)
 * - `redirect`: answers `status` (302) with `to` as Location (default: same path, second origin)
 * - `delay`: waits `ms` before the request is processed
 * - `delayAnswer`: processed, the answer waits `ms`
 */
export const FAULT_KINDS = [
	'refuse',
	'dropBefore',
	'dropAfter',
	'truncate',
	'dropAfterAnswer',
	'stall',
	'stallAfter',
	'status',
	'body',
	'redirect',
	'delay',
	'delayAnswer',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
	kind: FaultKind;
	/** Any method when absent. */
	method?: string;
	/** A path, `*` standing for anything; or a regular expression. */
	path?: string | RegExp;
	endpoint?: Endpoint;
	origin?: 'api' | 'cdn';
	/** Where the path names it: uploads and states. */
	sessionId?: string;
	/** The first matching request that is hit, counted from 1 since the fault was added. */
	nth?: number;
	/** How many requests in a row are hit; 1 by default, 0 for all. */
	times?: number;
	status?: number;
	headers?: Record<string, string>;
	body?: string;
	process?: boolean;
	/** Milliseconds. */
	ms?: number;
	bytes?: number;
	hang?: boolean;
	to?: string;
}

interface Planned {
	id: number;
	fault: Fault;
	seen: number;
	hits: number;
}

function pathMatches(pattern: string | RegExp, path: string): boolean {
	if (pattern instanceof RegExp) return pattern.test(path);
	const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
	return new RegExp(`^${escaped}$`).test(path);
}

function concerns(fault: Fault, entry: RequestEntry): boolean {
	return (
		(fault.method === undefined || fault.method.toUpperCase() === entry.method) &&
		(fault.path === undefined || pathMatches(fault.path, entry.path)) &&
		(fault.endpoint === undefined || fault.endpoint === entry.endpoint) &&
		(fault.origin === undefined || fault.origin === entry.origin) &&
		(fault.sessionId === undefined || fault.sessionId === entry.sessionId)
	);
}

/** Trouble to come; the first planned fault that fits a request hits it. */
export class FaultBook {
	private planned: Planned[] = [];
	private count = 0;

	/** @returns a number for `remove` */
	add(fault: Fault): number {
		if (!FAULT_KINDS.includes(fault.kind)) throw new Error(`No such fault: ${String(fault.kind)}`);
		this.count += 1;
		this.planned.push({ id: this.count, fault, seen: 0, hits: 0 });
		return this.count;
	}

	remove(id: number): void {
		this.planned = this.planned.filter((plan) => plan.id !== id);
	}

	clear(): void {
		this.planned = [];
	}

	/** What is planned, and how often each has hit. */
	list(): ReadonlyArray<{ id: number; fault: Fault; hits: number }> {
		return this.planned.map(({ id, fault, hits }) => ({ id, fault, hits }));
	}

	take(entry: RequestEntry): Fault | undefined {
		let taken: Fault | undefined;
		for (const plan of this.planned) {
			if (!concerns(plan.fault, entry)) continue;
			plan.seen += 1;
			const first = plan.fault.nth ?? 1;
			const times = plan.fault.times ?? 1;
			const due = plan.seen >= first && (times === 0 || plan.hits < times);
			if (!due || taken) continue;
			plan.hits += 1;
			taken = plan.fault;
		}
		return taken;
	}
}
