import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { allExamples, PHOTO_FOLDER } from '../../../tools/demo/example.cts';
import { PLANS, wayInWords } from '../../../tools/demo/startPlan.cts';
import { setUp } from '../../e2e/batchExamples.cts';

const examples = allExamples();
const exampleOf = (name: string) => {
	const found = examples.get(`${name}.json`);
	if (found === undefined) throw new Error(`No example ${name}`);
	return structuredClone(found);
};
/** Credentials that nobody has on a machine of their own. */
const isForeign = (type: string): boolean => type !== 'nemoVideoApi';

describe('what npm start does with the examples', () => {
	it('has a plan for each of them, the easiest first', () => {
		const files = PLANS.map(({ example }) => `${example}.json`);
		expect([...files].sort()).toEqual([...examples.keys()].sort());
		expect(PLANS[0]).toMatchObject({ example: 'quick-edit', way: { by: 'press', times: 1 } });
		const kinds = PLANS.map(({ way }) => way.by === 'others');
		expect(kinds).toEqual([...kinds].sort());
	});

	it('says of each that needs an account which one, and asks for none elsewhere', () => {
		for (const { example, way } of PLANS) {
			const types = exampleOf(example).nodes.flatMap(({ credentials = {} }) =>
				Object.keys(credentials),
			);
			if (way.by !== 'others') expect(types.filter(isForeign)).toEqual([]);
			expect(wayInWords(way)).toMatch(/^(press|needs) /);
		}
	});

	it('gives every example that reads photos the folder in which they are', () => {
		const reading = PLANS.map(({ example }) => setUp(exampleOf(example), {})).flatMap(({ nodes }) =>
			nodes.filter(({ name }) => name === 'Photos'),
		);
		expect(reading.length).toBeGreaterThan(3);
		for (const { parameters } of reading) {
			const { folder, files } = JSON.parse(String(parameters.jsonOutput));
			expect(folder).toBe(PHOTO_FOLDER);
			for (const file of files) expect(existsSync(join(folder, file))).toBe(true);
		}
	});

	it('gives every example that works on a table one to work on', () => {
		for (const { example, way, table } of PLANS) {
			if (way.by === 'others') continue;
			const hasTable = exampleOf(example).nodes.some(({ type }) => type.endsWith('.dataTable'));
			expect({ example, hasTable }).toEqual({ example, hasTable: table !== undefined });
		}
	});
});
