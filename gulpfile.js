const { spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { mkdir, readdir, readFile, rename, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { finished } = require('node:stream/promises');
const { pathToFileURL } = require('node:url');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { intoOneFile } = require('./tools/oneFile.cjs');
const { withShortNames } = require('./tools/shortNames.cjs');

const output = join(__dirname, 'output');
/** Built aside and moved into place at the end: whoever reads dist never finds half of it. */
const fresh = join(output, `build-${process.pid}`);
const dist = join(__dirname, 'dist');

// Also after a failed build.
process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));

async function clean() {
	await rm(fresh, { recursive: true, force: true });
	await mkdir(fresh, { recursive: true });
}

/** Everything published is tsc output that mirrors the source, file by file; but for words. */
async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	const args = [tsc, '-p', 'tsconfig.json', '--outDir', fresh];
	const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: __dirname });
	if (status !== 0) throw new Error('The TypeScript compiler found mistakes (see above)');
	const files = await readdir(fresh, { recursive: true });
	await Promise.all(files.filter((file) => file.endsWith('.js')).map(compacted));
}

const NOTHING = '"use strict";';

/**
 * Compact, because the packed package has to stay small: without what only a reader of the source
 * needs. Names of functions, classes and methods stay, so that a stack trace tells where something
 * happened; the source is public.
 */
async function compacted(file) {
	const path = join(fresh, file);
	const compiled = await readFile(path, 'utf8');
	const text = compiled
		// The compiler marks and declares exports for what loads others by default, or looks for names
		// before they are filled,
		.replace(/^Object\.defineProperty\(exports, "__esModule", .*$/gm, '')
		.replace(/^(?:exports\.\w+ = )+void 0;$/gm, '')
		// and hides modules from functions that ask for `this`, of which we have none.
		.replace(/\(0, (\w+\.\w+)\)\(/g, '$1(');
	const { code } = await esbuild.transform(text, { charset: 'utf8', minify: true });
	// Of types alone nothing is left that anything could ask for.
	if (code.trim() === NOTHING) await rm(path);
	else await writeFile(path, withShortNames(code));
}

/** Lists of the same languages, side by side. */
const WORDS_FIRST = [
	...['words/eastAsian', 'smallTalkScripts', 'chinese', 'hanWords', 'exportWish', 'words/words'],
	...['english', 'words/english', 'words/germanic', 'words/romance', 'words/slavicTurkic'],
	...['words/asian', 'smallTalkWords', 'elsewhereWords', 'labels', 'idleWords', 'asides'],
	...['filmWords', 'questions', 'said', 'handover', 'elsewhere', 'idle', 'clauses'],
];

/** Words in many languages, which chats are routed by and answered with: apart, a third of the package. */
async function bundleWords() {
	await intoOneFile(fresh, join(fresh, 'src', 'text', 'intent'), WORDS_FIRST);
	await intoOneFile(fresh, join(fresh, 'src', 'flows', 'assistant', 'messages'));
}

/**
 * Only the door for third-party code is bundled: a community package may install nothing. Console
 * calls are dropped because n8n's scan forbids them.
 */
async function bundleVendor() {
	const result = await esbuild.build({
		entryPoints: [join(__dirname, 'src', 'vendor.ts')],
		outfile: join(fresh, 'src', 'vendor.js'),
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		// The package has to stay small, and nobody reads libraries in a bundle.
		charset: 'utf8',
		minify: true,
		legalComments: 'none',
		drop: ['console'],
		plugins: [onlyOurLanguages()],
		metafile: true,
	});
	await writeFile(join(fresh, 'THIRD-PARTY-LICENSES.txt'), await licensesOf(result.metafile));
}

/**
 * The detection library's data of languages that nobody asks it for are most of the package; so are
 * its patterns of scripts, which we tell apart ourselves.
 */
function onlyOurLanguages() {
	const { LATIN_LANGUAGES } = require(join(fresh, 'src/text/latinLanguages.js'));
	return {
		name: 'only-our-languages',
		setup(build) {
			build.onLoad({ filter: /franc-min[\\/]expressions\.js$/ }, async ({ path }) => {
				const { Latin } = (await import(pathToFileURL(path))).expressions;
				return { contents: `export const expressions = { Latin: ${Latin} };` };
			});
			build.onLoad({ filter: /franc-min[\\/]data\.js$/ }, async ({ path }) => {
				const { data } = await import(pathToFileURL(path));
				// In the library's order, which decides between languages that are equally likely.
				const kept = Object.entries(data.Latin).filter(([code]) => code in LATIN_LANGUAGES);
				const latin = JSON.stringify(Object.fromEntries(kept), null, '\t');
				return { contents: `export const data = { Latin: ${latin} };` };
			});
		},
	};
}

/** @returns the licence texts of every package that went into the bundle, as they demand */
async function licensesOf(metafile) {
	const { licenseTexts } = await import('./tools/licenses.mjs');
	return licenseTexts(__dirname, Object.keys(metafile.inputs));
}

const ASSETS = [
	'nodes/**/*.{svg,png}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'credentials/**/*.{svg,png}',
];

async function copyAssets() {
	await finished(src(ASSETS, { base: '.', encoding: false }).pipe(dest(fresh)).resume());
	const files = await readdir(fresh, { recursive: true });
	await Promise.all(files.filter((file) => file.endsWith('.json')).map(withoutSpaces));
}

async function withoutSpaces(file) {
	const path = join(fresh, file);
	await writeFile(path, JSON.stringify(JSON.parse(await readFile(path, 'utf8'))));
}

async function moveIntoPlace() {
	const old = join(output, `old-dist-${process.pid}`);
	for (let turn = 1; ; turn++) {
		await rename(dist, old).catch(ignoreMissing);
		try {
			await rename(fresh, dist);
			break;
		} catch (error) {
			// Another build moved its own into place between the two steps.
			if (turn === 5) throw error;
			await rm(old, { recursive: true, force: true });
		}
	}
	await rm(old, { recursive: true, force: true });
}

function ignoreMissing(error) {
	if (error.code !== 'ENOENT') throw error;
}

exports.build = series(
	clean,
	parallel(compile, copyAssets),
	bundleVendor,
	bundleWords,
	moveIntoPlace,
);
exports.default = exports.build;
