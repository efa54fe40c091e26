import {
	changeOptions,
	completeOptions,
	DEFAULT_OPTIONS,
	EMULATOR_TOKEN,
	type EmulatorOptions,
} from './options.cts';
import { startEmulator } from './server.cts';

const HELP = `npm run emulator -- [--option value]…

A NemoVideo backend on 127.0.0.1. Every option of emulator/options.cts can be given, for example
  --port 8799 --shapes seed --dialect flat|adk|mixed --renders canned|composite --seed 1
Lists and objects are given as JSON. emulator/README.md explains them.`;

function valueOf(name: string, text: string): unknown {
	if (!(name in DEFAULT_OPTIONS)) throw new Error(`No such option: ${name}`);
	const normal: unknown = Reflect.get(DEFAULT_OPTIONS, name);
	if (name === 'retryAfter') return text === 'none' || text === 'date' ? text : Number(text);
	if (name === 'shapes' && text.startsWith('{')) return JSON.parse(text);
	if (typeof normal === 'string') return text;
	if (typeof normal === 'boolean') return text === 'true';
	if (typeof normal === 'number') {
		const number = Number(text);
		if (!Number.isFinite(number)) throw new Error(`--${name} takes a number`);
		return number;
	}
	return JSON.parse(text);
}

/** Reads `--name value`, `--name=value` and `--name` (for true). */
function optionsFrom(args: string[]): Partial<EmulatorOptions> {
	const options = completeOptions();
	for (let index = 0; index < args.length; index++) {
		const [, kebab, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(args[index] ?? '') ?? [];
		if (kebab === undefined) throw new Error(`Not an option: ${args[index]}`);
		const name = kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
		const next = args[index + 1];
		const follows = next !== undefined && !next.startsWith('--');
		if (inline === undefined && follows) index += 1;
		const text = inline ?? (follows ? next : 'true');
		changeOptions(options, { [name]: valueOf(name, text) });
	}
	return options;
}

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
