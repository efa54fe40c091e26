import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { EMULATOR_TOKEN, type Fault } from '../../../emulator/server.cts';
import { PHOTO_FOLDER } from '../../../tools/demo/example.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import { knownTokens, lookedThroughEarlier, lookForSecrets } from '../leakCheck.cts';
import { inParallel } from '../pool.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { FORM_NAMES, SecretSearch } from '../secretSearch.cts';
import { readFiles, workflow, type Step } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const PROMPT = 'Turn these images into a 30-second promo video with background music';
const RENDER = { pollIntervalSeconds: 0.1 };
const QUICK = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 1 };
const AT_ONCE = 4;

const session: Step = {
	type: 'nemoVideoCreateSession',
	parameters: { language: 'en', options: { includeInputFields: true } },
};
const upload: Step = { type: 'nemoVideoUpload' };
const generate: Step = { type: 'nemoVideoGenerate', parameters: { prompt: PROMPT } };
const credits: Step = { type: 'nemoVideoCredits' };
const exportAs = (name: string): Step => ({
	type: 'nemoVideoExport',
	name,
	parameters: { options: { ...RENDER, renderAgain: true } },
});

/** A video by access token; its downloads go to, or are sent on to, another origin. */
async function byAccessToken(world: TestContext): Promise<void> {
	const { emulator, credentialId } = await world.backend({ cdn: 'other' });
	const photo = readFiles(`${PHOTO_FOLDER}/1-*.jpg`);
	const direct = await world.run(
		workflow('Secrets: another origin', [photo, session, upload, generate, exportAs('Export')]),
		credentialId,
	);
	assertSuccess(direct);
	assert.equal(emulator.requests.all({ origin: 'cdn' }).length, 1);
	const { sessionId, renderId } = itemsOf(direct, 'Export')[0]?.json ?? {};
	emulator.options.cdn = 'same';
	emulator.faults.add({ kind: 'redirect', endpoint: 'file', origin: 'api', times: 0 });
	const again = exportAs('Export');
	again.parameters = { ...again.parameters, sessionId };
	assertSuccess(await world.run(workflow('Secrets: redirected', [again]), credentialId));
	emulator.options.cdnForbidden = true;
	emulator.faults.add({ kind: 'redirect', endpoint: 'download', times: 0 });
	// A link that doesn't work right after its render is waited for; that of an old one isn't.
	const old: Step = {
		type: 'nemoVideoExport',
		parameters: { operation: 'getStatus', sessionId, renderId },
	};
	await world.run(workflow('Secrets: download redirected', [old]), credentialId);
	assert.ok(emulator.requests.all({ origin: 'cdn' }).length >= 3);
}

/** The free trial, renewed once, until its credits are used up. */
async function byTrial(world: TestContext): Promise<void> {
	const { emulator, credentialId } = await world.backend({}, { connectWith: 'freeTrial' });
	assertSuccess(await world.run(workflow('Secrets: trial', [credits]), credentialId));
	emulator.tokens.expire();
	const spent = await world.run(
		workflow('Secrets: renewed trial', [
			session,
			generate,
			{ ...generate, name: 'Once more', onError: 'continueErrorOutput' },
		]),
		credentialId,
	);
	assertSuccess(spent);
	assert.equal(new Set(emulator.ledger.mints.map(({ token }) => token)).size, 2);
}

interface Failing {
	kind: string;
	step(sessionId: string): Step;
	faults?: Array<Omit<Fault, 'body'> & { body?: object }>;
	credential?: Record<string, unknown>;
}

/** The backend repeats the token in its words, as careless ones do. */
const told = (code: number) => ({
	code,
	message: `Refused: Authorization: Bearer ${EMULATOR_TOKEN}`,
	error: { headers: { authorization: `Bearer ${EMULATOR_TOKEN}` } },
});
const state = (sessionId: string): Step => ({ type: 'nemoVideoState', parameters: { sessionId } });
const send = (sessionId: string): Step => ({
	type: 'nemoVideoGenerate',
	parameters: { sessionId, prompt: 'Add a title "Sale" at the start', options: QUICK },
});
const render = (sessionId: string): Step => ({
	type: 'nemoVideoExport',
	parameters: { sessionId, options: { ...RENDER, timeoutMinutes: 0.02 } },
});
const answer = (endpoint: Fault['endpoint'], code: number, status = 200): Failing['faults'] => [
	{ kind: 'status', endpoint, status, times: 0, body: told(code), headers: { 'retry-after': '0' } },
];

const FAILING: Failing[] = [
	{ kind: 'auth', step: state, faults: answer('state', 1001) },
	{ kind: 'auth', step: state, faults: answer('state', 401, 401) },
	{ kind: 'session', step: state, faults: answer('state', 1002) },
	{ kind: 'credits', step: send, faults: answer('run', 2001) },
	{ kind: 'input', step: send, faults: answer('run', 400, 400) },
	{ kind: 'plan', step: render, faults: answer('submit', 402, 402) },
	{ kind: 'rateLimit', step: state, faults: answer('state', 429, 429) },
	{ kind: 'protocol', step: state, faults: answer('state', 7777) },
	{ kind: 'server', step: state, faults: answer('state', 503, 503) },
	{ kind: 'stream', step: send, faults: [{ kind: 'dropBefore', endpoint: 'run', times: 0 }] },
	{ kind: 'network', step: state, faults: [{ kind: 'refuse', endpoint: 'state', times: 0 }] },
	{ kind: 'network', step: state, credential: { baseUrl: 'http://127.0.0.1:9' } },
	{ kind: 'input', step: state, faults: [{ kind: 'redirect', endpoint: 'state', times: 0 }] },
	{
		kind: 'timeout',
		step: render,
		faults: [
			{
				kind: 'body',
				endpoint: 'poll',
				times: 0,
				body: { success: true, data: { status: `waits for ${EMULATOR_TOKEN}` } },
			},
		],
	},
	{
		kind: 'render',
		step: render,
		faults: [
			{
				kind: 'body',
				endpoint: 'poll',
				times: 0,
				body: { success: true, data: { status: 'failed', error: told(1).message } },
			},
		],
	},
];

/** Every kind of failure, where the workflow stops and where it goes on. */
async function failures(world: TestContext): Promise<void> {
	await inParallel(FAILING, AT_ONCE, async ({ kind, step, faults = [], credential }) => {
		const { emulator, credentialId } = await world.backend({}, credential);
		const sessionId = await prepareSession(emulator);
		for (const { body, ...fault } of faults) {
			emulator.faults.add({ ...fault, ...(body ? { body: JSON.stringify(body) } : {}) });
		}
		const name = `Secrets: ${kind}`;
		const stopped = await world.run(workflow(name, [step(sessionId)]), credentialId);
		assert.equal(stopped.status, 'error', name);
		const goesOn: Step = { ...step(sessionId), name: 'Failing', onError: 'continueErrorOutput' };
		const execution = await world.run(workflow(name, [goesOn]), credentialId);
		const error = Object(itemsOf(execution, 'Failing', { output: 1 })[0]?.json.error);
		assert.equal(error.kind, kind);
	});
}

const request = (name: string, url: string): Step => ({
	type: 'n8n-nodes-base.httpRequest',
	name,
	typeVersion: 4.2,
	parameters: {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'nemoVideoApi',
		options: {},
	},
	onError: 'continueRegularOutput',
});

/** n8n's own HTTP Request node with our credential: to the API, and to another origin. */
async function byHttpRequest(world: TestContext): Promise<void> {
	const { emulator, credentialId } = await world.backend();
	emulator.faults.add({ kind: 'redirect', path: '/api/redirected' });
	const file = workflow('Secrets: HTTP Request', [
		request('API', `${emulator.url}/api/credits/balance/simple`),
		request('Redirected', `${emulator.url}/api/redirected`),
		request('Elsewhere', `${emulator.cdnUrl}/uploads/none/none.mp4`),
		request('Refused', `${emulator.url}/api/no/such/path`),
	]);
	for (const node of file.nodes) {
		if (node.type !== 'n8n-nodes-base.httpRequest') continue;
		node.credentials = { nemoVideoApi: { id: null, name: 'NemoVideo account' } };
	}
	const execution = await world.run(file, credentialId);
	assertSuccess(execution);
	assert.match(JSON.stringify(itemsOf(execution, 'API')[0]?.json), /available/);
	assert.equal(emulator.requests.all({ origin: 'cdn' }).length, 2);
}

/** A secret that is let out on purpose, on every way that is watched. */
async function plant(world: TestContext, secret: string): Promise<void> {
	const { emulator, credentialId } = await world.backend();
	const set: Step = {
		type: 'n8n-nodes-base.set',
		name: 'Planted',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ planted: secret }), options: {} },
	};
	const toFile: Step = {
		type: 'n8n-nodes-base.convertToFile',
		name: 'File',
		typeVersion: 1.1,
		parameters: { operation: 'toText', sourceProperty: 'planted', options: {} },
	};
	const tell: Step = {
		type: 'n8n-nodes-base.httpRequest',
		name: 'Told',
		typeVersion: 4.2,
		parameters: {
			url: `${emulator.cdnUrl}/uploads/none/none.mp4`,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'authorization', value: `Bearer ${secret}` }] },
			options: {},
		},
		onError: 'continueRegularOutput',
	};
	const fail: Step = {
		type: 'n8n-nodes-base.stopAndError',
		name: 'Failure',
		parameters: { errorMessage: `Bearer ${secret}` },
	};
	await world.run(workflow('Secrets: planted', [set, toFile, tell, fail]), credentialId);
}

const secrets: Scenario = {
	name: 'Secrets: no token in data, logs, errors, URLs, or requests to other origins',
	tags: ['secrets'],
	issue: 4,
	when: 'last',
	async run(world) {
		await byAccessToken(world);
		await byTrial(world);
		await byHttpRequest(world);
		await failures(world);
		const planted = `nmv_usr_${randomBytes(32).toString('base64url')}`;
		await plant(world, planted);

		const known = [...knownTokens()];
		assert.ok(known.includes(EMULATOR_TOKEN) && known.length >= 3);
		const search = new SecretSearch([...known, planted]);
		const extent = await lookForSecrets(search, world.n8n);
		const own = lookedThroughEarlier();

		const found = search.hitsOf([planted]);
		const ways = new Set(found.map(({ place }) => place.split(':')[0] ?? ''));
		world.note(
			`planted: ${found.map(({ place, form }) => `${place.replace(/[\w-]{30,}/g, '…')} (${form})`).join(', ')}`,
		);
		for (const way of ['database', 'REST answer', 'request to another origin']) {
			assert.ok(ways.has(way), `The planted token was not found in: ${way}`);
		}
		const hits = [...search.hitsOf(known), ...own.hits];
		for (const { place, form } of hits) world.note(`a token is in ${place} (${form})`);
		assert.equal(hits.length, 0, 'tokens were left behind');
		return {
			hits: hits.length,
			'bytes searched': search.bytes + own.bytes,
			tokens: known.length,
			forms: FORM_NAMES.length,
			...extent,
			'n8ns of other rows': own.count,
			'planted token found in': [...ways].join(' + '),
		};
	},
};

export const area = 'Secrets';

export const rows: readonly Scenario[] = [secrets];
