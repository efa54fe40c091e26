import { upload } from '../../../../src/flows/upload/upload';
import type { NemoVideoError } from '../../../../src/api/errors';
import { answer, failureOf, ok, Scripted, state, type Answer } from '../../support/scripted.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';

const SECRET = 'X-Amz-Signature=0a1b2c&X-Amz-Expires=3600';
const EXPIRED = `https://files.example/u/33/pathKey/photo.jpg?${SECRET}`;
const SHOWN = 'https://files.example/…/photo.jpg';
const OTHER = 'https://other.example/a.jpg';

/** The failure of an upload by link that meets this answer. */
async function refusedWith(answered: Answer, urls = [EXPIRED]): Promise<NemoVideoError> {
	const nemo = new Scripted();
	nemo.on('GET /api/state/', state(null));
	nemo.on('POST /api/upload-video/', answered);
	const work = { sessionId: '7', media: { urls } };
	return await failureOf(nemo.run(upload(nemo.client, work, new Heard(), newCheckpoint())));
}

const told = ({ message, description = '', says = '' }: NemoVideoError): string =>
	`${message} ${description} ${says}`;

describe('a link that NemoVideo could not fetch', () => {
	it.each([
		['its own 400', answer({ code: 400, message: `Could not fetch ${EXPIRED}: HTTP 403` }, 400)],
		["the host's 403", answer({ code: 403, message: `${EXPIRED} answered 403` })],
		["the host's 404", answer({ code: 404, message: `${EXPIRED} is gone` })],
		["the host's 410", answer({ code: 410, message: `"${EXPIRED}" answered 410` })],
	])('is named with what to do where it answers %s', async (_what, answered) => {
		const error = await refusedWith(answered, [OTHER, EXPIRED]);
		expect(error.message).toBe(`NemoVideo could not use the link ${SHOWN}`);
		expect(error).toMatchObject({ kind: 'input', outcome: 'refused', handles: { sessionId: '7' } });
		expect(error.description).toMatch(/^Open the link in .*expired.*HTTP Request.*NemoVideo says/);
		expect(told(error)).not.toMatch(/pathKey|X-Amz|0a1b2c/);
	});

	it('is named where NemoVideo says nothing of it', async () => {
		const error = await refusedWith(answer({ code: 400 }, 400));
		expect(error.message).toBe(`NemoVideo could not use the request with the link ${SHOWN}`);
		expect(error.description).toMatch(/^Open the link/);
	});

	it('is named among others that it may be', async () => {
		const urls = [1, 2, 3, 4, 5, 6, 7].map((number) => `https://files.example/${number}.jpg`);
		const { message } = await refusedWith(answer({ code: 422 }, 422), urls);
		expect(message).toMatch(/one of the links .*1\.jpg, .*2\.jpg, .*5\.jpg and 2 more$/);
	});

	it('that gives a page is named beside the types of files', async () => {
		const error = await refusedWith(answer({ code: 4001, message: 'text/html' }));
		expect(error).toMatchObject({ kind: 'fileType', outcome: 'refused' });
		expect(error.message).toMatch(
			/type of file: the link https:\/\/files\.example\/…\/photo\.jpg$/,
		);
		expect(error.description).toMatch(/Open the link .*Accepted formats/);
	});

	it('that an answer lists as failed is named without what opens it', async () => {
		const failed = [{ url: EXPIRED, error: `HTTP 403 at ${EXPIRED}` }];
		const error = await refusedWith(ok({ files: [{ filename: 'a.jpg' }], failed }), [
			OTHER,
			EXPIRED,
		]);
		expect(error.message).toBe("NemoVideo didn't accept 'photo.jpg'");
		expect(error.description).toContain(`Not accepted: ${SHOWN}.`);
		expect(told(error)).not.toMatch(/pathKey|X-Amz|0a1b2c/);
	});
});

describe('a failure that is not about a link', () => {
	it.each([
		['the token', answer({ code: 1001 }), 'auth', 'refused the token'],
		['credits', answer({ code: 2001 }), 'credits', 'out of credits'],
		['the address of NemoVideo', answer({ detail: 'Not Found' }, 404), 'protocol', 'Not Found'],
	])('says nothing of it: %s', async (_what, answered, kind, words) => {
		const error = await refusedWith(answered);
		expect(error).toMatchObject({ kind });
		expect(error.message).toContain(words);
		expect(told(error)).not.toMatch(/Open the link/);
	});
});
