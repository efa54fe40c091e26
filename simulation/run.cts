import { createHash } from 'node:crypto';
import { sessionQueueOf } from '../src/n8n/connection/shared';
import { RunningTurns } from '../src/flows/generate/runningTurns';
import { BinaryStore } from './n8n/binaryStore.cts';
import type { Services } from './n8n/context.cts';
import { StoredCredential } from './n8n/credentials.cts';
import { N8n } from './n8n/n8n.cts';
import { Network } from './network/network.cts';
import { Oracle } from './oracle/oracle.cts';
import type { Violation } from './oracle/invariants.cts';
import { SECRET } from './oracle/requests.cts';
import type { Story } from './story/story.cts';
import { READY_SESSIONS } from './story/writer.cts';
import { current } from './time/current.cts';
import { Random } from './time/random.cts';
import { VirtualTime } from './time/virtualTime.cts';
import { World } from './world/world.cts';

/** Stories of some hundred events are usual; beyond this, something turns in circles. */
const MAX_EVENTS = 50_000;

export interface RunResult {
	violations: Violation[];
	/** What happened, one line each. */
	trace: string[];
	/** Of the trace. */
	hash: string;
	events: number;
	/** Prompts that NemoVideo has taken on. */
	prompts: number;
	faults: number;
	/** Virtual. Milliseconds. */
	elapsed: number;
}

/** Tells runs of one process apart, for modules that remember. */
let runs = 0;
let unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));

/** Lets a story happen. */
export async function runStory(story: Story): Promise<RunResult> {
	const mark = ++runs;
	unhandled = [];
	const random = new Random(`run ${story.seed}`);
	const time = new VirtualTime();
	current.time = time;
	const { setsClock } = story;
	if (setsClock) time.after(setsClock.at, 'world', () => time.setClock(setsClock.ahead));
	current.random = random.fork('n8n');
	const files = new BinaryStore();
	const world = new World(story, random.fork('world'), (_what, turn) => oracle.charged(turn));
	const oracle: Oracle = new Oracle(story, world, files);
	for (const id of READY_SESSIONS) world.addSession(id);
	const token = `${SECRET}-${story.credential}-0`;
	world.tokens.add(token);
	const credential = new StoredCredential(credentialData(story, token));
	const network = new Network({ world, oracle, story }, random.fork('network'), (execution) =>
		n8n.requested(execution),
	);
	const addresses = (process: number) => ({
		baseUrl: `https://api-${mark}-${process}.nemo.test`,
		credentialId: `credential-${mark}-${process}`,
	});
	const services = (process: number): Services => {
		const { baseUrl, credentialId } = addresses(process);
		credential.moveTo(baseUrl);
		return { network, credential, files, credentialId, log: (line) => oracle.log(line) };
	};
	const n8n: N8n = new N8n(story, services, oracle);
	const keys = () => {
		const { baseUrl, credentialId } = addresses(time.process);
		return { api: baseUrl, credential: `${baseUrl} ${credentialId}` };
	};
	n8n.begin();
	// A renewal of the credential outlives the execution that was stopped, and so does its cancel.
	const isOver = () =>
		n8n.isDone && network.isQuiet && RunningTurns.of(sessionQueueOf(keys())).size === 0;
	const hasEnded = await time.run(isOver, MAX_EVENTS);
	if (!hasEnded) oracle.violated('e', `it goes on for more than ${MAX_EVENTS} events`);
	else if (!isOver()) oracle.violated('e', 'something waits for ever');
	else {
		oracle.over({
			timers: time.pendingOfNodes,
			streams: network.openExchanges,
			'listeners for Stop': n8n.listeners,
			'busy sessions': sessionQueueOf(keys()).busySessions,
		});
	}
	// Rejections that nobody handles are told when the ticks are over.
	await new Promise<void>((resolve) => setImmediate(resolve));
	for (const reason of unhandled) oracle.violated('k', reason);
	const { trace, violations } = oracle;
	return {
		violations,
		trace,
		hash: createHash('sha256').update(trace.join('\n')).digest('hex'),
		events: time.events,
		prompts: world.turns.length,
		faults: network.faults,
		elapsed: time.elapsed,
	};
}

function credentialData({ credential }: Story, token: string): Record<string, string> {
	const common = { webUrl: 'https://nemo.test', clientId: 'client-1' };
	return credential === 'token'
		? { ...common, connectWith: 'accessToken', token, trialToken: '' }
		: { ...common, connectWith: 'freeTrial', token: '', trialToken: token, trialExpiresAt: '' };
}
