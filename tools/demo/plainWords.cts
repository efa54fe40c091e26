interface SystemError {
	code?: unknown;
	path?: unknown;
	syscall?: unknown;
}

/** What a system's code means to somebody who only wants the demo to run. */
function ofSystem({ code, path, syscall }: SystemError): string | undefined {
	const place = typeof path === 'string' ? path : 'a file';
	switch (code) {
		case 'ENOSPC':
			return 'The disk is full. Free some space, then try again.';
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return `No permission to use ${place}.`;
		case 'ENOTDIR':
		case 'EEXIST':
			return `${place} is a file, where the demo needs a folder.`;
		case 'EMFILE':
			return 'Too many files are open on this machine. Close some programs, then try again.';
		case 'ENOENT':
			if (String(syscall).startsWith('spawn')) return `The program ${place} isn't installed.`;
			return `${place} is missing.`;
		case 'MODULE_NOT_FOUND':
			return 'A package is missing. Run npm ci, then try again.';
		case 'ECONNREFUSED':
			return 'Nothing listens there anymore: connection refused.';
		case 'ECONNRESET':
			return 'The connection was closed on the other side.';
		default:
			return undefined;
	}
}

const isTrace = (line: string): boolean => /^\s+at .+/.test(line);

/**
 * A failure in words without a stack trace. Where an error only says that another one happened
 * ("fetch failed"), that one is told.
 */
export function plainWords(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const known = ofSystem(error as SystemError);
	if (known !== undefined) return known;
	const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
	const saysNothing = error.message === '' || error.message === 'fetch failed';
	if (saysNothing && inner !== undefined) return plainWords(inner);
	if (error.message === 'fetch failed') return 'A request to this machine got no answer.';
	const lines = (error.message || error.name).split('\n');
	return lines.filter((line) => !isTrace(line)).join('\n');
}
