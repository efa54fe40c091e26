import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../descriptions.cts';

export interface Release {
	/** In package.json. */
	version: string;
	/** In package-lock.json. */
	lockVersion: string;
	/** In src/n8n/version.ts, which the published code reads. */
	sourceVersion: string;
	changelog: string;
	/** Of a release under way; without it, the version is still being prepared. */
	tag?: string;
}

/** @returns what does not fit together, one sentence each */
export function releaseFaults(release: Release): string[] {
	const { version, lockVersion, sourceVersion, changelog, tag } = release;
	const headings = [...changelog.matchAll(/^## \[([^\]]+)\](.*)$/gm)];
	const [first] = headings;
	const [, newest = 'none', date = ''] = headings.find(([, name]) => name !== 'Unreleased') ?? [];
	const rules: Array<[boolean, string]> = [
		[/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version), `'${version}' is no version`],
		[
			lockVersion === version,
			`package-lock.json has version ${lockVersion}, package.json ${version}`,
		],
		[
			sourceVersion === version,
			`src/n8n/version.ts has version ${sourceVersion}, package.json ${version}`,
		],
		[first?.[1] === 'Unreleased', 'CHANGELOG.md does not begin with a section [Unreleased]'],
		[newest === version, `CHANGELOG.md ends at ${newest}, package.json has ${version}`],
		[tag === undefined || tag === version, `The tag is ${tag}, the version ${version}`],
		[
			tag === undefined || /^ - \d{4}-\d{2}-\d{2}$/.test(date),
			`CHANGELOG.md lacks the date of ${version}: ## [${version}] - YYYY-MM-DD`,
		],
	];
	return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}

/** The faults of this repository. */
export function faultsHere(tag?: string): string[] {
	const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
	const { version }: { version: string } = JSON.parse(read('package.json'));
	const lock: { version: string } = JSON.parse(read('package-lock.json'));
	const [, sourceVersion = 'none'] = /= '([^']+)'/.exec(read('src/n8n/version.ts')) ?? [];
	return releaseFaults({
		version,
		sourceVersion,
		lockVersion: lock.version,
		changelog: read('CHANGELOG.md'),
		tag,
	});
}
