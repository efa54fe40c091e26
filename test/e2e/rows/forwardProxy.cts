import assert from 'node:assert/strict';
import type { Emulator } from '../../../emulator/server.cts';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import { makeCertificate, OPENSSL, type Certificate } from '../gateways/certificate.cts';
import { NGINX, startNginx } from '../gateways/nginx.cts';
import { startTinyproxy, TINYPROXY, type ProxyRule } from '../gateways/tinyproxy.cts';
import { allJson, assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';
import { FIVE_TRIES, readFiles, workflow, type Step } from '../workflows.cts';

const FILM = 'Create a 10-second video of a quiet lake';
const RECOVERY = { recoveryWaitSeconds: 0.3, recoveryIntervalSeconds: 0.5, recoveryChecks: 40 };
const SCHEMES = ['http', 'https'] as const;
const PHOTO = readFiles(`${PHOTO_FOLDER}/${PHOTOS[0]}`);
const VIDEO: Step = {
	type: 'nemoVideoCreateVideo',
	parameters: { prompt: FILM, options: { pollIntervalSeconds: 0.1, ...RECOVERY } },
};

/** A backend that is reached through a proxy. */
interface Target {
	scheme: (typeof SCHEMES)[number];
	emulator: Emulator;
	credentialId: string;
	sessionId: string;
	/** Host and port, as messages name them. */
	host: string;
}

async function targetOf(
	world: TestContext,
	scheme: Target['scheme'],
	tls: Certificate,
): Promise<Target> {
	const emulator = await world.emulator();
	const { port } =
		scheme === 'http' ? emulator : await startNginx(world, { backend: emulator.url, tls });
	// A name: clients that go through a tunnel don't compare certificates with IP addresses.
	const host = `localhost:${port}`;
	const credentialId = await world.credential(emulator, { baseUrl: `${scheme}://${host}` });
	const sessionId = await prepareSession(emulator, { generate: false });
	return { scheme, emulator, credentialId, sessionId, host };
}

async function makeVideo(world: TestContext, target: Target): Promise<void> {
	const { scheme, emulator, credentialId } = target;
	const execution = await world.run(workflow(`By ${scheme}`, [PHOTO, VIDEO]), credentialId);
	assertSuccess(execution);
	assert.ok(itemsOf(execution, 'nemoVideoCreateVideo')[0]?.binary?.data);
	const { promptsAccepted, renders } = emulator.ledger.summary();
	assert.deepEqual({ promptsAccepted, renders }, { promptsAccepted: 1, renders: 1 });
	const { via } = emulator.requests.all({ endpoint: 'run' })[0]?.headers ?? {};
	if (scheme === 'http') assert.match(String(via), /tinyproxy/);
}

/** A node on its own, with what it needs before it. */
function stepsOf({ sessionId }: Target): Step[][] {
	const asked: Step[] = [
		{ type: 'nemoVideoState', parameters: { sessionId } },
		{ type: 'nemoVideoCreateSession', parameters: { language: 'en' } },
		{ type: 'nemoVideoUpload', parameters: { sessionId } },
		{ type: 'nemoVideoGenerate', parameters: { sessionId, prompt: FILM, options: RECOVERY } },
	];
	return asked.map((step) => [
		...(step.type === 'nemoVideoUpload' ? [PHOTO] : []),
		{ ...step, onError: 'continueRegularOutput', ...FIVE_TRIES },
	]);
}

/** Every node is told that it was the proxy, and nothing reaches the backend. */
async function beRefused(
	world: TestContext,
	target: Target,
	{ status, words }: Refusal,
): Promise<void> {
	const { emulator, credentialId, host, scheme } = target;
	emulator.requests.clear();
	const work = stepsOf(target).map(async (steps) => {
		const { type } = steps.at(-1) ?? { type: '' };
		const execution = await world.run(workflow(`${type} ${status}`, steps), credentialId);
		const [json = {}] = allJson(execution, type).slice(-1);
		const { kind, httpStatus, safeToRepeat, message, description } = Object(json.error);
		const where = `${type} by ${scheme}: ${JSON.stringify(json)}`;
		assert.deepEqual(
			{ kind, httpStatus, safeToRepeat },
			{ kind: 'network', httpStatus: status, safeToRepeat: true },
			where,
		);
		assert.match(message, words, where);
		assert.ok(message.includes(`${host} `), where);
		assert.match(description, /HTTPS_PROXY/, where);
		assert.match(description, /tinyproxy/, where);
		assert.doesNotMatch(`${message} ${description}`, /token|session/i, where);
		return String(message);
	});
	const [said = ''] = await Promise.all(work);
	world.note(`${scheme}: ${said}`);
	assert.deepEqual(emulator.requests.all(), []);
}

interface Refusal {
	rule: ProxyRule;
	status: number;
	words: RegExp;
}

const REFUSALS: readonly Refusal[] = [
	{
		rule: 'login',
		status: 407,
		words: /^The proxy that n8n uses asks for a user name and password/,
	},
	{ rule: 'forbidding', status: 403, words: /^A gateway or proxy answered/ },
];

const proxied: Scenario = {
	name: 'Behind a forward proxy videos are made, by http and https; where it asks for a login or forbids the host, the failure says so, and nothing is sent or paid',
	tags: ['gateway', 'proxy', 'createvideo', 'failures'],
	issue: 15,
	needs: [TINYPROXY, NGINX, OPENSSL],
	async run(world) {
		const proxy = await startTinyproxy(world, 'open');
		const tls = await makeCertificate(world);
		const own = await world.ownN8n({
			HTTP_PROXY: proxy.url,
			HTTPS_PROXY: proxy.url,
			NODE_EXTRA_CA_CERTS: tls.certificate,
		});
		const targets = await Promise.all(
			SCHEMES.map(async (scheme) => await targetOf(own, scheme, tls)),
		);
		await Promise.all(targets.map(async (target) => await makeVideo(own, target)));
		for (const refusal of REFUSALS) {
			await proxy.follow(refusal.rule);
			await Promise.all(targets.map(async (target) => await beRefused(own, target, refusal)));
		}
		for (const line of own.notes) world.note(line);
		return { videos: targets.length, refusals: REFUSALS.length * targets.length * 4 };
	},
};

export const area = 'Gateways and proxies';

export const rows: readonly Scenario[] = [proxied];
