import type { Turn } from './turn.cts';

/** An answer of NemoVideo: a whole one, or the stream of a turn. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: Uint8Array | Turn;
}

const encoder = new TextEncoder();
const JSON_TYPE = { 'content-type': 'application/json' };

export function ok(data: object, envelope: 'code' | 'success' = 'code'): Reply {
	const head = envelope === 'code' ? { code: 0 } : { success: true };
	return json(200, { ...head, data });
}

/** A refusal by HTTP status. */
export function refuse(status: number, message: string): Reply {
	return json(status, { detail: message });
}

/** A refusal by a number in the body. */
export function refuseByCode(status: number, code: number, message: string): Reply {
	return json(status, { code, message });
}

export function json(status: number, body: object, headers: Record<string, string> = {}): Reply {
	return {
		status,
		headers: { ...JSON_TYPE, ...headers },
		body: encoder.encode(JSON.stringify(body)),
	};
}

/** What a gateway says in NemoVideo's place. */
export function page(status: number): Reply {
	return {
		status,
		headers: { 'content-type': 'text/html' },
		body: encoder.encode(`<html><head><title>${status}</title></head><body>nginx</body></html>`),
	};
}
