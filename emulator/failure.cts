import type { Shapes } from './shapes.cts';

/** A refusal on its way to the client. */
export class ApiFailure extends Error {
	readonly headers: Readonly<Record<string, string>>;
	/** Replaces the usual error envelope. */
	readonly body: unknown;

	constructor(
		/** NemoVideo's body code, or an HTTP status where there is none. */
		readonly code: number,
		message: string,
		readonly httpStatus: number = 200,
		{ headers = {}, body }: { headers?: Readonly<Record<string, string>>; body?: unknown } = {},
	) {
		super(message);
		this.headers = headers;
		this.body = body;
	}
}

const MESSAGES: Readonly<Record<number, string>> = {
	1001: 'Token invalid or expired',
	1002: 'Session not found',
	2001: 'Insufficient credits',
	4001: 'Unsupported file type',
	4002: 'File too large',
};

/** The wording of a code; NemoVideo's own is not published, so all of it is invention. */
export function messageOf(code: number): string {
	return MESSAGES[code] ?? `Error ${code}`;
}

export function errorBody(shapes: Shapes, code: number, message: string): Record<string, unknown> {
	const extra = shapes.extras ? { request_id: 'req_emulator', ts: 1_773_423_613_616 } : {};
	switch (shapes.errorEnvelope) {
		case 'data':
			return { code, message, data: null, ...extra };
		case 'msg':
			return { code, msg: message, ...extra };
		case 'success':
			return { success: false, code, error: message, ...extra };
		default:
			return { code, message, ...extra };
	}
}
