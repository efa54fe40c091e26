import { noteAnswered, readStateToSend } from '../../../../src/flows/upload/answeredUploads';
import { ok, Scripted, state } from '../../support/scripted.cts';

const STATE = 'GET /api/state/';
const UPLOAD = { names: ['a.png', 'b.png'], before: [] };
const shows = (...names: string[]) =>
	state(
		null,
		names.map((filename) => ({ filename, cdn_url: `https://cdn.test/${filename}` })),
	);

let nemo: Scripted;
beforeEach(() => {
	nemo = new Scripted();
	missing.length = 0;
});
const missing: string[][] = [];
const onMissing = (names: string[]) => void missing.push(names);
const read = async () => await nemo.run(readStateToSend(nemo.client, '7', { onMissing }));

describe('a session before something is sent to it', () => {
	it('is read once where nothing was uploaded, or where it shows what was', async () => {
		nemo.on(STATE, shows());
		await read();
		expect(nemo.count(STATE)).toBe(1);
		nemo.on(STATE, shows('a.png', 'b.png'));
		await noteAnswered(nemo.client, '7', UPLOAD);
		await read();
		await read();
		expect(nemo.count(STATE)).toBe(3);
		expect(nemo.clock.now()).toBe(new Scripted().clock.now());
	});

	it('is waited for until it shows every file that NemoVideo has taken', async () => {
		nemo.on(STATE, shows(), shows('a.png'), shows('a.png', 'b.png'));
		await noteAnswered(nemo.client, '7', UPLOAD);
		expect((await read()).videoInfos).toHaveLength(2);
		expect(missing).toEqual([]);
		expect(nemo.count(STATE)).toBe(3);
	});

	it('is waited for a few seconds at most, once', async () => {
		nemo.on(STATE, shows());
		await noteAnswered(nemo.client, '7', UPLOAD);
		const begun = nemo.clock.now();
		await read();
		expect(nemo.clock.now() - begun).toBeLessThan(10_000);
		const again = nemo.count(STATE);
		await read();
		expect(nemo.count(STATE)).toBe(again + 1);
		expect(missing).toEqual([['a.png', 'b.png']]);
	});

	it('does not wait for files of another session', async () => {
		nemo.on(STATE, ok({ state: {} }));
		await noteAnswered(nemo.client, '8', UPLOAD);
		await read();
		expect(nemo.count(STATE)).toBe(1);
	});
});
