import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { report } from '../report.cts';
import { BAD_INPUTS, type BadInput } from './badInputRows.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RowSpec } from './support/testNodes.cts';
import { fullType } from './support/workflow.cts';

const SESSION = '5529798706024415232';
const PICTURE = { fileName: 'photo.png', mimeType: 'image/png', content: 'bytes' };

/** What each node needs to be right in everything else. */
const GOOD: Record<string, INodeParameters> = {
	nemoVideoCreateSession: {},
	nemoVideoUpload: { sessionId: SESSION },
	nemoVideoGenerate: { sessionId: SESSION, prompt: 'Turn the photos into a promo' },
	nemoVideoState: { sessionId: SESSION },
	nemoVideoCredits: {},
	nemoVideoCreateVideo: { prompt: 'Turn the photos into a promo' },
	nemoVideoExport: { sessionId: SESSION, renderId: 'render_1' },
};

const emulator = withEmulator();
let engine: Engine;

beforeAll(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

/** The row with its wrong value in its place. */
function parametersOf({ node, field, typed, missing, parameters }: BadInput): INodeParameters {
	const value = typed ?? (missing ? '={{ $json.missing }}' : '={{ $json.value }}');
	const [collection, inner] = field.split('.');
	return {
		...GOOD[node],
		...parameters,
		...(inner === undefined ? { [field]: value } : { [collection ?? '']: { [inner]: value } }),
	} as INodeParameters;
}

/** What the editor calls the field. */
function displayNameOf({ node, field }: BadInput): string {
	const { properties } = engine.nodeTypes.getByNameAndVersion(fullType(node)).description;
	const [outer, inner] = field.split('.');
	const found = properties.filter(({ name }) => name === outer);
	const names = found.flatMap((property) => {
		if (inner === undefined) return [property.displayName];
		const options = (property.options ?? []) as INodeProperties[];
		return options.filter(({ name }) => name === inner).map(({ displayName }) => displayName);
	});
	if (names[0] === undefined) throw new Error(`${node} has no field ${field}`);
	return names[0];
}

const cases = BAD_INPUTS.map((bad): [string, BadInput] => [
	`${bad.node.replace('nemoVideo', '')} ${bad.parameters?.operation ?? ''} ${bad.field}: ${bad.what}`,
	bad,
]);

describe('a wrong input is refused before anything is spent, and the failure says what to do', () => {
	afterAll(() => report('bad inputs', `${BAD_INPUTS.length} refused in n8n's engine`));

	it('is tried with at least 150 rows over all nodes', () => {
		expect(BAD_INPUTS.length).toBeGreaterThanOrEqual(150);
		expect(new Set(cases.map(([name]) => name)).size).toBe(BAD_INPUTS.length);
	});

	it.each(cases)('%s', async (_name, bad) => {
		const row: RowSpec = {
			json: bad.value === undefined ? {} : { value: bad.value },
			...(bad.files === undefined ? {} : { files: bad.files }),
			...(bad.field === 'urls' || bad.files !== undefined ? {} : { files: { data: PICTURE } }),
		};
		const result = await engine.runNode([row], {
			type: bad.node,
			parameters: parametersOf(bad),
			onError: 'continueErrorOutput',
		});

		expect(
			emulator()
				.requests.all()
				.map(({ path }) => path),
		).toEqual([]);
		const [failure] = result.branch('Node 1', 1);
		const error = failure?.json.error as { message: string; description: string; kind: string };
		expect(error).toMatchObject({ kind: bad.kind ?? 'input', retryable: false });
		expect(error.message).toContain(displayNameOf(bad));
		expect(error.description).not.toBe('');
		expect(`${error.message} ${error.description}`).toMatch(bad.says);
		expect(failure?.pairedItem).toMatchObject({ item: 0 });
	});
});
