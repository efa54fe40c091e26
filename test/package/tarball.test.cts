import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { report } from '../report.cts';
import { runInside, unpackAlone, type PackedPackage } from './packed.cts';

const MAX_BYTES = 300_000;

/** What may be published; anything else got in by mistake. */
const PUBLISHED = [
	/^package\.json$/,
	/^(README|LICENSE|CHANGELOG)(\.md)?$/,
	/^index\.js$/,
	/^dist\/THIRD-PARTY-LICENSES\.txt$/,
	/^dist\/src\/[\w/]+\.js$/,
	/^dist\/credentials\/\w+\.credentials\.js$/,
	/^dist\/credentials\/[\w./-]+\.(svg|png)$/,
	/^dist\/nodes\/\w+\/\w+\.node\.(js|json)$/,
	/^dist\/nodes\/\w+\/\w+\.js$/,
	/^dist\/nodes\/[\w./-]+\.(svg|png)$/,
	/^dist\/nodes\/\w+\/__schema__\/v[\d.]+(\/\w+)*\.json$/,
];

/** `dist/nodes/X/NemoVideoUpload.node.js` -> `nemoVideoUpload` */
function nodeName(file: string): string {
	const base = basename(file, '.node.js');
	return `${base.charAt(0).toLowerCase()}${base.slice(1)}`;
}

describe('the packed package', () => {
	let packed: PackedPackage;

	beforeAll(() => {
		packed = unpackAlone();
	}, 60_000);

	afterAll(() => {
		rmSync(packed.home, { recursive: true, force: true });
	});

	it('is at most 300 kB', () => {
		report('packed tarball', `${(packed.sizeBytes / 1000).toFixed(1)} kB of 300 kB`);
		expect(packed.sizeBytes).toBeGreaterThan(0);
		expect(packed.sizeBytes).toBeLessThanOrEqual(MAX_BYTES);
	});

	it('holds nothing but what is meant for people', () => {
		const strangers = packed.files.filter((file) => !PUBLISHED.some((known) => known.test(file)));
		expect(strangers).toEqual([]);
	});

	it('brings every node with its codex, and the licences of bundled code', () => {
		const { nodes, credentials } = packed.manifest.n8n;
		const codexes = nodes.map((file) => file.replace(/\.js$/, '.json'));
		const wanted = [...nodes, ...codexes, ...credentials, 'dist/THIRD-PARTY-LICENSES.txt'];
		expect(wanted.filter((file) => !packed.files.includes(file))).toEqual([]);
	});

	it('names no host, path or folder of the machine that built it', () => {
		const found = runInside(
			packed,
			`const { readFileSync } = await import('node:fs');
			const files = ${JSON.stringify(packed.files)};
			const root = ${JSON.stringify(join(__dirname, '..', '..'))};
			const folder = ${JSON.stringify(packed.folder)};
			answer(files.filter((file) => readFileSync(folder + '/' + file, 'utf8').includes(root)));`,
		);
		expect(found).toEqual([]);
	});

	it('finds no other package beside it in this test', () => {
		const found = runInside(
			packed,
			`const resolves = (name) => { try { return require.resolve(name) !== ''; } catch { return false; } };
			answer(['n8n-workflow', 'valibot', 'uuid', 'eventsource-parser', 'lossless-json'].filter(resolves));`,
		);
		expect(found).toEqual(['n8n-workflow']);
	});

	it('tells languages in Latin letters as the whole detection library does', () => {
		const different = runInside(
			packed,
			`const { franc } = await import(${JSON.stringify(join(__dirname, '../../node_modules/franc-min/index.js'))});
			const { LATIN_LANGUAGES } = require('./dist/src/text/latinLanguages.js');
			const only = Object.keys(LATIN_LANGUAGES);
			const { franc: packed } = require('./dist/src/vendor.js');
			const { repliesIn } = require('./dist/src/flows/assistant/messages/messages.js');
			const replies = ['en', 'fr', 'de', 'pt', 'es'].flatMap((code) => Object.values(repliesIn(code)));
			const lines = replies.filter((one) => typeof one === 'string').flatMap((one) => one.split('\\n'));
			const latin = lines.filter((line) => !/(?!\\p{Script=Latin})\\p{L}/u.test(line));
			if (latin.length < 50) throw new Error('There are no replies');
			answer(latin.filter((line) => packed(line, { only }) !== franc(line, { only })));`,
		);
		expect(different).toEqual([]);
	});

	it('loads every node and the credential in a bare Node process', () => {
		const loaded = runInside(
			packed,
			`const load = (file) => new (require('./' + file)[file.split('/').pop().split('.')[0]])();
			answer({
				nodes: manifest.n8n.nodes.map((file) => load(file).description.name),
				credentials: manifest.n8n.credentials.map((file) => load(file).name),
			});`,
		);
		expect(loaded).toEqual({
			nodes: packed.manifest.n8n.nodes.map(nodeName),
			credentials: ['nemoVideoApi'],
		});
	});

	it("loads through n8n's own loader, icons and codex included", () => {
		const loaded = runInside(
			packed,
			`const core = await import('node:module').then(({ createRequire }) =>
				createRequire(${JSON.stringify(__filename)})('n8n-core'));
			const loader = new core.PackageDirectoryLoader(${JSON.stringify(packed.folder)});
			await loader.loadAll();
			const nodes = loader.types.nodes.filter(({ name }) => !name.endsWith('Tool'));
			const urls = ({ iconUrl }) => (iconUrl?.light ? [iconUrl.light, iconUrl.dark] : [iconUrl]);
			answer({
				names: nodes.map(({ name }) => name),
				icons: [...nodes, ...loader.types.credentials].flatMap(urls),
				withoutCodex: nodes.filter(({ codex }) => !codex?.categories).map(({ name }) => name),
				credentials: loader.types.credentials.map(({ name }) => name),
			});`,
		);
		expect(loaded).toMatchObject({
			names: packed.manifest.n8n.nodes.map(nodeName),
			withoutCodex: [],
			credentials: ['nemoVideoApi'],
		});
		const icons = new Set((loaded as { icons: Array<string | null> }).icons);
		const files = packed.files.map((file) => `icons/${packed.manifest.name}/${file}`);
		expect([...icons].filter((icon) => icon === null || !files.includes(icon))).toEqual([]);
	});
});
