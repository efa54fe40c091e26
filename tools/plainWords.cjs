/** What a system's code means to somebody who only wants the command to run. */
function ofSystem({ code, path, syscall }) {
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
			return `${place} is a file, where a folder is needed.`;
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

const isTrace = (line) => /^\s+at .+/.test(line);

/**
 * A failure in words without a stack trace. Where an error only says that another one happened
 * ("fetch failed"), that one is told.
 *
 * @param {unknown} error
 * @returns {string}
 */
function plainWords(error) {
	if (!(error instanceof Error)) return String(error);
	const known = ofSystem(error);
	if (known !== undefined) return known;
	const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
	const saysNothing = error.message === '' || error.message === 'fetch failed';
	if (saysNothing && inner !== undefined) return plainWords(inner);
	if (error.message === 'fetch failed') return 'A request to this machine got no answer.';
	const lines = (error.message || error.name).split('\n');
	return lines.filter((line) => !isTrace(line)).join('\n');
}

/** A program that was ended by Ctrl+C. */
const INTERRUPTED = 130;

/**
 * Runs a script's work; what it throws is told in words, never as a stack trace, and sets the exit
 * code.
 *
 * @param {() => Promise<unknown>} work
 * @returns {Promise<void>} settles when the work has ended; never rejects
 */
async function endInWords(work) {
	try {
		await work();
	} catch (error) {
		if (error?.isInterrupted) console.log('Stopped.');
		// A child that failed has said why itself.
		else if (error?.exitCode === undefined || error.isQuiet) console.error(plainWords(error));
		process.exitCode = error?.isInterrupted ? INTERRUPTED : (error?.exitCode ?? 1);
	}
}

module.exports = { plainWords, endInWords };
