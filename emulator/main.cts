import { optionsFrom } from './commandLine.cts';
import { EMULATOR_TOKEN } from './options.cts';
import { startEmulator } from './server.cts';

const HELP = `npm run emulator -- [--option value]…

A NemoVideo backend on 127.0.0.1. Every option of emulator/options.cts can be given, for example
  --port 8799 --shapes seed --dialect flat|adk|mixed --renders canned|composite --seed 1
Lists and objects are given as JSON. emulator/README.md explains them.`;

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	if (args.includes('--help')) {
		console.log(HELP);
		return;
	}
	const emulator = await startEmulator(optionsFrom(args));
	console.log(`NemoVideo emulator: ${emulator.url}`);
	console.log(`Files (second origin): ${emulator.cdnUrl}`);
	console.log(`Token: ${EMULATOR_TOKEN}`);
	let leaving = false;
	const leave = (): void => {
		if (leaving) return;
		leaving = true;
		void emulator.close().then(() => process.exit(0));
	};
	process.on('SIGTERM', leave);
	process.on('SIGINT', leave);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
