import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const folder = import.meta.dirname;
const root = join(folder, '..');
const require = createRequire(import.meta.url);

/** Modules that would bring time or chance in, and what stands in for them. */
const STAND_INS = [
	[/^(?:node:)?crypto$/, 'standIns/crypto.cts'],
	[/^n8n-workflow$/, 'standIns/n8nWorkflow.cts'],
];

function standIns() {
	return {
		name: 'stand-ins',
		setup(context) {
			for (const [filter, file] of STAND_INS) {
				const path = join(folder, file);
				context.onResolve({ filter }, ({ importer }) =>
					importer === path ? { path: 'node:crypto', external: true } : { path },
				);
			}
		},
	};
}

/**
 * Puts a fault into the source, as a small replacement.
 *
 * @param {Array<{ file: string, find: string, put: string }>} changes
 */
function changed(changes) {
	return {
		name: 'changed',
		setup(context) {
			context.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
				const own = changes.filter(({ file }) => file === relative(root, path));
				if (own.length === 0) return undefined;
				let contents = await readFile(path, 'utf8');
				for (const { file, find, put } of own) {
					const parts = contents.split(find);
					if (parts.length !== 2) {
						throw new Error(`${file} holds ${parts.length - 1} times: ${find}`);
					}
					contents = parts.join(put);
				}
				return { contents, loader: 'ts' };
			});
		},
	};
}

/**
 * Bundles the published nodes with the simulation around them: nothing in it knows the time, chance
 * or a socket.
 *
 * @param {string} outfile
 * @param {Array<{ file: string, find: string, put: string }>} [changes] of the published source
 */
export async function bundle(outfile, changes = []) {
	for (const { file } of changes) require.resolve(join(root, file));
	await build({
		entryPoints: [join(folder, 'worker.cts')],
		outfile,
		bundle: true,
		platform: 'node',
		target: 'esnext',
		format: 'cjs',
		logLevel: 'error',
		resolveExtensions: ['.ts', '.cts', '.js', '.cjs', '.mjs', '.json'],
		inject: [join(folder, 'time/globals.cts')],
		define: {
			'Date.now': 'simulatedNow',
			'performance.now': 'simulatedUptime',
			'performance.timeOrigin': 'simulatedOrigin',
			'Math.random': 'simulatedRandom',
			'AbortSignal.timeout': 'simulatedTimeout',
			'AbortSignal.any': 'simulatedAny',
			AbortController: 'SimulatedController',
		},
		plugins: [standIns(), changed(changes)],
	});
}
