const { runInContext } = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const ERRORS = [
	Error,
	AggregateError,
	EvalError,
	RangeError,
	ReferenceError,
	SyntaxError,
	TypeError,
];

/**
 * jest's Node environment for test files that share installed packages (`runtime.cjs`): there, and
 * here, an error is an error of the same classes, and the process is the same.
 *
 * A file whose packages must be its own, because it sets their clock, begins with
 * `@jest-environment-options {"ownPackages": true}`.
 */
module.exports = class SharedPackagesEnvironment extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.ownPackages = config.projectConfig.testEnvironmentOptions.ownPackages === true;
		if (this.ownPackages) return;
		for (const type of ERRORS) {
			// What the language itself throws in here has the classes of here.
			const own = runInContext(type.name, this.getVmContext());
			Object.setPrototypeOf(own.prototype, type.prototype);
			this.global[type.name] = type;
		}
		// Its environment is where tests tell n8n's settings.
		this.global.process = process;
	}
};
