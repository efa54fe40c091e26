import { sendMessage } from '../../../src/api/sendMessage';
import { leaseOf } from '../support/client.cts';
import { answer, failureOf, Scripted } from '../support/scripted.cts';

const PAGE = { 'content-type': 'text/html', server: 'nginx' };

async function refusalOf(...given: Parameters<typeof answer>) {
	const nemo = new Scripted().on('POST /run_sse', answer(...given));
	const lease = await leaseOf(nemo.client, '9000');
	return await failureOf(sendMessage(nemo.client, lease, { ticket: 't', text: 'make it' }));
}

describe('what NemoVideo answers to a prompt in the place of a stream', () => {
	it.each([
		[500, { error: 'Failed to run agent: quota of the model is used up' }, /quota of the model/],
		[503, { code: 503, message: 'overloaded' }, /overloaded/],
		[409, { detail: 'Session is running another turn' }, /running another turn/],
		[502, '{"error": "Failed: "no model""}', /no model/],
		[499, { message: 'gave up' }, /gave up/],
		[503, { code: 2001, message: 'none left' }, /none left/],
	])('is quoted where the prompt may be worked on all the same: HTTP %i', async (...given) => {
		const [status, body, words] = given;
		const { outcome, message, description } = await refusalOf(body, status);
		expect(outcome).toBe('unknown');
		expect(`${message} ${description}`).toMatch(words);
	});

	it.each([
		['a failing server', { message: 'overloaded' }, 503, {}],
		['a failing server that asks to wait', {}, 503, { 'retry-after': '9' }],
		['a page of a gateway', '<html>Bad Gateway</html>', 502, PAGE],
		['a page about too many requests', 'Slow down', 429, PAGE],
	])('never advises to send it again after %s', async (_what, body, status, headers) => {
		expect((await refusalOf(body, status, headers)).description).not.toMatch(/try again/i);
	});

	it('is kind input with advice where it names a field, and the prompt was not taken', async () => {
		const detail = [{ loc: ['body', 'new_message'], msg: 'field required' }];
		expect(await refusalOf({ detail }, 422)).toMatchObject({
			kind: 'input',
			outcome: 'refused',
			message: 'NemoVideo could not use the request',
			description:
				'Compare the values in this node with NemoVideo\'s message. NemoVideo says: "new_message: field required".',
		});
	});
});
