import type { Sightings } from './recorder.cts';

/** Where NemoVideo and the emulator differ, in lines to read. */
export interface Differences {
	/** NemoVideo sends it, no variant of the emulator does. */
	unknown: string[];
	/** Every variant of the emulator sends it, NemoVideo did not. */
	missing: string[];
}

const without = (types: readonly string[], known: readonly string[]): string[] =>
	types.filter((type) => !known.includes(type));

/**
 * @param live what NemoVideo sent
 * @param variants what the emulator sent in the same walk, in each of its forms
 */
export function compare(live: Sightings, variants: readonly Sightings[]): Differences {
	const unknown: string[] = [];
	for (const [endpoint, { shape, contentTypes }] of Object.entries(live)) {
		const known = variants.flatMap((variant) => variant[endpoint] ?? []);
		if (known.length === 0) {
			unknown.push(`${endpoint}: the emulator gives no such answer`);
			continue;
		}
		const newTypes = without(
			contentTypes,
			known.flatMap((seen) => seen.contentTypes),
		);
		if (newTypes.length > 0) unknown.push(`${endpoint}: content type ${newTypes.join(', ')}`);
		for (const [path, types] of Object.entries(shape)) {
			const there = known.flatMap((seen) => seen.shape[path] ?? []);
			const more = without(types, there);
			if (more.length > 0) unknown.push(`${endpoint}: ${path || 'answer'} is ${more.join(' or ')}`);
		}
	}
	return { unknown, missing: missingFrom(live, variants) };
}

function missingFrom(live: Sightings, variants: readonly Sightings[]): string[] {
	const [first, ...others] = variants;
	if (first === undefined) return [];
	return Object.entries(first).flatMap(([endpoint, { shape }]) => {
		const seen = live[endpoint];
		const always = others.every((variant) => endpoint in variant);
		if (seen === undefined) return always ? [`${endpoint}: never answered so`] : [];
		return Object.keys(shape)
			.filter((path) => !(path in seen.shape))
			.filter((path) => others.every((variant) => path in (variant[endpoint]?.shape ?? {})))
			.map((path) => `${endpoint}: ${path || 'answer'}`);
	});
}
