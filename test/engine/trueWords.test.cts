import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { create, failed, setCredits } from './support/createVideo.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import type { NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;
let sessionId: string;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	sessionId = await prepareSession(emulator());
});

const node = (type: string, parameters: INodeParameters = {}, more: Partial<NodeSpec> = {}) => ({
	type: `nemoVideo${type}`,
	parameters,
	...more,
});
const stopped = async (spec: NodeSpec, using = engine) => {
	const { error } = await using.runNode([{ json: { sessionId } }], spec);
	return Object(error) as { message: string; description: string; httpCode?: string };
};
const continued = async (spec: NodeSpec, using = engine): Promise<IDataObject> => {
	const onError = 'continueErrorOutput' as const;
	const result = await using.runNode([{ json: { sessionId } }], { ...spec, onError });
	return (failed(result)[0] ?? {}) as IDataObject;
};

describe('out of credits', () => {
	it('names the number in stop mode, too, and gives it as the code of the failure', async () => {
		setCredits(emulator(), 0);
		const error = await stopped(node('Generate', { prompt: 'Make it shorter' }));
		expect(error.message).toBe('Your NemoVideo account is out of credits');
		expect(error.description).toMatch(/Top up .*NemoVideo gave code 2001\./);
		expect(error.httpCode).toBe('2001');
	});

	it('speaks truly of a trial that has credits left, but fewer than the minimum', async () => {
		emulator().options.anonymousCredits = 1_000;
		const trial = await createEngine({ credential: connectedCredential(emulator(), 'freeTrial') });
		const failure = await continued(node('Credits', { options: { minimumCredits: 5_000 } }), trial);
		expect(failure.message).toMatch(/1000 credits left, fewer than the 5000/);
		expect(failure.description).toMatch(/The free trial has 1000 credits left\. Register at/);
		expect(failure.description).not.toMatch(/used up/);
	});

	it('says that a trial is used up where it is', async () => {
		emulator().options.anonymousCredits = 0;
		const trial = await createEngine({ credential: connectedCredential(emulator(), 'freeTrial') });
		const failure = await continued(node('Credits', { options: { minimumCredits: 1 } }), trial);
		expect(failure.description).toMatch(/The free trial is used up\. Register at/);
	});
});

describe('a plan that does not include a step', () => {
	const refuse = (endpoint: 'run' | 'submit'): void => {
		emulator().faults.add({ kind: 'status', endpoint, status: 402, times: 0 });
	};

	it('is not said to be about export where a prompt was refused', async () => {
		refuse('run');
		const failure = await continued(node('Generate', { prompt: 'Make it shorter' }));
		expect(failure).toMatchObject({ kind: 'plan', httpStatus: 402 });
		expect(`${String(failure.message)} ${String(failure.description)}`).not.toMatch(/export/i);
		expect(failure.description).toMatch(/code 402/);
	});

	it.each([
		['Export', node('Export', { options: QUICK_EXPORT })],
		['Create Video', create({ options: QUICK_EXPORT })],
	])('keeps the timeline of %s and says how to continue', async (_name, spec) => {
		refuse('submit');
		const failure = await continued(spec);
		expect(failure).toMatchObject({ kind: 'plan', stage: 'export' });
		expect(failure.message).toMatch(/does not include export/);
		expect(failure.description).toContain(
			`Your timeline is kept. After upgrading, run Export with session ID ${String(failure.sessionId)}.`,
		);
	});
});

describe('a credential that n8n cannot hand out', () => {
	const credits = (credentials: NodeSpec['credentials']) => node('Credits', {}, { credentials });

	it('is asked for where none is chosen', async () => {
		const failure = await continued(credits({}));
		expect(failure).toMatchObject({
			kind: 'auth',
			message: 'No NemoVideo API credential is chosen',
			description: expect.stringMatching(/at the top of the node/) as string,
		});
	});

	it('that was deleted says so', async () => {
		const failure = await continued(credits({ nemoVideoApi: { id: 'gone', name: 'Old' } }));
		expect(failure).toMatchObject({
			kind: 'auth',
			message: 'The NemoVideo API credential of this node no longer exists',
		});
	});

	it('whose expression may not read the environment says what to do instead', async () => {
		process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE = 'true';
		const credential = connectedCredential(emulator(), 'accessToken', {
			token: '={{ $env.NEMO_TOKEN }}',
		});
		const failure = await continued(node('Credits'), await createEngine({ credential }));
		delete process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE;
		expect(failure).toMatchObject({ kind: 'input' });
		expect(failure.description).toMatch(/CREDENTIALS_OVERWRITE_DATA/);
	});
});

it('a prompt that names a node that is not there is an input to mend', async () => {
	const failure = await continued(node('Generate', { prompt: "={{ $('Nowhere').item.json.a }}" }));
	expect(failure.kind).toBe('input');
	expect(emulator().requests.all()).toEqual([]);
});
