/**
 * `npm run contract`: writes down what was added to the nodes. What saved workflows rely on cannot
 * be taken back this way; before the first release of a name, `-- --breaking` does.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { compare } from './compare.cts';
import { CONTRACT_FILE, currentContract, writtenContract } from './contract.cts';

function main(args: readonly string[]): void {
	const actual = currentContract();
	const promised = existsSync(CONTRACT_FILE) ? writtenContract() : { nodes: {}, credentials: {} };
	const { broken, unwritten } = compare(promised, actual);
	if (broken.length > 0 && !args.includes('--breaking')) {
		console.error(`Saved workflows would break:\n${broken.map((line) => `  ${line}`).join('\n')}`);
		console.error('Nothing was written. Never released? npm run contract -- --breaking');
		process.exitCode = 1;
		return;
	}
	writeFileSync(CONTRACT_FILE, `${JSON.stringify(actual, null, '\t')}\n`);
	const count = broken.length + unwritten.length;
	console.log(count === 0 ? 'contract.json is up to date' : [...broken, ...unwritten].join('\n'));
}

main(process.argv.slice(2));
