import type { INodeProperties } from 'n8n-workflow';
import { readCredentials, readNodes } from '../descriptions.cts';

export type Role = 'title' | 'description' | 'boolean' | 'placeholder' | 'action';

/** A text of the editor, with the place it stands in. */
export interface Shown {
	place: string;
	role: Role;
	text: string;
}

export interface Choices {
	place: string;
	names: string[];
}

/** Every text that the nodes' and the credential's panels show. */
export function shownStrings(): Shown[] {
	const nodes = readNodes().flatMap(({ description }): Shown[] => {
		const { name, displayName, defaults } = description;
		return [
			{ place: name, role: 'title', text: displayName },
			{ place: name, role: 'title', text: String(defaults.name) },
			{ place: name, role: 'description', text: description.description },
			...subtitleParts(description.subtitle ?? '').map((text): Shown => {
				return { place: `${name}.subtitle`, role: 'title', text };
			}),
			...everyProperty(description.properties, name).flatMap(stringsOf),
		];
	});
	const credentials = readCredentials().flatMap(({ name, displayName, properties }): Shown[] => [
		{ place: name, role: 'title', text: displayName },
		...everyProperty(properties, name).flatMap(stringsOf),
	]);
	return [...nodes, ...credentials];
}

/** What a subtitle says by itself: all of it, or the texts in its expression. */
function subtitleParts(subtitle: string): string[] {
	if (!subtitle.startsWith('=')) return [subtitle];
	const shown = subtitle.replace(/\[\s*"\w+"\s*\]|[=!]==?\s*"[^"]*"/g, '');
	return [...shown.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text.trim());
}

/** Every parameter and option with its path. */
export function everyProperty(
	properties: readonly INodeProperties[],
	path: string,
): Array<{ place: string; property: INodeProperties }> {
	return properties.flatMap((property) => {
		const place = `${path}.${property.name}`;
		const inner = (property.options ?? []).filter(
			(option): option is INodeProperties => 'type' in option,
		);
		return [{ place, property }, ...everyProperty(inner, place)];
	});
}

/** All parameters of nodes and credential. */
export function allProperties(): Array<{ place: string; property: INodeProperties }> {
	return [
		...readNodes().flatMap(({ description: { name, properties } }) =>
			everyProperty(properties, name),
		),
		...readCredentials().flatMap(({ name, properties }) => everyProperty(properties, name)),
	];
}

function stringsOf({ place, property }: { place: string; property: INodeProperties }): Shown[] {
	const { displayName, description, hint, placeholder, type, options = [] } = property;
	// What a notice shows is its name: a sentence.
	const role = type === 'notice' ? 'description' : 'title';
	const found: Shown[] = [{ place, role, text: displayName }];
	const add = (role: Role, text: string | undefined): void => {
		if (text !== undefined) found.push({ place, role, text });
	};
	add('description', description);
	add('description', hint);
	if (type === 'boolean') add('boolean', description ?? '');
	if (type !== 'collection') add('placeholder', placeholder);
	for (const option of options) {
		if (!('value' in option)) continue;
		add('title', option.name);
		add('description', option.description);
		add('action', option.action);
	}
	return found;
}

/** Lists that n8n shows as they are: the options of a choice and of a collection. */
export function choiceLists(): Choices[] {
	return allProperties().flatMap(({ place, property: { options = [] } }) => {
		const names = options.map((option) =>
			'displayName' in option ? option.displayName : option.name,
		);
		return names.length > 1 ? [{ place, names }] : [];
	});
}
