import { chain } from '../engine/support/workflow.cts';
import { report } from '../report.cts';
import { adkPiece, event, flat, type Dialect } from './support/dialects.cts';
import { film } from './support/drafts.cts';
import { expectLinear } from './support/measure.cts';
import { assistant, generate, inSession, success, withWorld } from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { close, send, take, type Step } from './support/turnOnWire.cts';

// A limit for what hangs, not for what is slow on a busy machine.
jest.setTimeout(240_000);

const { world, engine } = withWorld();
const situation = situations('D8');
/** Each was sent once, however often the time was measured. */
const paid = () => {
	const { length } = world().prompts;
	return { credits: 100 * length, prompts: length, uploads: 0, renders: 0 };
};

/** Pieces of one character each, as many as wanted, a thousand in a chunk. */
function pieces(
	dialect: Dialect['name'],
	count: number,
	character: (index: number) => string,
): Step {
	const piece = dialect === 'flat' ? flat.text : adkPiece;
	return async (turn) => {
		for (let from = 0; from < count && !turn.isOver; from += 1_000) {
			const length = Math.min(1_000, count - from);
			const events = Array.from({ length }, (_, at) => piece(character(from + at)));
			await turn.write(events.join(''));
		}
	};
}

const LETTERS = 'abcdefghij klmno';
const letter = (index: number) => LETTERS[index % LETTERS.length] ?? 'x';
/** What a turn says before its many pieces. */
const BEGINNINGS: ReadonlyArray<
	[what: string, words: string, character: (index: number) => string]
> = [
	['while a list is open', 'Do this:\n- first\n- ', letter],
	['in one sentence without an end', 'It goes ', letter],
	['in many lines', 'It goes ', (index) => (index % 40 === 39 ? '\n' : letter(index))],
	[
		'in many steps of a list',
		'Do this:\n',
		(index) => (index % 20 === 19 ? '\n' : index % 20 === 0 ? '-' : letter(index)),
	],
	['in the same letter', 'I', () => 'I'],
];
for (const [what, beginning, character] of BEGINNINGS) {
	// Where nobody listens, nothing is put together, whatever it would be.
	for (const listens of what === 'while a list is open' ? [true, false] : [true]) {
		const how = listens ? 'a chat shows' : 'nobody listens to';
		situation(`[D8] takes time that grows with the pieces ${how}, ${what}`, async () => {
			const said = async (count: number) => {
				const session = world().session(film());
				const steps = [send(flat.text(beginning)), pieces('flat', count, character)];
				world().onPrompt(take, ...steps, close);
				const workflow = chain(inSession(session), generate());
				const run = await engine().run(workflow, { streaming: listens });
				expect(success(run)).toMatchObject({ status: 'completed' });
			};
			const text = await expectLinear(12_000, said);
			report(`Pieces ${how}, ${what}`, text);
			expect(world().spent()).toEqual(paid());
		});
	}
}

situation('[D8] takes time that grows with the pieces of the ADK dialect', async () => {
	const said = async (count: number) => {
		const session = world().session(film());
		const complete = send(event({ author: 'nemo_agent', turnComplete: true }));
		world().onPrompt(take, pieces('adk', count, letter), complete, close);
		const workflow = chain([{}], assistant({ message: 'look at it', sessionId: session.id }));
		const run = await engine().run(workflow, { streaming: true });
		expect(success(run)).toMatchObject({ status: 'completed' });
	};
	report('Pieces of the ADK dialect in a chat', await expectLinear(12_000, said));
	expect(world().spent()).toEqual(paid());
});
