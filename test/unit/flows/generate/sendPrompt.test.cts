import type { ApiRequest, ByteStream } from '../../../../src/api/transport';
import { generate } from '../../../../src/flows/generate/generate';
import { closeUploads, leaveUpload } from '../../../../src/flows/upload/openUploads';
import { DEFAULT_RECOVERY } from '../../../../src/flows/generate/recoverTurn';
import type { PendingUpload } from '../../../../src/flows/upload/uploadCheckpoint';
import { settings } from '../assistant/chat.cts';
import { settled } from '../fakeClock.cts';
import { FakeNemoVideo, Heard, newCheckpoint } from '../fakeNemoVideo.cts';

const SESSION = '9000';
const PROMPT = 'Which music fits?';
const film = (title: string) => ({ t: [{ tt: 0, sg: [{ d: 1_000, m: { title } }] }], d: 1_000 });
const order = { ...settings(PROMPT).turn, sessionId: SESSION, prompt: PROMPT };
const QUESTION = { says: ['Which music do you want?'] };

function prepared<Nemo extends FakeNemoVideo>(nemo: Nemo): Nemo {
	nemo.sessions.set(SESSION, { draft: film('old'), files: [] });
	nemo.turns = [QUESTION, QUESTION];
	return nemo;
}

/** Refuses the first prompt, while the work of an earlier one still comes in. */
class Overloaded extends FakeNemoVideo {
	override async open(request: ApiRequest): Promise<ByteStream> {
		const isFirst = this.prompts.length === 0;
		const stream = await super.open(request);
		if (!isFirst) return stream;
		this.turns = [QUESTION];
		this.sessions.set(SESSION, { draft: film('late'), files: [] });
		async function* refusal(): AsyncGenerator<Uint8Array> {
			yield await Promise.resolve(new TextEncoder().encode('{"message":"Too many requests"}'));
		}
		const headers = { 'content-type': 'application/json' };
		return { ...stream, status: 429, headers, bytes: refusal() };
	}
}

it('a prompt that waited for the rate limit is compared with the session as it was right before sending', async () => {
	const nemo = prepared(new Overloaded());
	const result = await nemo.clock.passUntil(
		generate(nemo.client, order, newCheckpoint(), new Heard()),
	);
	expect(nemo.prompts).toEqual([PROMPT, PROMPT]);
	expect(result).toMatchObject({ status: 'awaitingInput', changes: [] });
});

describe('a prompt to a session that an upload may still be on its way to', () => {
	const pending = (nemo: FakeNemoVideo): PendingUpload => ({
		phase: 'sending',
		sessionId: SESSION,
		ticket: 'upload',
		leftAt: nemo.clock.now(),
		before: [],
		sent: [{ key: 'a', name: 'a.png' }],
		arrived: [],
		mayBeSentAgain: false,
	});

	it('waits ten seconds for it', async () => {
		const nemo = prepared(new FakeNemoVideo());
		await leaveUpload(nemo.client, pending(nemo), DEFAULT_RECOVERY);
		const made = generate(nemo.client, order, newCheckpoint(), new Heard());
		await nemo.clock.advance(9_999);
		expect(nemo.requests).toEqual([]);
		await nemo.clock.advance(1);
		expect(nemo.prompts).toEqual([PROMPT]);
		await nemo.clock.passUntil(made);
	});

	it('is sent at once where all files are known to have arrived', async () => {
		const nemo = prepared(new FakeNemoVideo());
		await leaveUpload(nemo.client, pending(nemo), DEFAULT_RECOVERY);
		await closeUploads(nemo.client, SESSION, new Set(['a']));
		const made = generate(nemo.client, order, newCheckpoint(), new Heard());
		await settled();
		expect(nemo.prompts).toEqual([PROMPT]);
		await nemo.clock.passUntil(made);
	});
});

describe('a prompt that was asked for before an equal one was done', () => {
	it('gets its result, also where it reaches the session only afterwards', async () => {
		const nemo = prepared(new FakeNemoVideo());
		const askedAt = nemo.clock.now();
		await nemo.clock.advance(1_000);
		const first = await nemo.clock.passUntil(
			generate(nemo.client, order, newCheckpoint(), new Heard()),
		);
		const late = generate(nemo.client, { ...order, askedAt }, newCheckpoint(), new Heard());
		expect(await nemo.clock.passUntil(late)).toEqual(first);
		expect(nemo.prompts).toEqual([PROMPT]);
	});

	it('is another wish where it was asked for afterwards', async () => {
		const nemo = prepared(new FakeNemoVideo());
		await nemo.clock.passUntil(generate(nemo.client, order, newCheckpoint(), new Heard()));
		await nemo.clock.advance(1);
		await nemo.clock.passUntil(generate(nemo.client, order, newCheckpoint(), new Heard()));
		expect(nemo.prompts).toEqual([PROMPT, PROMPT]);
	});
});
