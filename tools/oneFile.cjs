const { readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { dirname, join, relative, resolve } = require('node:path');
const esbuild = require('esbuild');

/** What a folder becomes, beside the doors. */
const NAME = 'bundle.js';

/**
 * Puts the compiled modules of a folder into one file: what they say alike is packed once. Modules
 * that others load stay as doors, so that paths are those of the source.
 *
 * @param {string} root of all compiled modules
 * @param {string} folder absolute
 * @param {string[]} [first] modules that stand first in the file, in this order: what is alike packs
 *   smaller side by side
 */
exports.intoOneFile = async function intoOneFile(root, folder, first = []) {
	const all = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.js'));
	const isInside = (file) => !relative(folder, file).startsWith('..');
	const doors = new Set();
	for (const file of all.map((one) => join(root, one)).filter((one) => !isInside(one))) {
		const code = await readFile(file, 'utf8');
		for (const [, path] of code.matchAll(/require\("(\.[^"]+)"\)/gu)) {
			const loaded = `${resolve(dirname(file), path)}.js`;
			if (isInside(loaded)) doors.add(loaded);
		}
	}
	const names = [...doors]
		.map((door) => `./${relative(folder, door).slice(0, -'.js'.length)}`)
		.sort();
	await esbuild.build({
		stdin: {
			contents: names
				.map((name) => `exports[${JSON.stringify(name)}]=require("${name}");`)
				.join(''),
			resolveDir: folder,
		},
		// Names of modules don't depend on where it's built.
		absWorkingDir: folder,
		outfile: join(folder, NAME),
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		charset: 'utf8',
		// Names of functions stay, as in the other modules.
		minifyWhitespace: true,
		minifySyntax: true,
		plugins: [othersStayOutside(folder, isInside)],
	});
	for (const file of all.map((one) => join(root, one)).filter(isInside)) await rm(file);
	await writeFile(join(folder, NAME), inOrder(await readFile(join(folder, NAME), 'utf8'), first));
	for (const name of names) {
		const up = relative(dirname(join(folder, name)), folder);
		const bundle = `${up === '' ? '.' : up}/${NAME.slice(0, -'.js'.length)}`;
		const door = `"use strict";module.exports=require("${bundle}")[${JSON.stringify(name)}];`;
		await writeFile(join(folder, `${name}.js`), door);
	}
};

/** A bundle with these modules first; each is a function of its own, so that any order will do. */
function inOrder(code, first) {
	const [head, ...rest] = code.split(
		/(?=^var require_\w+=__commonJS|(?<=;)var require_\w+=__commonJS)/u,
	);
	const [, last, doors] = /^(.*?\}\}\);)(exports\[.*)$/su.exec(rest.at(-1));
	const modules = [...rest.slice(0, -1), last];
	const rankOf = (module) => {
		const [, file] = /__commonJS\(\{"([^"]+)\.js"/u.exec(module);
		return first.includes(file) ? first.indexOf(file) : first.length;
	};
	return [head, ...modules.sort((one, other) => rankOf(one) - rankOf(other)), doors].join('');
}

function othersStayOutside(folder, isInside) {
	return {
		name: 'others-stay-outside',
		setup(build) {
			build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
				const loaded = resolve(resolveDir, path);
				return isInside(loaded)
					? { path: `${loaded}.js` }
					: { path: relative(folder, loaded), external: true };
			});
		},
	};
}
