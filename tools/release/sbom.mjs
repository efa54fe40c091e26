/**
 * Prints the package's bill of materials (CycloneDX 1.5, JSON): itself and every library that is
 * bundled into it, as the built `dist/THIRD-PARTY-LICENSES.txt` has them. It installs no others.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const SEPARATOR = `\n${'-'.repeat(80)}\n\n`;

const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function component(type, name, version) {
	return { type, 'bom-ref': purl(name, version), name, version, purl: purl(name, version) };
}

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const licenses = await readFile(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
const bundled = licenses.split(SEPARATOR).map((text) => {
	const [, name = '', version = ''] = /^(\S+) (\S+)\n/.exec(text) ?? [];
	return { ...component('library', name, version), scope: 'required' };
});
const own = component('library', manifest.name, manifest.version);
const bom = {
	bomFormat: 'CycloneDX',
	specVersion: '1.5',
	version: 1,
	metadata: { component: { ...own, licenses: [{ license: { id: manifest.license } }] } },
	components: bundled,
	dependencies: [{ ref: own['bom-ref'], dependsOn: bundled.map((one) => one['bom-ref']) }],
};
console.log(JSON.stringify(bom, null, '\t'));
