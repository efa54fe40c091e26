import { current } from '../time/current.cts';
import type { SimulatedSignal } from '../time/signals.cts';

/** What the published code takes from n8n-workflow at run time, without the rest of it. */
export const NodeConnectionTypes = { Main: 'main', AiTool: 'ai_tool' } as const;
export const BINARY_ENCODING = 'base64';

interface Extras {
	message?: string;
	description?: string;
	itemIndex?: number;
	httpCode?: string;
}

class NodeError extends Error {
	description: string | null | undefined;
	context: Record<string, unknown> = {};
	httpCode: string | null | undefined;

	constructor(
		readonly node: unknown,
		words: string,
		{ description, itemIndex, httpCode }: Extras,
	) {
		super(words);
		this.description = description;
		this.httpCode = httpCode;
		this.context = { itemIndex };
	}
}

export class NodeOperationError extends NodeError {
	constructor(node: unknown, error: Error | string, extras: Extras = {}) {
		super(node, typeof error === 'string' ? error : error.message, extras);
		this.name = 'NodeOperationError';
	}
}

export class NodeApiError extends NodeError {
	constructor(node: unknown, cause: unknown, extras: Extras = {}) {
		const words = cause instanceof Error ? cause.message : '';
		super(node, extras.message ?? words, extras);
		this.name = 'NodeApiError';
		this.cause = cause;
	}
}

export function jsonParse<Value>(text: string): Value {
	return JSON.parse(text) as Value;
}

/** As newer versions do, it drops its timer when the signal is aborted. */
export async function sleep(ms: number, signal?: SimulatedSignal): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const stop = () => {
			drop();
			reject(new Error('Aborted'));
		};
		const drop = current.time.after(ms, 'node', () => {
			signal?.removeEventListener('abort', stop);
			resolve();
		});
		signal?.addEventListener('abort', stop, { once: true });
	});
}
