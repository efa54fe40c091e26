/** All checks of `npm run lint`; every one runs, so one run shows everything there is to mend. */
import { join } from 'node:path';
import { root, run } from '../process.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const quiet = { cwd: root, quiet: true };

const CHECKS = [
	{
		// In strict mode it also checks that eslint.config.mjs is n8n's own, unmodified.
		name: "n8n's own lint over what is published (n8n-node lint)",
		work: () => run(bin('n8n-node'), ['lint'], quiet),
	},
	{
		name: "n8n's own lint: no warnings, no inline disables",
		work: () => run(bin('eslint'), ['.', '--max-warnings=0', '--no-inline-config'], quiet),
	},
	{
		name: 'Development code (eslint.dev.config.mjs)',
		work: () => run(bin('eslint'), ['-c', 'eslint.dev.config.mjs', '.', '--max-warnings=0'], quiet),
	},
	{ name: 'Types of everything', work: () => run(bin('tsc'), ['-p', 'tsconfig.dev.json'], quiet) },
	{
		name: 'Import direction',
		work: () => run(bin('tsx'), ['tools/lint/importDirection.cts'], quiet),
	},
];

let failed = 0;
for (const { name, work } of CHECKS) {
	try {
		await work();
		console.log(`ok      ${name}: 0 errors`);
	} catch (error) {
		failed += 1;
		console.log(`FAILED  ${name}\n${error.message}`);
	}
}
console.log(`lint: ${CHECKS.length - failed} of ${CHECKS.length} checks passed`);
process.exitCode = failed === 0 ? 0 : 1;
