import type { UploadPart } from '../../../../src/api/transport';
import type { UploadedFile } from '../../../../src/api/sessionFiles';
import { DEFAULT_RECOVERY } from '../../../../src/flows/generate/recoverTurn';
import { FileUpload } from '../../../../src/flows/upload/fileUpload';
import { upload } from '../../../../src/flows/upload/upload';
import { workInSession } from '../../../../src/flows/workInSession';
import {
	isUploadCheckpoint,
	type UploadCheckpoint,
} from '../../../../src/flows/upload/uploadCheckpoint';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import {
	answer,
	failureOf,
	lost,
	ok,
	Scripted,
	state,
	type Answer,
} from '../../support/scripted.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';

const STATE = 'GET /api/state/';
const UPLOAD = 'POST /api/upload-video/';
const part = (filename: string): UploadPart => ({
	filename,
	mimeType: 'image/png',
	sizeBytes: 1,
	contentId: filename,
	async *open() {
		yield new Uint8Array(1);
	},
});

/** A session of NemoVideo with the files in it. */
let held: string[];
let nemo: Scripted;
let checkpoint: Checkpoint<UploadCheckpoint>;
let stateFails = 0;
/** More than one search for files bears. */
const UNREADABLE = 5;

beforeEach(() => {
	nemo = new Scripted();
	checkpoint = newCheckpoint();
	held = [];
	stateFails = 0;
	nemo.on(STATE, () =>
		stateFails-- > 0
			? lost()
			: state(
					null,
					held.map((filename) => ({ filename })),
				),
	);
});

/** An upload request: how many of its files arrive, and what is answered. */
const meets = (...steps: Array<{ arrive: number; answered: Answer | 'ok' }>): void => {
	nemo.on(
		UPLOAD,
		...steps.map(({ arrive, answered }): Answer => ({ files = [] }) => {
			const names = files.map(({ filename }) => filename);
			held.push(...names.slice(0, arrive));
			if (answered === 'ok') return ok({ files: names.map((filename) => ({ filename })) });
			return answered as never;
		}),
	);
};
const send = async (...names: string[]): Promise<string[]> => {
	const settings = { sessionId: '7', media: { files: names.map(part) } };
	const files: UploadedFile[] = await nemo.run(
		upload(nemo.client, settings, new Heard(), checkpoint),
	);
	return files.map(({ filename }) => filename);
};
const LOST = { arrive: 0, answered: lost() };
const ARRIVED = { arrive: 9, answered: lost() };
const FINE = { arrive: 9, answered: 'ok' } as const;

/** Milliseconds from the sending that got lost to the last look. */
const PATIENCE_MS = 270_000;
const UNSURE = { outcome: 'unknown', stage: 'upload', handles: { sessionId: '7' } };

describe('files', () => {
	it('are sent once where all goes well', async () => {
		meets(FINE);
		expect(await send('a.png', 'b.png')).toEqual(['a.png', 'b.png']);
		expect(held).toEqual(['a.png', 'b.png']);
		expect(checkpoint.read()).toMatchObject({ phase: 'done' });
	});

	it.each([
		['that got lost are sent once more', [LOST, FINE], 2],
		['that arrived without an answer are not', [ARRIVED], 1],
		['of which a part arrived are completed', [{ arrive: 1, answered: lost() }, FINE], 2],
		['that arrive bit by bit too', [{ arrive: 1, answered: lost() }, ARRIVED], 2],
		['that got lost and then arrive without an answer too', [LOST, ARRIVED], 2],
	])('%s', async (_what, steps, uploads) => {
		held.push('old.png', 'a.png');
		meets(...steps);
		expect(await send('a.png', 'b.png', 'c.png')).toEqual(['a.png', 'b.png', 'c.png']);
		expect(held).toEqual(['old.png', 'a.png', 'a.png', 'b.png', 'c.png']);
		expect(nemo.count(UPLOAD)).toBe(uploads);
	});

	it.each([1, 29, 100, 250])(
		'that turn up %i s after their answer got lost are taken',
		async (s) => {
			meets(LOST);
			const sentAt = nemo.clock.now();
			void nemo.clock.wait(s * 1_000).then(() => held.push('a.png'));
			expect(await send('a.png')).toEqual(['a.png']);
			expect(nemo.count(UPLOAD)).toBe(1);
			expect(nemo.clock.now() - sentAt).toBeLessThanOrEqual(PATIENCE_MS);
		},
	);

	it('are looked for with the patience of a lost prompt before they are sent once more', async () => {
		const times: number[] = [];
		nemo.on(UPLOAD, () => (times.push(nemo.clock.now()), lost()));
		expect(await failureOf(send('a.png'))).toMatchObject({ ...UNSURE, kind: 'network' });
		expect(times).toHaveLength(2);
		expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(PATIENCE_MS);
		expect(nemo.clock.now() - (times[1] ?? 0)).toBe(PATIENCE_MS);
		// One before each sending, and five to look for it.
		expect(nemo.count(STATE)).toBe(12);
	});

	it('of one name are distinguished by their number', async () => {
		meets({ arrive: 1, answered: lost() }, FINE);
		expect(await send('same.png', 'same.png')).toEqual(['same.png', 'same-2.png']);
		expect(held).toEqual(['same.png', 'same-2.png']);
	});

	it('that NemoVideo renamed are recognized by their order', async () => {
		nemo.on(UPLOAD, () => (held.push('1f.png', '2f.png'), lost()));
		expect(await send('a.png', 'b.png')).toEqual(['1f.png', '2f.png']);
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it('of which NemoVideo renamed one are not sent again, because nobody can tell which it is', async () => {
		nemo.on(UPLOAD, () => (held.push('1f.png'), lost()));
		expect(await failureOf(send('a.png', 'b.png'))).toMatchObject(UNSURE);
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it('that NemoVideo has and is not done with are not sent again', async () => {
		nemo.on(STATE, state(null), state(null, [{ filename: 'a.png', status: 'processing' }]));
		nemo.on(UPLOAD, lost());
		expect(await failureOf(send('a.png'))).toMatchObject(UNSURE);
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it('that are refused are not sent again, nor remembered', async () => {
		nemo.on(UPLOAD, answer({ code: 4001 }));
		expect(await failureOf(send('a.png'))).toMatchObject({ kind: 'fileType', outcome: 'refused' });
		expect(checkpoint.read()).toBeUndefined();
	});

	it.each([
		[403, 5],
		[404, 5],
		[522, 5],
		// A gateway that refuses a size has not passed the whole of it on.
		[413, 1],
	])(
		'that a page with status %i answers are looked for (%i times) and not sent again',
		async (status, looks) => {
			nemo.on(UPLOAD, answer('<html>No</html>', status));
			const error = await failureOf(send('a.png'));
			expect(error).toMatchObject({ ...UNSURE, httpStatus: status });
			expect(error.message).toContain(`HTTP ${status}`);
			expect(error.description).toContain("The session doesn't show 'a.png'");
			expect(nemo.count(UPLOAD)).toBe(1);
			expect(nemo.count(STATE)).toBe(1 + looks);
		},
	);

	it('that NemoVideo answers with an error quotes it, and advises no second upload', async () => {
		nemo.on(UPLOAD, answer({ error: 'the disk is full' }, 507));
		const { description } = await failureOf(send('a.png'));
		expect(description).toMatch(
			/^NemoVideo is not available at the moment\. NemoVideo says: "the disk is full"\. The session/,
		);
	});

	it.each([
		['a page with status 504', answer('<html>Too late</html>', 504)],
		['status 500 with a number of NemoVideo', answer({ code: 1002 }, 500)],
		['status 408', answer({ detail: 'late' }, 408)],
		['an answer cut in the middle', answer('{"code":0,"data":{"fi')],
		['an answer without files', ok({ odd: true })],
		['an unknown number', answer({ code: 5000 })],
	])('that %s answers, and that arrived, are taken', async (_what, answered) => {
		nemo.on(UPLOAD, () => (held.push('a.png'), answered));
		expect(await send('a.png')).toEqual(['a.png']);
		expect(nemo.count(UPLOAD)).toBe(1);
	});
});

describe('an answer that', () => {
	it.each([
		['lists none of two files', [], "'a.png', 'b.png'"],
		['lists one of two files', [{ filename: 'a.png' }], "'b.png'"],
	])('%s is a failure that names what is missing', async (_what, files, missing) => {
		nemo.on(UPLOAD, ok({ files }));
		const error = await failureOf(send('a.png', 'b.png'));
		expect(error).toMatchObject({ ...UNSURE, kind: 'protocol' });
		expect(error.message).toBe(`It's unknown whether NemoVideo received ${missing}`);
		expect(error.description).toContain(`lists ${files.length} of 2 files`);
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it('lists nothing is enough where the session shows the files', async () => {
		nemo.on(UPLOAD, () => (held.push('a.png', 'b.png'), ok({ files: [] })));
		expect(await send('a.png', 'b.png')).toEqual(['a.png', 'b.png']);
	});

	it('lists one of two files of the same name is completed by the session', async () => {
		nemo.on(UPLOAD, () => (held.push('a.png', 'a.png'), ok({ files: [{ filename: 'a.png' }] })));
		expect(await send('a.png', 'a.png')).toEqual(['a.png', 'a.png']);
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it.each([
		['an error', { error: 'unreadable' }, 'input', 'unreadable'],
		['a number', { code: 4001, message: 'no' }, 'fileType', 'Accepted formats'],
		['a failed status', { status: 'failed' }, 'protocol', 'another format'],
	])(
		'tells %s of one file is a failure that names it, and what arrived',
		async (_how, told, kind, words) => {
			nemo.on(
				UPLOAD,
				() => (
					held.push('a.png'),
					ok({ files: [{ filename: 'a.png' }, { filename: 'b.png', ...told }] })
				),
			);
			const error = await failureOf(send('a.png', 'b.png'));
			expect(error).toMatchObject({ ...UNSURE, kind });
			expect(error.message).toBe("NemoVideo didn't accept 'b.png'");
			expect(error.description).toContain(words);
			expect(error.description).toContain("'a.png' is in the session");
			expect(nemo.count(UPLOAD)).toBe(1);
		},
	);

	it('tells an error of the only file is a refusal', async () => {
		nemo.on(UPLOAD, ok({ files: [{ filename: 'a.png', error: 'unreadable' }] }));
		expect(await failureOf(send('a.png'))).toMatchObject({ outcome: 'refused' });
		expect(checkpoint.read()).toBeUndefined();
	});
});

describe('an upload that is tried again', () => {
	/** The answer is lost, and the state can't be read for longer than the try lasts. */
	const interrupted = async (arrive: number, ...names: string[]): Promise<void> => {
		nemo.on(UPLOAD, ({ files = [] }) => {
			held.push(...files.slice(0, arrive).map(({ filename }) => filename));
			stateFails = UNREADABLE;
			return lost();
		});
		expect(await failureOf(send(...names))).toMatchObject({ ...UNSURE, kind: 'network' });
		expect(checkpoint.read()).toMatchObject({ phase: 'sending', before: [] });
		meets(FINE);
	};

	it.each([0, 1, 2])('sends what has not arrived: %i of 2 had', async (arrive) => {
		await interrupted(arrive, 'a.png', 'b.png');
		expect(await send('a.png', 'b.png')).toEqual(['a.png', 'b.png']);
		expect(held).toEqual(['a.png', 'b.png']);
		expect(nemo.count(UPLOAD)).toBe(arrive === 2 ? 1 : 2);
	});

	it('is done when it was done', async () => {
		meets(FINE);
		await send('a.png');
		const requests = nemo.requests.length;
		expect(await send('a.png')).toEqual(['a.png']);
		expect(nemo.requests).toHaveLength(requests);
	});

	it('after it was looked for in vain looks once more, and sends nothing', async () => {
		meets(LOST);
		const first = await failureOf(send('a.png'));
		const before = { uploads: nemo.count(UPLOAD), looks: nemo.count(STATE) };
		expect((await failureOf(send('a.png'))).toJSON()).toEqual(first.toJSON());
		expect(nemo.count(UPLOAD)).toBe(before.uploads);
		expect(nemo.count(STATE)).toBe(before.looks + 1);
		held.push('a.png');
		expect(await send('a.png')).toEqual(['a.png']);
		expect(nemo.count(UPLOAD)).toBe(before.uploads);
	});

	const overtakenBy = (name: string): void => {
		held.push(name);
		nemo.client.sent.note('7', 'a later upload');
	};

	it('beside files of another item with other names sends its own', async () => {
		await interrupted(0, 'a.png');
		overtakenBy('other.png');
		expect(await send('a.png')).toEqual(['a.png']);
		expect(held).toEqual(['other.png', 'a.png']);
	});

	it.each([['a.png'], ['other.png', 'a.png'], ['']])(
		'beside files that may be its own or those of another item says so: %s',
		async (...names) => {
			await interrupted(0, 'a.png');
			names.forEach(overtakenBy);
			const error = await failureOf(send('a.png'));
			expect(error).toMatchObject({ ...UNSURE, kind: 'input' });
			expect(error.message).toMatch(/can't be determined whether its files arrived/);
			expect(error.description).toMatch(/State node/);
			expect(nemo.count(UPLOAD)).toBe(1);
		},
	);

	it('after Stop is still known to have been in progress', async () => {
		nemo.on(UPLOAD, () => (nemo.stop.abort(), held.push('a.png'), lost()));
		expect(await failureOf(send('a.png'))).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
		expect(checkpoint.read()).toMatchObject({ phase: 'sending' });
	});

	it('beside files of another item, and lost again, takes none of theirs for its own', async () => {
		await interrupted(0, 'a.png');
		overtakenBy('other.png');
		meets(LOST);
		expect(await failureOf(send('a.png'))).toMatchObject(UNSURE);
		expect(held).toEqual(['other.png']);
		expect(nemo.count(UPLOAD)).toBe(2);
	});

	it('and refused then is still known to have been in progress', async () => {
		await interrupted(0, 'a.png');
		nemo.on(UPLOAD, answer({ code: 4001 }));
		expect(await failureOf(send('a.png'))).toMatchObject({ kind: 'fileType', outcome: 'unknown' });
		expect(checkpoint.read()).toMatchObject({ phase: 'sending', mayBeSentAgain: true });
	});

	it('in another session of its own begins again', async () => {
		checkpoint.write({
			phase: 'sending',
			sessionId: '6',
			ticket: 't',
			leftAt: 0,
			before: [],
			sent: [],
			arrived: [],
			mayBeSentAgain: true,
		});
		meets(FINE);
		expect(await send('a.png')).toEqual(['a.png']);
	});
});

describe('a file whose upload has no known end', () => {
	const byAnother = async (...names: string[]): Promise<string[]> => {
		checkpoint = newCheckpoint();
		return await send(...names);
	};

	it('is looked for by another item with the same file, and is there once', async () => {
		meets(LOST);
		await failureOf(send('a.png'));
		held.push('a.png');
		expect(await byAnother('a.png')).toEqual(['a.png']);
		expect(nemo.count(UPLOAD)).toBe(2);
		expect(held).toEqual(['a.png']);
	});

	it('is not sent by another item with the same file while it stays missing', async () => {
		meets(LOST);
		await failureOf(send('a.png'));
		expect(await failureOf(byAnother('a.png', 'b.png'))).toMatchObject(UNSURE);
		expect(nemo.count(UPLOAD)).toBe(2);
		// The execution's ledger keeps it for good.
		await nemo.clock.advance(10 * PATIENCE_MS);
		expect(await failureOf(byAnother('a.png'))).toMatchObject(UNSURE);
		expect(nemo.count(UPLOAD)).toBe(2);
	});

	it('holds back no other file', async () => {
		meets(LOST, LOST, FINE);
		await failureOf(send('a.png'));
		expect(await byAnother('b.png')).toEqual(['b.png']);
	});

	it('may be sent by another execution once its time is over', async () => {
		meets(LOST, LOST, FINE);
		await failureOf(send('a.png'));
		nemo.client.sent.leaveUploads('7', []);
		expect(await failureOf(byAnother('a.png'))).toMatchObject(UNSURE);
		await nemo.clock.advance(PATIENCE_MS);
		nemo.client.sent.leaveUploads('7', []);
		expect(await byAnother('a.png')).toEqual(['a.png']);
	});

	it('is known no more once it was found', async () => {
		meets(LOST, LOST, FINE);
		await failureOf(send('a.png'));
		held.push('a.png');
		expect(await byAnother('a.png')).toEqual(['a.png']);
		// The same file again is another wish now.
		expect(await byAnother('a.png')).toEqual(['a.png']);
		expect(held).toEqual(['a.png', 'a.png']);
	});
});

describe('an upload', () => {
	const stages: string[] = [];
	const told = Object.assign(new Heard(), { stage: (name: string) => stages.push(name) });
	const urls = ['https://files.test/a.png', 'https://files.test/b.png'];
	const sendUrls = async () =>
		await nemo.run(upload(nemo.client, { sessionId: '7', media: { urls } }, told, checkpoint));
	beforeEach(() => (stages.length = 0));

	it('says how many files are in progress, and that it looks for them', async () => {
		meets({ arrive: 1, answered: lost() }, FINE);
		const media = { files: ['a.png', 'b.png'].map(part) };
		await nemo.run(upload(nemo.client, { sessionId: '7', media }, told, checkpoint));
		expect(stages).toEqual([
			'Uploading 2 files',
			'Looking for the files in the session',
			'Uploading 1 file',
		]);
	});

	it('of addresses that arrived without an answer is done', async () => {
		nemo.on(UPLOAD, () => (held.push('a.png', 'b.png'), lost()));
		expect((await sendUrls()).map(({ filename }) => filename)).toEqual(['a.png', 'b.png']);
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it.each([0, 1])('of addresses of which %i arrived is not sent again', async (arrive) => {
		nemo.on(UPLOAD, () => (held.push(...['a.png', 'b.png'].slice(0, arrive)), lost()));
		const error = await failureOf(sendUrls());
		expect(error).toMatchObject(UNSURE);
		expect(error.message).toContain(arrive === 0 ? "'a.png', 'b.png'" : "received 'b.png'");
		expect(nemo.count(UPLOAD)).toBe(1);
		expect(nemo.count(STATE)).toBe(6 + arrive);
	});

	it('of which only the second file arrived is completed by the first', async () => {
		nemo.on(
			UPLOAD,
			() => (held.push('b.png'), lost()),
			({ files = [] }) => {
				held.push(...files.map(({ filename }) => filename));
				return ok({ files: files.map(({ filename }) => ({ filename })) });
			},
		);
		expect(await send('a.png', 'b.png')).toEqual(['a.png', 'b.png']);
		expect(held).toEqual(['b.png', 'a.png']);
	});

	it('gives files their names where NemoVideo omits them', async () => {
		nemo.on(UPLOAD, () => (held.push('', ''), lost()));
		expect(await send('a.png', 'b.png')).toEqual(['a.png', 'b.png']);
	});

	it('that is refused after a first one got lost is still known to have been in progress', async () => {
		meets(LOST, { arrive: 0, answered: answer({ code: 4001 }) });
		expect(await failureOf(send('a.png'))).toMatchObject({ kind: 'fileType', outcome: 'unknown' });
		expect(checkpoint.read()).toMatchObject({ phase: 'sending' });
	});

	it('that a gateway finds too large tells its size, and that NemoVideo takes more', async () => {
		nemo.on(UPLOAD, answer('<html>413</html>', 413));
		const media = { files: [{ ...part('a.png'), sizeBytes: 2_097_152 }] };
		const sent = upload(nemo.client, { sessionId: '7', media }, told, checkpoint);
		const { description } = await failureOf(nemo.run(sent));
		expect(description).toContain("'a.png': 2 MB (2,097,152 bytes)");
		expect(description).toContain('NemoVideo itself accepts 500 MB');
		expect(description).toContain('The gateway takes less');
	});

	it('that fails by a bug of our own fails with it', async () => {
		const bug = new TypeError('a bug');
		nemo.on(UPLOAD, () => {
			throw bug;
		});
		await expect(send('a.png')).rejects.toBe(bug);
	});

	it('is remembered only as what it is', () => {
		const lists = { before: [], sent: [], arrived: [] };
		const given = [
			{ phase: 'sending', ticket: 't', leftAt: 0, ...lists },
			{ phase: 'sending', sessionId: '7', held: 0 },
			{ phase: 'done', files: [] },
			{ phase: 'sent' },
			{},
			null,
		];
		expect(given.map(isUploadCheckpoint)).toEqual([true, false, true, false, false, false]);
	});
});

describe('URLs that only programs in their own network can reach', () => {
	const URLS = [
		'https://cdn.test/a.png',
		'http://192.168.1.5:9000/b.png',
		'http://localhost/c.png',
	];
	const sendUrls = async () =>
		await nemo.run(
			upload(nemo.client, { sessionId: '7', media: { urls: URLS } }, new Heard(), checkpoint),
		);

	it('are refused before anything is sent', async () => {
		const error = await failureOf(sendUrls());
		expect(error).toMatchObject({ kind: 'input', outcome: 'refused' });
		expect(error.message).toBe("NemoVideo can't reach http://192.168.1.5:9000/b.png");
		expect(error.description).toContain('upload it as a file');
		expect(nemo.count(UPLOAD)).toBe(0);
		expect(checkpoint.read()).toBeUndefined();
	});

	it.each(['http://127.0.0.1:3000', 'http://nemo.local'])(
		'are sent where the API is at %s itself',
		async (baseUrl) => {
			const account = await nemo.client.account();
			jest.spyOn(nemo.client, 'account').mockResolvedValue({ ...account, baseUrl });
			nemo.on(UPLOAD, ok({ files: URLS.map((url) => ({ filename: url.slice(-5) })) }));
			await sendUrls();
			expect(nemo.count(UPLOAD)).toBe(1);
		},
	);
});

describe('a file that comes twice', () => {
	const twice = async (second: Checkpoint<UploadCheckpoint>, ...names: string[]) => {
		const settings = { sessionId: '7', media: { files: names.map(part) } };
		const files = await upload(nemo.client, settings, new Heard(), second);
		return files.map(({ filename }) => filename);
	};

	it('while an equal one was on its way is taken for that one, and others are sent', async () => {
		meets(FINE, FINE);
		const askedAt = nemo.clock.now() - 1;
		await send('a.png');
		const media = { files: ['a.png', 'b.png'].map(part) };
		const order = { media, recovery: DEFAULT_RECOVERY, askedAt };
		const second = new FileUpload(nemo.client, order, new Heard(), newCheckpoint());
		const work = { sessionId: '7', recovery: DEFAULT_RECOVERY, onWait: () => undefined };
		const sent = workInSession(nemo.client, work, async (lease) => await second.send(lease));
		expect((await sent).map(({ filename }) => filename)).toEqual(['a.png', 'b.png']);
		expect(held).toEqual(['a.png', 'b.png']);
	});

	it('while NemoVideo works with it is not sent, and does not wait', async () => {
		meets(FINE);
		await send('a.png');
		const queue = await nemo.client.sessionQueue();
		let end: () => void = () => undefined;
		const turn = queue.hold('7', {}, async () => {
			await new Promise<void>((resolve) => (end = resolve));
		});
		expect(await twice(newCheckpoint(), 'a.png')).toEqual(['a.png']);
		end();
		await turn;
		expect(held).toEqual(['a.png']);
	});

	it('later, when nothing works in the session, is sent as it was asked for', async () => {
		meets(FINE, FINE);
		await send('a.png');
		expect(await nemo.run(twice(newCheckpoint(), 'a.png'))).toEqual(['a.png']);
		expect(held).toEqual(['a.png', 'a.png']);
	});
});
