import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, ROOT } from '../../tools/descriptions.cts';
import { faultsHere, releaseFaults } from '../../tools/release/faults.cts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('a release', () => {
	it('has one version in package, lock file and changelog', () => {
		expect(faultsHere()).toEqual([]);
	});

	it('goes through n8n’s release tool, which alone may publish', () => {
		const { scripts } = { ...readManifest(), ...JSON.parse(read('package.json')) };
		expect(scripts).toMatchObject({
			release: 'n8n-node release',
			prepublishOnly: 'n8n-node prerelease',
		});
	});

	it('is published by a workflow on its tag, with provenance, after the checks', () => {
		const workflow = read('.github/workflows/publish.yml').replace(/^\s*#.*$/gm, '');
		expect(workflow).toMatch(/push:\s+tags:/);
		expect(workflow).toMatch(/id-token: write/);
		const steps = [...workflow.matchAll(/(?:tools\/release\/check\.cts|npm (?:run )?[\w:]+)/g)];
		expect(steps.map(([step]) => step).filter((step) => !/cache|config/.test(step))).toEqual([
			'npm ci',
			'tools/release/check.cts',
			'npm test',
			'npm run scan',
			'npm run release',
		]);
	});

	it('is tried by the same script here and at GitHub', () => {
		expect(read('.github/workflows/ci.yml')).toMatch(/run: \.ci\/run$/m);
	});

	it('runs no action that somebody else can exchange', () => {
		const workflows = readdirSync(join(ROOT, '.github/workflows')).map((file) =>
			read(`.github/workflows/${file}`),
		);
		const uses = workflows.flatMap((text) => [...text.matchAll(/uses: (\S+)/g)]);
		expect(uses.length).toBeGreaterThan(5);
		const loose = uses.map(([, action = '']) => action).filter((one) => !/@[\da-f]{40}$/.test(one));
		expect(loose).toEqual([]);
	});

	it('comes with a bill of materials that names every bundled library', () => {
		const script = join(ROOT, 'tools/release/sbom.mjs');
		const bom = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }));
		const imported = [...read('src/vendor.ts').matchAll(/from '([^./'][^']*)'/g)].map(
			([, name = '']) =>
				name
					.split('/')
					.slice(0, name.startsWith('@') ? 2 : 1)
					.join('/'),
		);
		const named = bom.components.map(({ name }: { name: string }) => name);
		expect(imported.length).toBeGreaterThan(3);
		expect(named).toEqual(expect.arrayContaining(imported));
		for (const { version, purl } of bom.components)
			expect(purl).toMatch(new RegExp(`@${version}$`));
	});

	it('does not let the release tool write over the changelog', () => {
		expect(JSON.parse(read('.auto-changelog'))).toEqual({ output: 'output/auto-changelog.md' });
	});
});

describe('the check of a release', () => {
	const good = {
		version: '1.2.0',
		lockVersion: '1.2.0',
		sourceVersion: '1.2.0',
		changelog:
			'# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-30\n\n## [1.1.0] - 2026-01-01\n',
		tag: '1.2.0',
	};

	it('passes where everything fits', () => {
		expect(releaseFaults(good)).toEqual([]);
	});

	it.each([
		['a tag of another version', { tag: 'v1.2.0' }, /The tag is v1\.2\.0/],
		['a version without a section', { version: '1.3.0', lockVersion: '1.3.0' }, /ends at 1\.2\.0/],
		['a lock file left behind', { lockVersion: '1.1.0' }, /package-lock\.json has version 1\.1\.0/],
		[
			'a source left behind',
			{ sourceVersion: '1.1.0' },
			/src\/n8n\/version\.ts has version 1\.1\.0/,
		],
		[
			'a section without a date',
			{ changelog: good.changelog.replace(' - 2026-11-30', '') },
			/date/,
		],
		['no section for what comes next', { changelog: '## [1.2.0] - 2026-11-30\n' }, /Unreleased/],
		['a version that is none', { version: 'next' }, /'next' is no version/],
	])('finds %s', (_what, change, fault) => {
		expect(releaseFaults({ ...good, ...change }).join('\n')).toMatch(fault);
	});

	it('asks for no date before the release', () => {
		const changelog = '## [Unreleased]\n\n## [1.2.0]\n';
		expect(releaseFaults({ ...good, changelog, tag: undefined })).toEqual([]);
	});
});
