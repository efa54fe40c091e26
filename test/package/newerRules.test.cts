import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCredentials, readNodes, ROOT } from '../../tools/descriptions.cts';
import { allProperties, choiceLists } from '../../tools/words/strings.cts';

/**
 * Rules of n8n's lint plugin that are newer than the version on npm that we lint with. Their facts
 * are from n8n's documentation of November 2026; docs/verification.md tells of all rules.
 */

/** Of n8n's node creator. */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];
const MAX_HINT_CHARACTERS = 120;
const MIN_ICON_CONTRAST = 1.5;
/** Backgrounds of n8n's node creator, where icons stand smallest. */
const BACKGROUNDS = { light: '#ffffff', dark: '#2d2e2e' };

const codexFiles = readdirSync(join(ROOT, 'nodes')).map((folder) => ({
	folder,
	codex: JSON.parse(readFileSync(join(ROOT, 'nodes', folder, `${folder}.node.json`), 'utf8')) as {
		categories: string[];
		subcategories?: unknown;
		alias: string[];
	},
}));

describe('n8n’s newer rules', () => {
	it('finds every node in a category that n8n has, without subcategories', () => {
		expect(codexFiles.length).toBe(readNodes().length);
		for (const { codex } of codexFiles) {
			expect(CATEGORIES).toEqual(expect.arrayContaining(codex.categories));
			expect(codex).not.toHaveProperty('subcategories');
		}
	});

	it('keeps hints short enough to stand under a field', () => {
		const long = allProperties().filter(
			({ property }) => (property.hint ?? '').length > MAX_HINT_CHARACTERS,
		);
		expect(long.map(({ place }) => place)).toEqual([]);
	});

	it('lists every choice once, without asterisks', () => {
		const lists = choiceLists();
		expect(lists.length).toBeGreaterThan(10);
		const wrong = lists.filter(
			({ names }) => new Set(names).size < names.length || names.some((name) => name.includes('*')),
		);
		expect(wrong).toEqual([]);
	});

	it('asks each node for one credential, always the same', () => {
		const asked = readNodes().map(({ description }) =>
			(description.credentials ?? []).map(({ name }) => name),
		);
		const [credential] = readCredentials();
		expect(readCredentials()).toHaveLength(1);
		expect(asked).toEqual(asked.map(() => [credential?.name]));
	});

	it('shows icons that stand out from a light and from a dark background', () => {
		const icons = [...readNodes().map(({ description }) => description), ...readCredentials()]
			.map(({ icon }) => icon)
			.filter((icon): icon is { light: `file:${string}.svg`; dark: `file:${string}.svg` } =>
				Boolean(icon && typeof icon === 'object'),
			);
		expect(icons).toHaveLength(readNodes().length + 1);
		for (const theme of ['light', 'dark'] as const) {
			for (const icon of icons) {
				const fill = backgroundOf(icon[theme].replace('file:', ''));
				expect(contrast(fill, BACKGROUNDS[theme])).toBeGreaterThanOrEqual(MIN_ICON_CONTRAST);
			}
		}
	});
});

/** The color of an icon's first shape, which fills it. */
function backgroundOf(file: string): string {
	const folders = [
		...readdirSync(join(ROOT, 'nodes')).map((name) => `nodes/${name}`),
		'credentials',
	];
	const folder = folders.find((one) =>
		readdirSync(join(ROOT, one)).includes(file.split('/').at(-1) ?? ''),
	);
	const svg = readFileSync(join(ROOT, folder ?? '', file.split('/').at(-1) ?? ''), 'utf8');
	return /fill="(#[\da-f]{6})"/i.exec(svg)?.[1] ?? '';
}

/** By WCAG: from 1, no contrast, to 21. */
function contrast(one: string, other: string): number {
	const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [
		number,
		number,
	];
	return (bright + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
