import { readNodes } from '../../../tools/descriptions.cts';

/** Every node with each of its operations: `nemoVideoCredits`, or `nemoVideoExport cancel`. */
export function everyOperation(): string[] {
	return readNodes().flatMap(({ description: { name, properties } }) => {
		const choice = properties.find((property) => property.name === 'operation');
		return (choice?.options ?? [{}]).map((option) => {
			const value = 'value' in option ? String(option.value) : '';
			return `${name} ${value}`.trim();
		});
	});
}
