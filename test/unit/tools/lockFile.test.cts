import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

interface LockFile {
	packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>;
}

describe.each(['package-lock.json', 'tools/scan/package-lock.json'])('%s', (file) => {
	const { packages }: LockFile = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

	it('names the packages of every platform, or npm ci would refuse it in a fresh clone', () => {
		const paths = Object.keys(packages);
		const optional = Object.values(packages).flatMap(({ optionalDependencies }) =>
			Object.keys(optionalDependencies ?? {}),
		);
		const missing = optional.filter(
			(name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)),
		);
		expect(missing).toEqual([]);
	});

	it('holds no download address, so that any registry can serve it', () => {
		const fixed = Object.values(packages).filter(({ resolved }) => resolved !== undefined);
		expect(fixed).toEqual([]);
	});
});
