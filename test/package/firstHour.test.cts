import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCredentials, readNodes, ROOT } from '../../tools/descriptions.cts';
import { allExamples } from '../../tools/demo/example.cts';

/** What somebody meets who tries the package for the first time, in documents and in the editor. */

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const README = read('README.md');

/** Aliases of a node, for the search in the editor. */
const aliasesOf = (folder: string): string[] =>
	JSON.parse(read(`nodes/${folder}/${folder}.node.json`)).alias;

const notes = [...allExamples()].flatMap(([file, { nodes }]) =>
	nodes
		.filter(({ type }) => type.endsWith('.stickyNote'))
		.map(({ parameters }) => ({ file, text: String(parameters.content) })),
);

describe('README', () => {
	it('shows a film first, then what it costs, then how to install', () => {
		const places = ['docs/film.jpg', '## What a video costs', '## Install', '## Quick start'];
		const found = places.map((place) => README.indexOf(place));
		expect(found).not.toContain(-1);
		expect([...found].sort((a, b) => a - b)).toEqual(found);
	});

	it('says what a video costs, with where that is known from', () => {
		const [, costs = ''] = /## What a video costs\n([\s\S]*?)\n## /.exec(README) ?? [];
		expect(costs).toMatch(/about 100 credits/);
		expect(costs).toMatch(/free trial includes 100 credits .* about one video/);
		expect(costs).toMatch(/Exporting, uploading and reading are free/);
		expect(costs).toMatch(/\]\(https:/);
	});

	it('is short enough to be read: at most 12 kB', () => {
		expect(Buffer.byteLength(README)).toBeLessThan(12_000);
	});

	it('needs neither a clone nor a compiler for the first film', () => {
		const [, install = ''] = /## Install\n([\s\S]*?)\n## /.exec(README) ?? [];
		expect(install.indexOf('In the editor')).toBeLessThan(install.indexOf('From this repository'));
		expect(install).not.toMatch(/compiler|Python/);
	});

	it('says of the demo’s film that an emulated NemoVideo made it', () => {
		expect(README).toMatch(/emulated NemoVideo puts the example's five photos/);
	});
});

describe('the search in the editor', () => {
	it.each(['tiktok', 'reels', 'social media', '视频', 'promo', 'slideshow'])(
		'finds Create Video by %s',
		(word) => {
			expect(aliasesOf('NemoVideoCreateVideo')).toContain(word);
		},
	);

	it('finds the node that reads them by subtitles', () => {
		expect(aliasesOf('NemoVideoState')).toContain('subtitles');
	});
});

describe('the panel of Create Video', () => {
	const properties =
		readNodes().find(({ description }) => description.name === 'nemoVideoCreateVideo')?.description
			.properties ?? [];

	it('takes files whatever their field is called, and the prompt alone where there are none', () => {
		const defaults = new Map(properties.map(({ name, default: value }) => [name, value]));
		expect(defaults.get('source')).toBe('auto');
		expect(defaults.get('binaryPropertyName')).toBe('*');
	});

	it('has fields for what people look for: length, music, voice-over, captions', () => {
		const options = properties.find(({ name }) => name === 'options')?.options ?? [];
		expect(options.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['durationSeconds', 'music', 'voiceOver', 'captions']),
		);
	});
});

describe('the credential', () => {
	it('has its technical fields last, under a notice, and says where a token comes from', () => {
		const [{ properties = [] } = {}] = readCredentials();
		const names = properties.map(({ name }) => name);
		const after = names.slice(names.indexOf('advancedNotice') + 1);
		expect(after).toEqual(['baseUrl', 'webUrl', 'skillSource', 'skillVersion', 'skillPlatform']);
		expect(properties.find(({ name }) => name === 'token')?.hint).toMatch(/Settings, API Tokens/);
	});
});

describe('the documents', () => {
	it('tell that a chat gives subtitles', () => {
		expect(read('docs/chat.md')).toMatch(/subtitles .*SRT or VTT/);
	});
});

describe('the notes in the examples', () => {
	it('stand in every example', () => {
		expect(new Set(notes.map(({ file }) => file)).size).toBe(allExamples().size);
	});

	it('run no two sentences together', () => {
		const together = notes.filter(({ text }) => /[a-z]' is empty [A-Z]/.test(text));
		expect(together).toEqual([]);
	});
});
