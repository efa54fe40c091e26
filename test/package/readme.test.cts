import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCredentials, readNodes, ROOT } from '../../tools/descriptions.cts';
import { MEANINGS, wordsOf } from '../../tools/docs/failures.cts';
import { anchor } from '../../tools/docs/nodes.cts';
import { keptPictures, shownPictures } from '../e2e/ui/album.cts';
import { DOCUMENTS as MADE, withParts } from '../../tools/docs/parts.cts';

const pages = (folder: string): string[] =>
	readdirSync(join(ROOT, folder))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `${folder}/${file}`);
const DOCUMENTS = [
	'README.md',
	'CONTRIBUTING.md',
	'CHANGELOG.md',
	...pages('docs'),
	...pages('docs/decisions'),
	...pages('docs/recipes'),
];
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const withoutCode = (text: string): string => text.replace(/```[\s\S]*?```/g, '');

function anchorsIn(file: string): string[] {
	return [...withoutCode(read(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		anchor(heading),
	);
}

describe('the documents', () => {
	const README = MADE['README.md'] ?? {};

	it.each(Object.entries(MADE))('say what the sources say (npm run docs): %s', (file, parts) => {
		expect(withParts(read(file), parts)).toBe(read(file));
	});

	it('drift when a description changes, and then the check tells', () => {
		const [node] = readNodes();
		const name = node?.description.displayName ?? '';
		const old = read('README.md').replaceAll(name, 'Another Name');
		expect(withParts(old, README)).not.toBe(old);
	});

	it('refuse markers that fit no part', () => {
		const text = read('README.md').replace('<!-- begin nodes -->', '<!-- begin ndoes -->');
		expect(() => withParts(text, README)).toThrow(/ndoes.*nodes/);
	});
});

describe('what the error table says', () => {
	it.each(Object.entries(MEANINGS))('of %s is what its numbers become', (kind, { numbers }) => {
		const known = [...numbers.matchAll(/\b\d{3,4}\b/g)].map(([number]) => Number(number));
		// 400 of the trial endpoint is told apart from 400 elsewhere by the endpoint.
		for (const number of numbers.includes('trial') ? [] : known) {
			expect({ number, kind: wordsOf(number).kind }).toEqual({ number, kind });
		}
	});
});

describe.each(DOCUMENTS)('%s', (document) => {
	const text = withoutCode(read(document));

	it('links only to files and headings that are there', () => {
		const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
		const broken = links.filter((link) => {
			if (/^https?:/.test(link)) return false;
			const [file = '', heading] = link.split('#');
			const target = file === '' ? document : join(dirname(document), file);
			if (!existsSync(join(ROOT, target))) return true;
			return heading !== undefined && !anchorsIn(target).includes(heading);
		});
		expect(broken).toEqual([]);
	});

	it('ends every sentence with one full stop', () => {
		expect(text.match(/.{0,40}\w\.\.(?!\.).{0,20}/g) ?? []).toEqual([]);
	});

	it('names only commands that package.json has', () => {
		const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
		const commands = [...read(document).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
		expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
	});
});

describe('README', () => {
	it('is read in a few minutes: at most 250 lines and 12 kB', () => {
		expect(read('README.md').split('\n').length).toBeLessThanOrEqual(250);
		expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(12_000);
	});

	it('leads to every page of docs', () => {
		const linked = read('README.md');
		const silent = [...pages('docs'), ...pages('docs/recipes'), 'docs/decisions/README.md'].filter(
			(page) => !linked.includes(`](${page}`) && !ELSEWHERE.includes(page),
		);
		expect(silent).toEqual([]);
	});
});

/** For developers: CONTRIBUTING leads there. */
const ELSEWHERE = ['docs/mutation-tests.md'];

describe('CONTRIBUTING', () => {
	it('names every command there is', () => {
		const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
		const text = read('CONTRIBUTING.md');
		const named = (name: string) => new RegExp(`\\bnpm (?:run )?${name}\\b`).test(text);
		const silent = Object.keys(scripts).filter((name) => name !== 'prepublishOnly' && !named(name));
		expect(silent).toEqual([]);
	});

	it('answers at least ten questions by files that are there', () => {
		const [, table = ''] = /### Where is …\?\n([\s\S]*?)\n###/.exec(read('CONTRIBUTING.md')) ?? [];
		const paths = [...table.matchAll(/`([\w/.]+\.c?ts)`/g)].map(([, path = '']) => path);
		const questions = table.match(/^\| W.*\? +\|/gm) ?? [];
		expect(questions.length).toBeGreaterThanOrEqual(10);
		expect(paths.length).toBeGreaterThanOrEqual(questions.length);
		expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});
});

describe('the pictures of the documents', () => {
	it('are those of the last npm run e2e:ui -- --record, and no others lie about', async () => {
		expect(await keptPictures()).toEqual(shownPictures());
	});

	it('take less than 3 MB together', async () => {
		const files = (await keptPictures()).map((name) => join(ROOT, 'docs/images', `${name}.png`));
		const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
		expect(bytes).toBeGreaterThan(0);
		expect(bytes).toBeLessThan(3_000_000);
	});
});

describe('n8n’s links to the documentation', () => {
	const BASE = 'https://github.com/nemovideo/n8n-nodes-nemovideo/blob/main/';
	const anchors = anchorsIn('docs/nodes.md');

	it.each(readNodes().map(({ description, folder }) => [description.displayName, folder]))(
		'of %s lead to its heading, with words to search by',
		(displayName, folder) => {
			const file = join(folder, `${folder.split('/').pop()}.node.json`);
			const codex: {
				node: string;
				categories: string[];
				alias: string[];
				resources: Record<string, Array<{ url: string }>>;
			} = JSON.parse(readFileSync(file, 'utf8'));
			const { primaryDocumentation = [], credentialDocumentation = [] } = codex.resources;
			expect(primaryDocumentation).toEqual([
				{ url: `${BASE}docs/nodes.md#${anchor(displayName)}` },
			]);
			expect(anchors).toContain(anchor(displayName));
			expect(credentialDocumentation).toEqual([{ url: `${BASE}docs/credential.md` }]);
			expect(codex.alias).toEqual(expect.arrayContaining(['nemo', 'video']));
			expect(codex.categories).not.toEqual([]);
			expect(codex.node).toBe(
				`n8n-nodes-nemovideo.${displayName.replaceAll(' ', '').replace(/^./, (first) => first.toLowerCase())}`,
			);
		},
	);

	it('of the credential lead to its page', () => {
		for (const { documentationUrl } of readCredentials()) {
			expect(documentationUrl).toBe(`${BASE}docs/credential.md`);
		}
		expect(existsSync(join(ROOT, 'docs/credential.md'))).toBe(true);
	});
});
