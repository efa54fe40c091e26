import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {boolean} whether the module of this URL is the script that Node was started with */
export function isMain(moduleUrl) {
	const script = process.argv[1];
	return script !== undefined && moduleUrl === pathToFileURL(realpathSync(script)).href;
}

/**
 * Lets a child end in its own way when this process is told to end. From the keyboard, Ctrl+C
 * reaches the child by itself as well, so it may hear of it twice.
 *
 * @returns undoes it, and says whether a signal came
 */
function passSignals(child) {
	let came = false;
	const pass = (signal) => {
		came = true;
		child.kill(signal);
	};
	process.on('SIGINT', pass);
	process.on('SIGTERM', pass);
	return () => {
		process.off('SIGINT', pass);
		process.off('SIGTERM', pass);
		return came;
	};
}

/**
 * Runs a program and waits for its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` keeps the
 *   output back and shows its end only where the program fails
 * @returns {Promise<string>} standard output where `quiet`, else an empty text
 * @throws Error naming the command and its exit code; `isInterrupted` after a signal to this process
 */
export function run(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
		});
		const release = passSignals(child);
		let output = '';
		let all = '';
		child.stdout?.on('data', (chunk) => {
			output += chunk;
			all += chunk;
		});
		child.stderr?.on('data', (chunk) => (all += chunk));
		child.on('error', (error) => {
			release();
			reject(error);
		});
		child.on('close', (code, signal) => {
			const isInterrupted = release();
			if (code === 0) return resolve(output);
			const ending = signal === null ? `exit code ${code}` : `signal ${signal}`;
			const shown = options.quiet ? `\n${all.slice(-4000)}` : '';
			const error = new Error(`${command} ${args.join(' ')} ended with ${ending}${shown}`);
			error.exitCode = code ?? 1;
			error.isQuiet = options.quiet === true;
			error.isInterrupted = isInterrupted;
			reject(error);
		});
	});
}

/** Milliseconds between two lines about something slow. */
const REPORT_MS = 10_000;

/**
 * Says a line every few seconds while something slow is going on.
 *
 * @param {() => string | undefined} line nothing is said without one
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function withReports(line, work) {
	const timer = setInterval(() => {
		const said = line();
		if (said !== undefined) console.log(said);
	}, REPORT_MS);
	try {
		return await work();
	} finally {
		clearInterval(timer);
	}
}

/**
 * Says every few seconds that something slow is still going on.
 *
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function withProgress(what, work) {
	const start = Date.now();
	const seconds = () => Math.round((Date.now() - start) / 1000);
	console.log(`${what} …`);
	const result = await withReports(() => `${what}: ${seconds()} s so far`, work);
	console.log(`${what}: done in ${seconds()} s`);
	return result;
}
