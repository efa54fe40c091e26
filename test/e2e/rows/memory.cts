import assert from 'node:assert/strict';
import { EMULATOR_TOKEN } from '../../../emulator/server.cts';
import { prepareSession } from '../../engine/support/sessions.cts';
import { allJson, assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { end, rows as table, workflow, type Step, type Wire } from '../workflows.cts';

const TITLE = 'Add a title "Summer Sale" at the start';
const PROMPTS = [
	TITLE,
	TITLE,
	TITLE,
	'Add upbeat background music',
	'Make the video faster, 1.5x speed',
	'Add a caption "Only today"',
];
const generate: Step = {
	type: 'nemoVideoGenerate',
	parameters: { sessionId: '={{ $json.sessionId }}', prompt: '={{ $json.prompt }}' },
};
const RENDER = { pollIntervalSeconds: 0.1 };

const loop: Scenario = {
	name: 'Loop Over Items sends every round’s prompt, equal ones too',
	tags: ['memory', 'loop'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator);
		const before = emulator.ledger.prompts.length;
		const steps: Step[] = [
			...table(PROMPTS.map((prompt, n) => ({ n, prompt, sessionId }))),
			{
				type: 'n8n-nodes-base.splitInBatches',
				name: 'Loop',
				typeVersion: 3,
				parameters: { options: {} },
			},
			generate,
			end('Done'),
		];
		const wires: Wire[] = [
			{ from: 'Start', to: 'Table' },
			{ from: 'Table', to: 'Rows' },
			{ from: 'Rows', to: 'Loop' },
			{ from: 'Loop', to: 'Done' },
			{ from: 'Loop', to: 'nemoVideoGenerate', output: 1 },
			{ from: 'nemoVideoGenerate', to: 'Loop' },
		];
		const execution = await world.run(workflow('Loop', steps, { wires }), credentialId);
		assertSuccess(execution);
		const sent = emulator.ledger.prompts.slice(before);
		assert.deepEqual(
			sent.map(({ text }) => text),
			PROMPTS,
		);
		const results = allJson(execution, 'nemoVideoGenerate');
		const different = new Set(results.map((result) => JSON.stringify(result)));
		assert.equal(itemsOf(execution, 'Done').length, PROMPTS.length);
		assert.equal(different.size, PROMPTS.length);
		return { 'prompts sent': sent.length, 'different results': different.size };
	},
};

const topUp: Scenario = {
	name: 'Retry of a failed execution after a top-up sends only the failed row’s prompt',
	tags: ['memory', 'retry'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessions: string[] = [];
		while (sessions.length < 3) sessions.push(await prepareSession(emulator));
		// Enough for two edits.
		emulator.tokens.add(EMULATOR_TOKEN, { credits: 2 * emulator.options.costs.edit });
		const before = emulator.ledger.prompts.length;
		const sentTo = () =>
			sessions.map(
				(id) =>
					emulator.ledger.prompts.slice(before).filter(({ sessionId }) => sessionId === id).length,
			);
		const saved = await world.save(
			workflow('Top-up', [
				...table(sessions.map((sessionId) => ({ sessionId, prompt: TITLE }))),
				{ ...generate, parameters: { ...generate.parameters, options: { parallel: 1 } } },
			]),
			credentialId,
		);
		const failed = await world.api.runToEnd(saved);
		assert.equal(failed.status, 'error');
		assert.equal(at(failed.data.resultData.error, 'context.code'), 2001);
		assert.deepEqual(sentTo(), [1, 1, 1]);
		emulator.tokens.add(EMULATOR_TOKEN, { credits: 10_000 });
		const retried = await world.api.retry(failed.id);
		assertSuccess(retried);
		assert.equal(itemsOf(retried, 'nemoVideoGenerate').length, 3);
		const counts = sentTo();
		assert.deepEqual(counts, [1, 1, 2]);
		const { promptsDuplicated, creditsCharged } = emulator.ledger.summary();
		assert.equal(promptsDuplicated, 0);
		const edits = (creditsCharged - 3 * emulator.options.costs.generation) / 50;
		return {
			'prompts of the retry for the failed row': (counts[2] ?? 0) - 1,
			'for the finished rows': 0,
			'edits paid': edits,
		};
	},
};

const sameExport: Scenario = {
	name: 'The same export twice is one render, with Render Again two',
	tags: ['memory', 'export'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator);
		const exportAs = (name: string, options = {}): Step => ({
			type: 'nemoVideoExport',
			name,
			parameters: { sessionId, options: { ...RENDER, ...options } },
		});
		const twice = workflow('Twice', [exportAs('One'), exportAs('Two')]);
		const execution = await world.run(twice, credentialId);
		assertSuccess(execution);
		// Another execution knows nothing of the first.
		assertSuccess(await world.run(twice, credentialId));
		const withoutAgain = emulator.ledger.renders.length;
		assert.equal(withoutAgain, 1);
		const again = await world.run(
			workflow('Again', [exportAs('Again', { renderAgain: true })]),
			credentialId,
		);
		assertSuccess(again);
		const withAgain = emulator.ledger.renders.length;
		assert.equal(withAgain, 2);
		return { 'renders of four exports': withoutAgain, 'after Render Again': withAgain };
	},
};

export const area = 'Loops, retries and what is remembered';

export const rows: readonly Scenario[] = [loop, topUp, sameExport];
