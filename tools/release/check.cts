/** Whether version, changelog and tag belong together: `tsx tools/release/check.cts [tag]`. */
import { faultsHere } from './faults.cts';

const faults = faultsHere(process.argv[2]);
console.log(faults.length === 0 ? 'Version, changelog and tag belong together' : faults.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
