import type { IDataObject } from 'n8n-workflow';
import { event, flat } from './support/dialects.cts';
import {
	failure,
	failures,
	generate,
	inSession,
	success,
	UNSURE,
	withWorld,
} from './support/nodes.cts';
import type { Session } from './support/session.cts';
import { close, cut, send, take, type Step } from './support/turnOnWire.cts';

const { world, engine } = withWorld();
const ONCE = { credits: 100, prompts: 1, uploads: 0, renders: 0 };
const CALL = send(flat.call('generate_video'));
const SUBMIT = { operation: 'submit' };
const LOOK = { operation: 'getStatus', options: { waitSeconds: 60 } };

/** Asks for the status until the turn is over, and tells how it failed. */
async function failedStatus(session: Session, turnId: IDataObject[string]): Promise<IDataObject> {
	for (;;) {
		const run = await engine().runNode(inSession(session, { turnId }), generate(LOOK));
		if (failures(run).length > 0) return failure(run);
		expect(success(run).status).toBe('running');
	}
}

/** Ends of a turn that leave the timeline as it was. */
const ENDS: ReadonlyArray<[what: string, steps: Step[], words: RegExp]> = [
	[
		'an exception of the agent',
		[
			CALL,
			send(
				event({
					author: 'system',
					content: { parts: [{ text: "Error: ValueError('tool exploded')" }] },
				}),
			),
			close,
		],
		/tool exploded/,
	],
	['a connection that is lost', [CALL, cut], /connection/i],
	['a tool that never answers', [CALL, close], /was still running/],
];
for (const [what, steps, words] of ENDS) {
	it(`pays once in a loop "Submit, Get Status, if safeToRepeat then Submit" over ${what}`, async () => {
		const session = world().session();
		world().onEveryPrompt(take, ...steps);
		for (let round = 0; round < 3; round++) {
			const submitted = await engine().runNode(inSession(session), generate(SUBMIT));
			const told = await failedStatus(session, success(submitted).turnId);
			expect(told).toMatchObject(UNSURE);
			expect(`${String(told.message)} ${String(told.description)}`).toMatch(words);
			expect(told.description).toContain("won't be sent again");
			if (told.safeToRepeat !== true) break;
		}
		expect(world().spent()).toEqual(ONCE);
	});
}

it('may ask for the status again where the session could not be read', async () => {
	const session = world().session();
	world().onPrompt(take, CALL, cut);
	const submitted = await engine().runNode(inSession(session), generate(SUBMIT));
	world().every('state', (exchange) => exchange.answer(503, { message: 'overloaded' }));
	const told = await failedStatus(session, success(submitted).turnId);
	expect(told).toMatchObject({ kind: 'server', safeToRepeat: true, retryable: true });
	expect(world().spent()).toEqual(ONCE);
});
