import type { OutputSchema } from '../descriptions.cts';

/** The fields of an output as a table, inner ones with their path. */
export function fieldsWithWords(schema: OutputSchema): string {
	return [
		'| Field | Type | Description |',
		'| --- | --- | --- |',
		...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
			rows(key, inner, schema.required?.includes(key) === true),
		),
	].join('\n');
}

function rows(path: string, schema: OutputSchema, always: boolean): string[] {
	const { description = '', properties, items, required = [] } = schema;
	const values = schema.enum
		? ` One of: ${schema.enum.map((value) => `\`${value}\``).join(', ')}.`
		: '';
	const stop = description === '' || values === '' || description.endsWith('.') ? '' : '.';
	const words = `${description}${stop}${values}`;
	const name = always ? `\`${path}\`` : `\`${path}\` (may be absent)`;
	const own = `| ${name} | ${[schema.type].flat().join(' or ')} | ${words.trim()} |`;
	const inside = Object.entries(properties ?? {}).flatMap(([key, inner]) =>
		rows(`${path}.${key}`, inner, required.includes(key)),
	);
	const entries = items?.properties
		? Object.entries(items.properties).flatMap(([key, inner]) =>
				rows(`${path}[].${key}`, inner, items.required?.includes(key) === true),
			)
		: [];
	return [own, ...inside, ...entries];
}
