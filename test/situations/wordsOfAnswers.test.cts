import { adk, flat } from './support/dialects.cts';
import { failure, generate, inSession, UNSURE, withWorld } from './support/nodes.cts';
import { answer, close, send, take } from './support/turnOnWire.cts';

const { world, engine } = withWorld();

const ANSWERS: ReadonlyArray<[status: number, body: object, words: string]> = [
	[500, { error: 'Failed to run agent: quota of the model is used up' }, 'quota of the model'],
	[503, { code: 503, message: 'overloaded' }, 'overloaded'],
	[409, { detail: 'Session is running another turn' }, 'running another turn'],
	[499, { message: 'the caller left' }, 'the caller left'],
];
for (const [status, body, words] of ANSWERS) {
	it(`quotes NemoVideo's HTTP ${status} to a prompt once, and advises no second try`, async () => {
		const session = world().session();
		world().onPrompt(take, answer(status, body));
		const told = failure(await engine().runNode(inSession(session), generate()));
		expect(told).toMatchObject({ ...UNSURE, httpStatus: status });
		const text = `${String(told.message)} ${String(told.description)}`;
		expect(text.split(words)).toHaveLength(2);
		expect(text).not.toMatch(/try again/i);
	});
}

it('names the field of a prompt that NemoVideo does not take', async () => {
	const session = world().session();
	const detail = [{ loc: ['body', 'new_message'], msg: 'field required' }];
	world().onPrompt(answer(422, { detail }));
	const told = failure(await engine().runNode(inSession(session), generate()));
	expect(told).toMatchObject({ kind: 'input', safeToRepeat: true, httpStatus: 422 });
	expect(told.description).toContain('"new_message: field required"');
});

for (const reason of ['SAFETY', 'RECITATION']) {
	it(`gives one instruction for a prompt that is refused for ${reason}: to change it`, async () => {
		const session = world().session();
		world().onPrompt(take, send(flat.call('generate_video'), adk.failure(reason, '')), close);
		const told = failure(await engine().runNode(inSession(session), generate()));
		expect(told).toMatchObject({ ...UNSURE, kind: 'input' });
		expect(told.description).toMatch(/^Change 'Prompt'/);
		expect(told.description).toMatch(/may have charged/);
		expect(told.description).not.toMatch(/run this item again/);
	});
}
