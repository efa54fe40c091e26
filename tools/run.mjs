/**
 * Every npm script of this repository: makes sure that the dependencies are there, then runs the
 * command. Only Node built-ins, because it runs before anything is installed.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWhereChanged } from './build.mjs';
import { dependenciesAreInstalled } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { endInWords } from './plainWords.cjs';
import { root, run, withProgress } from './process.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
// Not the tsx command: with it, scripts cannot import the published source.
const typescript = (script, args = []) =>
	run(process.execPath, ['--require', 'tsx/cjs', join(root, script), ...args]);

const build = () =>
	buildWhereChanged(root, () =>
		withProgress('Building the nodes', () => run(bin('gulp'), ['build', '-L'])),
	);

const COMMANDS = {
	async test(args) {
		await build();
		const reporters = ['--reporters', 'default', '--reporters', './tools/jestSummary.cjs'];
		// Jest takes every word behind --reporters for one more of them.
		await run(bin('jest'), [...args, ...reporters]);
	},
	async lint(args) {
		await run(process.execPath, [join(root, 'tools/lint/lint.mjs'), ...args]);
	},
	async scan() {
		await build();
		await run(process.execPath, [join(root, 'tools/scan/run.mjs')]);
	},
	emulator: (args) => typescript('emulator/main.cts', args),
	async demo(args) {
		await build();
		await typescript('tools/demo/main.cts', args);
	},
	async start(args) {
		await build();
		await typescript('tools/demo/start.cts', args);
	},
	contract: (args) => typescript('tools/contract/main.cts', args),
	docs: (args) => typescript('tools/docs/main.cts', args),
	async e2e(args) {
		await build();
		await typescript('test/e2e/main.cts', args);
	},
	async 'e2e:queue'(args) {
		await build();
		await typescript('test/e2e/queue/main.cts', args);
	},
	async 'e2e:ui'(args) {
		await build();
		await typescript('test/e2e/ui/main.cts', args);
	},
	async history(args) {
		await build();
		await typescript('test/e2e/history/record.cts', args);
	},
	'test:live': (args) => typescript('tools/live/main.cts', args),
	async 'test:mutation'(args) {
		await run(process.execPath, [join(root, 'tools/mutants/run.mjs'), ...args]);
	},
	async simulate(args) {
		await run(process.execPath, [join(root, 'simulation/main.mjs'), ...args]);
	},
	async bench(args) {
		await build();
		await typescript('bench/main.cts', args);
	},
};

async function installDependencies() {
	if (await dependenciesAreInstalled(root)) return;
	await mkdir(join(root, 'output'), { recursive: true });
	const onWait = () => console.log('Another run is installing the dependencies; waiting …');
	await withLock(
		join(root, 'output', 'install.lock'),
		async () => {
			if (await dependenciesAreInstalled(root)) return;
			// NODE_ENV=production would leave the development dependencies out.
			const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress'];
			await withProgress('Installing the dependencies (npm ci)', () =>
				run('npm', args, { cwd: root, quiet: true }),
			);
		},
		{ onWait },
	);
}

function requireNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 19)) return;
	throw new Error(`This needs Node 20.19 or later, and this is Node ${process.versions.node}`);
}

async function main([name, ...args]) {
	requireNode();
	if (!Object.hasOwn(COMMANDS, name ?? '')) {
		throw new Error(`Usage: node tools/run.mjs ${Object.keys(COMMANDS).join(' | ')} [arguments]`);
	}
	if (!existsSync(join(root, 'package.json'))) throw new Error(`No package.json in ${root}`);
	process.chdir(root);
	await installDependencies();
	await COMMANDS[name](args);
}

await endInWords(() => main(process.argv.slice(2)));
