import type { UploadPart } from '../../../src/api/transport';
import type { UploadedFile } from '../../../src/api/upload';
import { isUploadRecord, upload, type UploadRecord } from '../../../src/flows/upload';
import type { Slot } from '../../../src/flows/slot';
import { answer, failureOf, lost, ok, Scripted, state, type Answer } from '../support/scripted.cts';
import { Heard, slot as newSlot } from './fakeNemoVideo.cts';

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
let slot: Slot<UploadRecord>;
let stateFails = 0;

beforeEach(() => {
	nemo = new Scripted();
	slot = newSlot();
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
	const files: UploadedFile[] = await nemo.run(upload(nemo.client, settings, new Heard(), slot));
	return files.map(({ filename }) => filename);
};
const LOST = { arrive: 0, answered: lost() };
const ARRIVED = { arrive: 9, answered: lost() };
const FINE = { arrive: 9, answered: 'ok' } as const;

describe('files', () => {
	it('are sent once where all goes well', async () => {
		meets(FINE);
		expect(await send('a.png', 'b.png')).toEqual(['a.png', 'b.png']);
		expect(held).toEqual(['a.png', 'b.png']);
		expect(slot.read()).toMatchObject({ phase: 'done' });
	});

	it.each([
		['that got lost are sent again', [LOST, FINE], 2],
		['that arrived without an answer are not', [ARRIVED], 1],
		['of which a part arrived are completed', [{ arrive: 1, answered: lost() }, FINE], 2],
		['that arrive bit by bit too', [{ arrive: 1, answered: lost() }, ARRIVED], 2],
	])('%s', async (_what, steps, uploads) => {
		held.push('old.png', 'a.png');
		meets(...steps);
		expect(await send('a.png', 'b.png', 'c.png')).toEqual(['a.png', 'b.png', 'c.png']);
		expect(held).toEqual(['old.png', 'a.png', 'a.png', 'b.png', 'c.png']);
		expect(nemo.count(UPLOAD)).toBe(uploads);
	});

	it('of one name are told apart by their number', async () => {
		meets({ arrive: 1, answered: lost() }, FINE);
		expect(await send('same.png', 'same.png')).toEqual(['same.png', 'same.png']);
		expect(held).toEqual(['same.png', 'same.png']);
	});

	it('that NemoVideo renamed are told by their order', async () => {
		nemo.on(UPLOAD, () => (held.push('1f.png', '2f.png'), lost()));
		expect(await send('a.png', 'b.png')).toEqual(['1f.png', '2f.png']);
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it('are given up after three sendings', async () => {
		meets(LOST);
		expect(await failureOf(send('a.png'))).toMatchObject({
			kind: 'network',
			stage: 'upload',
			handles: { sessionId: '7' },
		});
		expect(nemo.count(UPLOAD)).toBe(3);
	});

	it('that are refused are not sent again, nor remembered', async () => {
		nemo.on(UPLOAD, answer({ code: 4001 }));
		expect((await failureOf(send('a.png'))).kind).toBe('fileType');
		expect(slot.read()).toBeUndefined();
	});
});

describe('an upload that is tried again', () => {
	/** The answer is lost, and the state cannot be read for longer than the try lasts. */
	const interrupted = async (arrive: number, ...names: string[]): Promise<void> => {
		nemo.on(UPLOAD, ({ files = [] }) => {
			held.push(...files.slice(0, arrive).map(({ filename }) => filename));
			stateFails = 5;
			return lost();
		});
		expect((await failureOf(send(...names))).kind).toBe('network');
		expect(slot.read()).toMatchObject({ phase: 'sending', held: 0 });
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

	const overtakenBy = (name: string): void => {
		held.push(name);
		const record = slot.read();
		if (record?.phase === 'sending') slot.write({ ...record, superseded: true });
	};

	it('beside files of another item with other names sends its own', async () => {
		await interrupted(0, 'a.png');
		overtakenBy('other.png');
		expect(await send('a.png')).toEqual(['a.png']);
		expect(held).toEqual(['other.png', 'a.png']);
	});

	it('beside files that may be its own or those of another item says so', async () => {
		await interrupted(0, 'a.png');
		overtakenBy('a.png');
		const error = await failureOf(send('a.png'));
		expect(error).toMatchObject({ kind: 'input', handles: { sessionId: '7' } });
		expect(held).toEqual(['a.png']);
	});

	it('beside files of which some may be its own and some are not says so', async () => {
		await interrupted(0, 'a.png');
		overtakenBy('other.png');
		overtakenBy('a.png');
		expect((await failureOf(send('a.png'))).kind).toBe('input');
		expect(held).toEqual(['other.png', 'a.png']);
	});

	it('after Stop is still known to have been under way', async () => {
		nemo.on(UPLOAD, () => (nemo.stop.abort(), held.push('a.png'), lost()));
		expect((await failureOf(send('a.png'))).kind).toBe('cancelled');
		expect(slot.read()).toMatchObject({ phase: 'sending' });
	});

	it('beside files of another item, and lost again, takes none of theirs for its own', async () => {
		await interrupted(0, 'a.png');
		overtakenBy('other.png');
		meets(LOST, FINE);
		expect(await send('a.png')).toEqual(['a.png']);
		expect(held).toEqual(['other.png', 'a.png']);
	});

	it('beside files without a name says that it cannot be told', async () => {
		await interrupted(0, 'a.png');
		overtakenBy('');
		const error = await failureOf(send('a.png'));
		expect(error).toMatchObject({ kind: 'input', stage: 'upload' });
		expect(error.message).toMatch(/whether its files have arrived can no longer be told/);
		expect(error.description).toMatch(/State node/);
	});

	it('and refused then is still known to have been under way', async () => {
		await interrupted(0, 'a.png');
		nemo.on(UPLOAD, answer({ code: 4001 }));
		await failureOf(send('a.png'));
		expect(slot.read()).toMatchObject({ phase: 'sending' });
	});
});

describe('an upload', () => {
	const stages: string[] = [];
	const told = Object.assign(new Heard(), { stage: (name: string) => stages.push(name) });
	beforeEach(() => (stages.length = 0));

	it('says how many files are under way', async () => {
		meets({ arrive: 1, answered: lost() }, FINE);
		const media = { files: ['a.png', 'b.png'].map(part) };
		await nemo.run(upload(nemo.client, { sessionId: '7', media }, told));
		expect(stages).toEqual(['Uploading 2 files', 'Uploading 1 file']);
	});

	it('of addresses sends those that have not arrived', async () => {
		const sent: unknown[] = [];
		nemo.on(UPLOAD, ({ json = '{}' }) => {
			const { urls } = JSON.parse(json);
			sent.push(urls);
			if (sent.length > 1) return ok({ files: [{ filename: 'b.png' }] });
			held.push('a.png');
			return lost();
		});
		const urls = ['https://files.test/a.png', 'https://files.test/b.png'];
		const files = await nemo.run(upload(nemo.client, { sessionId: '7', media: { urls } }, told));
		expect(files.map(({ filename }) => filename)).toEqual(['a.png', 'b.png']);
		expect(sent).toEqual([urls, urls.slice(1)]);
	});

	it('whose third sending arrives without an answer is done', async () => {
		meets(LOST, LOST, ARRIVED);
		expect(await send('a.png')).toEqual(['a.png']);
		expect(nemo.count(UPLOAD)).toBe(3);
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

	it('of which a part is missing after three sendings is a failure', async () => {
		meets(LOST, LOST, { arrive: 1, answered: lost() });
		expect((await failureOf(send('a.png', 'b.png'))).kind).toBe('network');
		expect(nemo.count(UPLOAD)).toBe(3);
	});

	it('gives files their names where NemoVideo omits them', async () => {
		nemo.on(UPLOAD, () => (held.push('', ''), lost()));
		expect(await send('a.png', 'b.png')).toEqual(['a.png', 'b.png']);
	});

	it('is not sent again after an answer that nobody understands', async () => {
		nemo.on(UPLOAD, ok({ odd: true }));
		expect((await failureOf(send('a.png'))).kind).toBe('protocol');
		expect(nemo.count(UPLOAD)).toBe(1);
	});

	it('that is refused after a first one got lost is still known to have been under way', async () => {
		meets(LOST, { arrive: 0, answered: answer({ code: 4001 }) });
		expect((await failureOf(send('a.png'))).kind).toBe('fileType');
		expect(slot.read()).toMatchObject({ phase: 'sending', held: 0 });
	});

	it('that fails by a bug of our own fails with it', async () => {
		const bug = new TypeError('a bug');
		nemo.on(UPLOAD, () => {
			throw bug;
		});
		await expect(send('a.png')).rejects.toBe(bug);
	});

	it('is remembered only as what it is', () => {
		const given = [{ phase: 'sending' }, { phase: 'done' }, { phase: 'sent' }, {}, null];
		expect(given.map(isUploadRecord)).toEqual([true, true, false, false, false]);
	});
});
