import type { ICredentialType, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { readCredentials, readNodes, readSchemas, type NodeSource } from '../descriptions.cts';
import { fieldsWithWords } from './fields.cts';

/** Text inside a cell: one line, no bars that would end the cell. */
export function cell(text: string): string {
	return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

/** Where on GitHub's page a heading is found. */
export function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replaceAll(' ', '-');
}

/** All nodes with one line each. */
export function nodeList(): string {
	const rows = readNodes().map(({ description: { displayName, description } }) => {
		return `| [${displayName}](docs/nodes.md#${anchor(displayName)}) | ${cell(description)} |`;
	});
	return ['| Node | What it does |', '| --- | --- |', ...rows].join('\n');
}

/** Every node with its parameters, options and output. */
export function nodeReference(): string {
	return readNodes().map(nodeSection).join('\n\n');
}

/** Without those that stand in another's place where the node is an agent's tool. */
const mainParameters = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties.filter(
		({ type, displayOptions }) => type !== 'collection' && !displayOptions?.show?.['@tool'],
	);

const optionsIn = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => (property.type === 'collection' ? propertiesIn(property) : []));

function nodeSection(node: NodeSource): string {
	const { displayName, description, properties } = node.description;
	const main = mainParameters(properties);
	return [
		`## ${displayName}`,
		`${description}.`,
		...(main.length > 0 ? ['### Parameters', parameterTable(main, properties)] : []),
		'### Options',
		parameterTable(optionsIn(properties), properties),
		...readSchemas(node).flatMap(({ operation, schema }) => {
			const name = operation === undefined ? '' : ` of ${choiceName(properties, operation)}`;
			return [`### Output${name}`, fieldsWithWords(schema)];
		}),
	].join('\n\n');
}

/** The fields of the credential. */
export function credentialTable(): string {
	return readCredentials()
		.map(({ properties }: ICredentialType) =>
			parameterTable(
				properties.filter(({ type }) => type !== 'hidden' && type !== 'notice'),
				properties,
			),
		)
		.join('\n\n');
}

function propertiesIn({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'type' in option);
}

function choicesIn({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

function parameterTable(rows: readonly INodeProperties[], all: readonly INodeProperties[]): string {
	const lines = rows.map((property) => {
		const { displayName, name } = property;
		const words = [property.description, property.hint, choices(property), shownFor(property, all)];
		return `| ${displayName} | \`${name}\` | ${fallback(property)} | ${cell(sentences(words))} |`;
	});
	return [
		'| Parameter | Name | Default | Description |',
		'| --- | --- | --- | --- |',
		...lines,
	].join('\n');
}

function fallback(property: INodeProperties): string {
	if (property.default === '') return '';
	const choice = choicesIn(property).find(({ value }) => value === property.default);
	return choice ? choice.name : `\`${String(property.default)}\``;
}

function choices(property: INodeProperties): string {
	const all = choicesIn(property);
	if (all.length === 0) return '';
	// A long list of plain names needs no explanation of each.
	const brief = all.every(({ description }) => description === undefined) || all.length > 8;
	if (brief) return `One of: ${all.map(({ name, value }) => `${name} (\`${value}\`)`).join(', ')}`;
	return all
		.map(
			({ name, value, description }) =>
				`**${name}** (\`${value}\`)${description ? `: ${description.replace(/\.$/, '')}` : ''}`,
		)
		.join('. ');
}

function shownFor(
	{ name, displayOptions }: INodeProperties,
	all: readonly INodeProperties[],
): string {
	const conditions = Object.entries(displayOptions?.show ?? {}).flatMap(([key, values = []]) => {
		// A slash leads from an option to a parameter of the node.
		const other = all.find((property) => property.name === key.replace(/^\//, ''));
		if (!other || !Array.isArray(values)) return [];
		const names = values.map((value) => {
			if (typeof value === 'boolean') return value ? 'on' : 'off';
			return choicesIn(other).find((choice) => choice.value === value)?.name ?? String(value);
		});
		return [`${other.displayName}: ${names.join(', ')}`];
	});
	const shown = conditions.length === 0 ? '' : `Shown for ${conditions.join('; ')}`;
	const isReplaced = all.filter((property) => property.name === name).length > 1;
	const noTool = displayOptions?.hide?.['@tool'] && !isReplaced ? 'Not for tools of agents' : '';
	return sentences([shown, noTool]);
}

function choiceName(properties: readonly INodeProperties[], operation: string): string {
	const choice = properties.find(({ name }) => name === 'operation');
	return choice ? (choicesIn(choice).find(({ value }) => value === operation)?.name ?? '') : '';
}

function sentences(texts: ReadonlyArray<string | undefined>): string {
	return texts
		.filter((text) => text !== undefined && text !== '')
		.map((text) => (/[.!?]$/.test(text ?? '') ? text : `${text}.`))
		.join(' ');
}
