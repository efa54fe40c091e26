import type { ServerResponse } from 'node:http';

/** What goes wrong with an answer that the backend is about to give. */
export interface Breakage {
	/** Body bytes that get through before the connection closes; `half`: of the first piece. */
	limit?: number | 'half';
	/** Not even the headers get through. */
	beforeHeaders?: boolean;
	/** The connection stays open and silent instead of closing. */
	hang?: boolean | undefined;
	/** Nothing gets through and the connection stays open. */
	swallow?: boolean;
	/** The connection is reset after the full answer. */
	resetAfter?: boolean;
	/** The answer waits this many milliseconds. */
	holdMs?: number;
	/** Another answer goes out in its place. */
	replaceBy?: () => { status: number; headers: Record<string, string>; body: string };
}

type Written = string | Uint8Array;

function callbackOf(args: unknown[]): (() => void) | undefined {
	const last = args.at(-1);
	return typeof last === 'function' ? () => void Reflect.apply(last, undefined, []) : undefined;
}

function pieceOf(args: unknown[]): Written | undefined {
	const [first] = args;
	return typeof first === 'string' || first instanceof Uint8Array ? first : undefined;
}

/** Puts a breakage between the backend and its answer; must be called before the first write. */
export function breakAnswer(response: ServerResponse, breakage: Breakage): void {
	const write = response.write.bind(response);
	const end = response.end.bind(response);
	const flush = response.flushHeaders.bind(response);
	const { socket } = response;
	let over = false;
	let passed = 0;

	const drop = (): void => {
		over = true;
		if (!breakage.hang && !breakage.swallow) socket?.destroy();
	};

	if (breakage.resetAfter) {
		response.once('finish', () => setImmediate(() => socket?.resetAndDestroy()));
		return;
	}
	if (breakage.holdMs !== undefined) {
		const holdMs = breakage.holdMs;
		response.end = ((...args: unknown[]) => {
			setTimeout(() => void Reflect.apply(end, response, args), holdMs);
			return response;
		}) as typeof response.end;
		return;
	}
	const { replaceBy } = breakage;
	if (replaceBy) {
		const swap = (): void => {
			if (over) return;
			over = true;
			const { status, headers, body } = replaceBy();
			for (const name of response.getHeaderNames()) response.removeHeader(name);
			Reflect.apply(writeHead, response, [
				status,
				{
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					...headers,
				},
			]);
			end(body);
		};
		const writeHead = response.writeHead.bind(response);
		response.writeHead = (() => response) as typeof response.writeHead;
		response.flushHeaders = swap;
		response.write = (() => (swap(), true)) as typeof response.write;
		response.end = (() => (swap(), response)) as typeof response.end;
		return;
	}

	/** @returns what `write` says of its buffer; undefined where the piece was cut */
	const pass = (piece: Written, done: (() => void) | undefined): boolean | undefined => {
		const bytes = Buffer.from(piece);
		const limit =
			breakage.limit === 'half'
				? passed === 0
					? Math.floor(bytes.length / 2)
					: 0
				: breakage.limit;
		const left = Math.max(0, (limit ?? Infinity) - (breakage.limit === 'half' ? 0 : passed));
		passed += bytes.length;
		if (bytes.length <= left) {
			return write(bytes, done);
		}
		over = true;
		write(bytes.subarray(0, left), () => drop());
		return undefined;
	};

	const gone = (): boolean => {
		if (over) return true;
		if (!breakage.beforeHeaders && !breakage.swallow) return false;
		drop();
		return true;
	};

	response.flushHeaders = () => {
		if (!gone()) flush();
	};
	response.write = ((...args: unknown[]) => {
		const done = callbackOf(args);
		const piece = pieceOf(args);
		const passedOn = gone() || piece === undefined ? undefined : pass(piece, done);
		if (passedOn === undefined && done) setImmediate(done);
		return passedOn ?? true;
	}) as typeof response.write;
	response.end = ((...args: unknown[]) => {
		if (gone()) return response;
		const piece = pieceOf(args);
		if (piece === undefined || pass(piece, undefined) !== undefined) end();
		return response;
	}) as typeof response.end;
}
