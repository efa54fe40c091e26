import assert from 'node:assert/strict';
import type { EventMatch, Emulator, EmulatorOptions, Fault } from '../../../emulator/server.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import { openInProcess, whenNothingIsOpen } from '../openInProcess.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';
import { workflow, type Step } from '../workflows.cts';

const MIB = 1024 * 1024;
/** Larger than what a connection's buffers hold. */
const FILM_BYTES = 24 * MIB;
const PATIENCE_MS = 20_000;
/** What n8n itself may open meanwhile, such as its database. */
const SPARE = 10;
const QUICK = { recoveryWaitSeconds: 0.1, recoveryIntervalSeconds: 0.1, recoveryChecks: 2 };
const POLL = { pollIntervalSeconds: 0.1 };

interface Ending {
	name: string;
	fault?: Fault;
	/** What slows the phase down in which Stop comes. */
	options?: Partial<EmulatorOptions>;
	prompt?: string;
	/** Stop comes as soon as the emulator sees this. */
	stopAt?: EventMatch;
}

const JSON_LABEL = { 'content-type': 'application/json' };
const ENDINGS: readonly Ending[] = [
	{ name: 'success' },
	{
		name: 'refusal of an upload',
		fault: {
			kind: 'status',
			endpoint: 'upload',
			status: 413,
			headers: JSON_LABEL,
			body: '{"code":4002}',
			times: 0,
		},
	},
	{ name: 'reset of an upload', fault: { kind: 'refuse', endpoint: 'upload', times: 0 } },
	{ name: 'reset of a turn', fault: { kind: 'dropAfter', endpoint: 'run', times: 0 } },
	{
		name: 'page instead of the video',
		fault: { kind: 'body', endpoint: 'file', body: '<html>', times: 0 },
	},
	{ name: 'break in a download', fault: { kind: 'truncate', endpoint: 'file', bytes: MIB } },
	{
		name: 'Stop in a download',
		options: { downloadBytesPerSecond: MIB },
		stopAt: { type: 'request', endpoint: 'file' },
	},
	{
		name: 'Stop in an upload',
		options: { uploadBytesPerSecond: MIB },
		stopAt: { type: 'request', endpoint: 'upload' },
	},
	{
		name: 'Stop in a turn',
		prompt: 'Create a video of a lake [[slow:600000]]',
		stopAt: 'stream.open',
	},
];

/** A film comes down and goes up again, and another one is made of it. */
const steps = (sessionId: string, prompt: string): Step[] => [
	{
		type: 'nemoVideoExport',
		parameters: { sessionId, options: POLL },
		onError: 'continueRegularOutput',
	},
	{
		type: 'nemoVideoCreateVideo',
		parameters: { prompt, options: { ...POLL, ...QUICK } },
		onError: 'continueRegularOutput',
	},
];

async function runTo(
	world: TestContext,
	{ fault, options = {}, prompt = 'Create a video of a lake', stopAt }: Ending,
	emulator: Emulator,
	credentialId: string,
): Promise<void> {
	emulator.reset();
	Object.assign(emulator.options, { cannedBytes: FILM_BYTES, keepUploads: false, ...options });
	const sessionId = await prepareSession(emulator);
	if (fault) emulator.faults.add(fault);
	const file = workflow('Left open', steps(sessionId, prompt));
	if (stopAt === undefined) return void (await world.run(file, credentialId));
	const since = emulator.events.last;
	const executionId = await world.api.run(await world.save(file, credentialId));
	await emulator.waitFor(stopAt, { since, timeoutMs: PATIENCE_MS * 3 });
	await world.api.stop(executionId);
}

const nothingOpen: Scenario = {
	name: 'No file and no connection stays open in the n8n process after success, refusals, resets and Stop',
	tags: ['files', 'descriptors', 'sockets', 'stop'],
	issue: 15,
	isLong: true,
	async run(outer) {
		const world = await outer.ownN8n({ N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' });
		const { emulator, credentialId } = await world.backend();
		const { pid } = world.n8n;
		assert.ok(pid !== undefined);
		const ports = new Set([emulator.port, Number(new URL(emulator.cdnUrl).port)]);
		// Opens what n8n opens once.
		await runTo(world, ENDINGS[0] as Ending, emulator, credentialId);
		const before = await openInProcess(pid);
		for (const ending of ENDINGS) {
			await runTo(world, ending, emulator, credentialId);
			const { fault } = ending;
			if (fault) assert.ok(emulator.requests.all({ endpoint: fault.endpoint }).length > 0);
			const { files, remotePorts } = await whenNothingIsOpen(pid, ports, PATIENCE_MS);
			assert.deepEqual(
				{ files, remotePorts },
				{ files: [], remotePorts: [] },
				`after ${ending.name}`,
			);
		}
		const after = await openInProcess(pid);
		const grown = after.descriptors - before.descriptors;
		assert.ok(grown <= SPARE, `${grown} descriptors more than before`);
		const log = await world.n8n.log();
		assert.doesNotMatch(log, /MaxListenersExceededWarning|DEP0137|garbage collection/);
		return {
			endings: ENDINGS.length,
			'descriptors before': before.descriptors,
			after: after.descriptors,
		};
	},
};

export const area = 'Nothing left open';

export const rows: readonly Scenario[] = [nothingOpen];
