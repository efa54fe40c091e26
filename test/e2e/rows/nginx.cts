import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Emulator, EmulatorOptions } from '../../../emulator/server.cts';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import type { Execution } from '../api.cts';
import { NGINX, startNginx, type Nginx } from '../gateways/nginx.cts';
import { allJson, assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';
import { FIVE_TRIES, readFiles, rows as table, workflow, type Step } from '../workflows.cts';

const MIB = 1024 * 1024;
const FILM = 'Create a 10-second video of a quiet lake';
/** Longer than nginx waits in these rows. Milliseconds. */
const LONG_TURN_MS = 3_500;
const READ_TIMEOUT_MS = 2_000;
const READ_TIMEOUT = `proxy_read_timeout ${READ_TIMEOUT_MS}ms`;
/** Quick looks, and enough of them for a busy machine. */
const RECOVERY = { recoveryWaitSeconds: 0.3, recoveryIntervalSeconds: 0.5, recoveryChecks: 40 };

const generate = (prompt: string, parameters: IDataObject = {}): Step => ({
	type: 'nemoVideoGenerate',
	parameters: { prompt, options: RECOVERY, ...parameters },
	onError: 'continueRegularOutput',
	...FIVE_TRIES,
});

const VIDEO: Step = {
	type: 'nemoVideoCreateVideo',
	parameters: { prompt: FILM, options: { pollIntervalSeconds: 0.1, ...RECOVERY } },
};

/** A backend with a session, behind an nginx. */
interface Stand {
	emulator: Emulator;
	nginx: Nginx;
	sessionId: string;
	run(name: string, steps: Step[]): Promise<Execution>;
}

async function behindNginx(
	world: TestContext,
	directives: readonly string[],
	options: Partial<EmulatorOptions> = {},
): Promise<Stand> {
	const emulator = await world.emulator(options);
	const nginx = await startNginx(world, { backend: emulator.url, directives });
	const credentialId = await world.credential(emulator, { baseUrl: nginx.url });
	const sessionId = await prepareSession(emulator, { generate: false });
	const run = async (name: string, steps: Step[]) =>
		await world.run(workflow(name, [...table([{ sessionId }]), ...steps]), credentialId);
	return { emulator, nginx, sessionId, run };
}

/** One turn behind an nginx: it was sent and charged once, and the film is there. */
function assertOneFilm({ emulator }: Stand, execution: Execution): IDataObject {
	const [json = {}] = allJson(execution, 'nemoVideoGenerate').slice(-1);
	assert.equal(json.status, 'completed', JSON.stringify(json));
	assert.equal(at(json, 'timeline.readyToExport'), true);
	const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
	assert.deepEqual(
		{ promptsAccepted, creditsCharged },
		{ promptsAccepted: 1, creditsCharged: 100 },
	);
	return json;
}

async function assertAnswered(nginx: Nginx, pattern: RegExp): Promise<void> {
	const answers = await nginx.answers();
	assert.ok(
		answers.some((line) => pattern.test(line)),
		`nginx answered ${answers.join(', ')}`,
	);
}

const bodyLimit: Scenario = {
	name: 'A gateway with a limit of 1 MB: the failure of a larger file names its size and what NemoVideo takes itself, and nothing arrives',
	tags: ['gateway', 'nginx', 'upload'],
	issue: 15,
	needs: [NGINX],
	async run(world) {
		const stand = await behindNginx(world, ['client_max_body_size 1m'], { cannedBytes: 2 * MIB });
		const { emulator, nginx } = stand;
		const execution = await stand.run('Body limit', [
			generate(FILM),
			{ type: 'nemoVideoExport', parameters: { options: { pollIntervalSeconds: 0.1 } } },
			{
				...VIDEO,
				parameters: { prompt: FILM, options: { ...RECOVERY, recoveryChecks: 3 } },
				onError: 'continueRegularOutput',
			},
		]);
		assertSuccess(execution);
		await assertAnswered(nginx, /^POST \/api\/upload-video\/.* 413 /);
		const [json] = allJson(execution, 'nemoVideoCreateVideo').slice(-1);
		assert.equal(at(json, 'error.httpStatus'), 413, JSON.stringify(json));
		const words = `${String(at(json, 'error.message'))} ${String(at(json, 'error.description'))}`;
		assert.match(words, /127\.0\.0\.1/);
		assert.match(words, /takes less in one request than NemoVideo/);
		assert.match(words, /2 MB \(2,097,152 bytes\)/);
		assert.match(words, /500 MB/);
		assert.equal(emulator.ledger.uploads.length, 0);
		return { said: words };
	},
};

const slowUpload: Scenario = {
	name: 'A gateway that gives up on an upload which goes on behind it: the file is found and is there once',
	tags: ['gateway', 'nginx', 'upload', 'twice'],
	issue: 15,
	needs: [NGINX],
	async run(world) {
		const stand = await behindNginx(world, [READ_TIMEOUT], { uploadSettleMs: 2 * READ_TIMEOUT_MS });
		const { emulator, nginx } = stand;
		const execution = await stand.run('Slow upload', [
			readFiles(`${PHOTO_FOLDER}/${PHOTOS[0]}`),
			{ ...VIDEO, onError: 'continueRegularOutput', ...FIVE_TRIES },
		]);
		assertSuccess(execution);
		await assertAnswered(nginx, /^POST \/api\/upload-video\/.* 504 /);
		const [json] = allJson(execution, 'nemoVideoCreateVideo').slice(-1);
		assert.equal(at(json, 'error'), undefined, JSON.stringify(json));
		assert.equal(emulator.ledger.uploads.length, 1);
		const [held] = emulator.sessions.all().slice(-1);
		assert.equal(held?.videoInfos.length, 1);
		return { files: emulator.ledger.uploads.length };
	},
};

const slowTurn: Scenario = {
	name: 'A gateway that gives up on a turn which goes on behind it: the film is found and paid once',
	tags: ['gateway', 'nginx', 'turn', 'twice'],
	issue: 15,
	needs: [NGINX],
	async run(world) {
		const pace = { turnMs: LONG_TURN_MS, heartbeatMs: 60_000 };
		const work = ['504', 'cut'].map(async (how) => {
			const stand = await behindNginx(world, [READ_TIMEOUT], pace);
			// Without it the answer's head is there at once, and nginx can only cut it off.
			if (how === '504') stand.emulator.faults.add({ kind: 'stallAfter', endpoint: 'run' });
			const execution = await stand.run(`Slow turn, ${how}`, [generate(FILM)]);
			const { completedBy } = assertOneFilm(stand, execution);
			assert.equal(completedBy, 'state');
			const status = how === '504' ? '504' : '200';
			await assertAnswered(stand.nginx, new RegExp(`^POST /run_sse ${status} `));
			const [request] = stand.emulator.requests.all({ endpoint: 'run' });
			return `${how}: the backend saw the prompt's connection end as ${request?.ended ?? 'open'}`;
		});
		for (const line of await Promise.all(work)) world.note(line);
		return { prompts: 2, charged: 200 };
	},
};

const buffering: Scenario = {
	name: 'A gateway that holds the stream back changes nothing of a turn; one that does not lets Submit end at once',
	tags: ['gateway', 'nginx', 'turn'],
	issue: 15,
	needs: [NGINX],
	async run(world) {
		const turns = ['on', 'off'].map(async (how) => {
			const stand = await behindNginx(world, [`proxy_buffering ${how}`], { turnMs: 500 });
			const execution = await stand.run(`Buffering ${how}`, [generate(`${FILM} [[talk]]`)]);
			assert.equal(assertOneFilm(stand, execution).completedBy, 'stream');
		});
		// This turn has no end that Submit could wait for.
		const submit = async (): Promise<string> => {
			const stand = await behindNginx(world, ['proxy_buffering off']);
			const step = generate(`${FILM} [[hang]]`, { operation: 'submit', options: {} });
			const [json] = allJson(await stand.run('Submit', [step]), 'nemoVideoGenerate').slice(-1);
			assert.equal(json?.status, 'running', JSON.stringify(json));
			return String(json.status);
		};
		const [status] = await Promise.all([submit(), ...turns]);
		return { turns: turns.length, 'Submit without buffering': status };
	},
};

const compression: Scenario = {
	name: 'A gateway that compresses whatever it may: a whole video is made, and its bytes are those of the render',
	tags: ['gateway', 'nginx', 'createvideo'],
	issue: 15,
	needs: [NGINX],
	async run(world) {
		const stand = await behindNginx(world, [
			'gzip on',
			'gzip_types *',
			'gzip_min_length 1',
			'gzip_proxied any',
		]);
		const { emulator, nginx } = stand;
		const execution = await stand.run('Compression', [
			readFiles(`${PHOTO_FOLDER}/${PHOTOS[0]}`),
			VIDEO,
		]);
		assertSuccess(execution);
		const [video] = itemsOf(execution, 'nemoVideoCreateVideo');
		const file = video?.binary?.data;
		assert.ok(file, 'the video was not downloaded');
		const bytes = await world.api.binary(file);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		assert.equal(sha256, await emulator.renders.sha256(String(video.json.renderId)));
		await assertAnswered(nginx, /^GET \/api\/state\/.* 200 gzip$/);
		await assertAnswered(nginx, /^POST \/run_sse 200 -$/);
		const { promptsAccepted, renders } = emulator.ledger.summary();
		assert.deepEqual({ promptsAccepted, renders }, { promptsAccepted: 1, renders: 1 });
		return { prompts: promptsAccepted, renders };
	},
};

const restart: Scenario = {
	name: 'A gateway that is restarted in the middle of a turn: the video is made all the same, and paid once',
	tags: ['gateway', 'nginx', 'turn', 'twice', 'restart'],
	issue: 15,
	needs: [NGINX],
	async run(world) {
		const emulator = await world.emulator({ turnMs: 1_500 });
		const nginx = await startNginx(world, {
			backend: emulator.url,
			directives: ['proxy_buffering off'],
		});
		const credentialId = await world.credential(emulator, { baseUrl: nginx.url });
		const running = world.run(workflow('Restart', [VIDEO]), credentialId);
		await emulator.waitFor('stream.open', { timeoutMs: 60_000 });
		await nginx.stop();
		await emulator.waitFor('turn.stage', { timeoutMs: 60_000 });
		await nginx.start();
		const execution = await running;
		assertSuccess(execution);
		assert.ok(itemsOf(execution, 'nemoVideoCreateVideo')[0]?.binary?.data);
		const { promptsAccepted, creditsCharged, renders } = emulator.ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, creditsCharged, renders },
			{ promptsAccepted: 1, creditsCharged: 100, renders: 1 },
		);
		return { prompts: promptsAccepted, charged: creditsCharged, renders };
	},
};

export const area = 'Gateways and proxies';

export const rows: readonly Scenario[] = [
	bodyLimit,
	slowUpload,
	slowTurn,
	buffering,
	compression,
	restart,
];
