import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import type { Emulator } from '../../../emulator/server.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import { sendChat } from '../chat.cts';
import { liveExample } from '../examples.cts';
import { inParallel } from '../pool.cts';
import { allJson } from '../results.cts';
import type { Figures, Scenario } from '../scenario.cts';
import { FIVE_TRIES, rows as table, workflow, type Step } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const FILM = 'Create a 10-second video of a quiet lake';
const EDIT = 'Add a title "Summer Sale" at the start';
const RECOVERY = { recoveryWaitSeconds: 0.3, recoveryIntervalSeconds: 0.5, recoveryChecks: 12 };
const PACE = { turnMs: 50, stageGapMs: 50, editMs: 50, questionMs: 50, renderMs: 50 };
const DIALECTS = ['flat', 'adk'] as const;
type Dialect = (typeof DIALECTS)[number];

/** What a turn came to: what the user gets, and what it cost. */
interface Outcome {
	json: IDataObject;
	error: IDataObject;
	sent: number;
	charged: number;
	emulator: Emulator;
}

/** Lets one node work on a prompt, in a session that has a film or none. */
async function turn(
	world: TestContext,
	dialect: Dialect,
	{ type, prompt, film = false, parameters = {}, prepare = () => undefined }: Turn,
): Promise<Outcome> {
	const { emulator, credentialId } = await world.backend({ ...PACE, dialect });
	const sessionId = await prepareSession(emulator, { generate: film });
	const before = emulator.ledger.summary();
	prepare(emulator);
	const options = { ...RECOVERY, ...Object(parameters.options) };
	const step: Step = {
		type,
		parameters: { prompt, ...parameters, options },
		onError: 'continueRegularOutput',
		...FIVE_TRIES,
	};
	const session = type === 'nemoVideoCreateVideo' && !film ? [] : [{ sessionId }];
	if (film && type === 'nemoVideoCreateVideo') step.parameters = { ...step.parameters, sessionId };
	const execution = await world.run(
		workflow('A turn', [...table(session.length > 0 ? session : [{}]), step]),
		credentialId,
	);
	const [json = {}] = allJson(execution, type).slice(-1);
	const after = emulator.ledger.summary();
	return {
		json,
		error: Object(json.error),
		sent: emulator.ledger.prompts.filter(({ text }) => text === prompt).length,
		charged: after.creditsCharged - before.creditsCharged,
		emulator,
	};
}

interface Turn {
	type: 'nemoVideoGenerate' | 'nemoVideoCreateVideo';
	prompt: string;
	film?: boolean;
	parameters?: IDataObject;
	prepare?(emulator: Emulator): void;
}

/** Runs a situation in both dialects; a prompt is sent once in each. */
function inBothDialects(
	name: string,
	situation: (dialect: Dialect, world: TestContext) => Promise<Outcome>,
	charged: number,
): Scenario {
	return {
		name,
		tags: ['turn', 'twice'],
		issue: 14,
		async run(world) {
			const outcomes = await inParallel(
				[...DIALECTS],
				2,
				async (dialect) => await situation(dialect, world),
			);
			for (const { sent, charged: cost } of outcomes) {
				assert.deepEqual({ sent, charged: cost }, { sent: 1, charged });
			}
			const total = (key: 'sent' | 'charged') =>
				outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
			return { turns: outcomes.length, 'prompts sent': total('sent'), charged: total('charged') };
		},
	};
}

const openCall = inBothDialects(
	'A turn whose stream closes while a tool still works is done when the timeline has changed and rests',
	async (dialect, world) => {
		const prompt = `${FILM} [[announce]] [[open:2000]]`;
		const outcome = await turn(world, dialect, { type: 'nemoVideoGenerate', prompt });
		assert.equal(outcome.json.status, 'completed', JSON.stringify(outcome.json));
		assert.equal(outcome.json.completedBy, 'state');
		assert.match(String(outcome.json.text), /I'll generate it now/);
		assert.notDeepEqual(outcome.json.changes, []);
		return outcome;
	},
	100,
);

const ownChange = inBothDialects(
	'Create Video waits for the change of its own turn instead of exporting the timeline before it',
	async (dialect, world) => {
		const outcome = await turn(world, dialect, {
			type: 'nemoVideoCreateVideo',
			prompt: `${EDIT} [[open:2000]]`,
			film: true,
			parameters: { options: { pollIntervalSeconds: 0.1 } },
		});
		assert.equal(outcome.json.status, 'completed', JSON.stringify(outcome.json));
		const [render] = outcome.emulator.ledger.renders;
		assert.equal(outcome.emulator.ledger.renders.length, 1);
		assert.equal(render?.sameAsState, true);
		const { summary } = Object(outcome.json.timeline);
		assert.match(String(summary), /Summer Sale/);
		return outcome;
	},
	50,
);

const unreadable = inBothDialects(
	'A finished turn keeps its words where the session cannot be read afterwards',
	async (dialect, world) => {
		const outcome = await turn(world, dialect, {
			type: 'nemoVideoGenerate',
			prompt: `${FILM} [[talk]]`,
			prepare: (emulator) =>
				emulator.faults.add({
					kind: 'status',
					status: 502,
					body: '<html>Bad Gateway</html>',
					endpoint: 'state',
					nth: 2,
					times: 0,
				}),
		});
		assert.equal(outcome.json.status, 'completed', JSON.stringify(outcome.json));
		assert.equal(outcome.json.timeline, null);
		assert.match(String(outcome.json.text), /video is ready/);
		return outcome;
	},
	100,
);

const cutAfterWords = inBothDialects(
	'The words of a turn whose connection is cut behind them are not lost',
	async (dialect, world) => {
		const outcome = await turn(world, dialect, {
			type: 'nemoVideoGenerate',
			prompt: `${EDIT} [[talk]] [[drop:said]]`,
			film: true,
		});
		assert.equal(outcome.json.status, 'completed', JSON.stringify(outcome.json));
		assert.match(String(outcome.json.text), /added the title/);
		assert.deepEqual(outcome.json.tools, ['edit_multitrack']);
		return outcome;
	},
	50,
);

const wordsAreNoRefusal = inBothDialects(
	"A tool's failure that sounds like a lost session is no reason to pay again",
	async (dialect, world) => {
		const outcome = await turn(world, dialect, {
			type: 'nemoVideoCreateVideo',
			prompt: `${FILM} [[error:tool]]`,
		});
		assert.equal(outcome.error.safeToRepeat, false, JSON.stringify(outcome.json));
		assert.equal(outcome.error.retryable, false);
		assert.match(String(outcome.error.message), /music of session 55 not found/);
		assert.equal(outcome.emulator.ledger.sessions.length, 2, 'a second session was made');
		return outcome;
	},
	100,
);

const serverErrorIsNoRefusal = inBothDialects(
	'A server error to a prompt is no refusal, whatever its words say',
	async (dialect, world) => {
		const outcome = await turn(world, dialect, {
			type: 'nemoVideoGenerate',
			prompt: FILM,
			prepare: (emulator) =>
				emulator.faults.add({
					kind: 'status',
					status: 500,
					body: '{"code":1002,"message":"session not found in cache after job was queued"}',
					process: true,
					endpoint: 'run',
				}),
		});
		assert.equal(
			outcome.json.completedBy ?? outcome.error.safeToRepeat,
			'state',
			JSON.stringify(outcome.json),
		);
		return outcome;
	},
	100,
);

const sameChat: Scenario = {
	name: 'Two messages of one chat at the same moment run one after another, and the second is told so',
	tags: ['turn', 'chat', 'queue'],
	issue: 14,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ ...PACE, turnMs: 1_500 });
		const live = await liveExample(world, 'chat-to-video', { nemoVideoApi: credentialId });
		const say = async (text: string) =>
			await sendChat(world.api, live, { sessionId: 'one chat', text });
		await say(FILM);
		const first = say('Create another video of a forest');
		await emulator.waitFor('stream.open', { nth: 2, timeoutMs: 60_000 });
		const second = await say(EDIT);
		await first;
		assert.match(second.text, /still working on your last message/);
		assert.equal(emulator.ledger.sessions.length, 1);
		const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
		assert.equal(promptsAccepted, 3);
		assert.equal(emulator.ledger.prompts.filter(({ overlapped }) => overlapped).length, 0);
		return {
			'prompts sent': promptsAccepted,
			overlapped: 0,
			charged: creditsCharged,
		} satisfies Figures;
	},
};

export const area = 'When a turn is done';

export const rows: readonly Scenario[] = [
	openCall,
	ownChange,
	unreadable,
	cutAfterWords,
	wordsAreNoRefusal,
	serverErrorIsNoRefusal,
	sameChat,
];
