import {
	changeOptions,
	completeOptions,
	DEFAULT_OPTIONS,
	type EmulatorOptions,
} from './options.cts';

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

/**
 * Reads `--name value`, `--name=value` and `--name` (for true); names may be written with dashes.
 *
 * @throws Error that names what is wrong
 */
export function optionsFrom(args: string[]): EmulatorOptions {
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
