const { createRequire } = require('node:module');
const { sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

const INSTALLED = `${sep}node_modules${sep}`;
/** They come as ES modules, or know of the test that they run in. */
const PER_FILE = /^(?:fast-check|franc-min|expect|jest(?:-.*)?|@jest\/.*)$/;

/**
 * Loads installed packages once per worker instead of once per test file: n8n-core alone is two
 * thousand modules. What is under test, and the tests, are loaded anew for each file as ever.
 */
module.exports = class SharedPackagesRuntime extends Runtime {
	constructor(config, environment, ...rest) {
		super(config, environment, ...rest);
		this.ownPackages = environment.ownPackages;
	}

	requireModuleOrMock(from, name) {
		const path = this.installedPath(from, name);
		return path === undefined ? super.requireModuleOrMock(from, name) : require(path);
	}

	/** @returns where an installed package's module lies; undefined for any other module */
	installedPath(from, name) {
		if (this.ownPackages || name.startsWith('node:') || PER_FILE.test(name)) return undefined;
		const isOwn = !from.includes(INSTALLED);
		if (isOwn && (name.startsWith('.') || name.startsWith(sep))) return undefined;
		const path = createRequire(from).resolve(name);
		return path.includes(INSTALLED) ? path : undefined;
	}
};
