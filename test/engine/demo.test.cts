import { rmSync } from 'node:fs';
import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { runExample } from '../../tools/demo/embedded.cts';
import { PHOTOS } from '../../tools/demo/example.cts';
import { unpackAlone } from '../package/packed.cts';
// Removes what the engine has stored.
import './support/engine.cts';

let emulator: Emulator;
let home: string;
let folder: string;

beforeAll(async () => {
	({ home, folder } = unpackAlone());
	// The demo renders a real film, which takes half a minute; .ci/run runs it.
	emulator = await startEmulator({ renders: 'canned' });
});

afterAll(async () => {
	await emulator.close();
	rmSync(home, { recursive: true, force: true });
});

describe('the demo in the embedded engine', () => {
	const order = [3, 1, 5, 2, 4];
	const lines: string[] = [];
	let film: Buffer;

	// Once for all tests: the example looks for its film every ten seconds.
	beforeAll(async () => {
		const print = (line: string): void => void lines.push(line);
		film = await runExample({ folder, emulator, order, print });
	});

	it('gets the film that NemoVideo made, with the packed nodes', () => {
		expect(film).toHaveLength(emulator.options.cannedBytes);
		expect(emulator.ledger.summary()).toMatchObject({
			promptsAccepted: 1,
			sessions: 1,
			uploads: 5,
			renders: 1,
		});
	});

	it('uploads the photos in the order asked for, and prompts with the caption', () => {
		const names = emulator.ledger.uploads.map(({ filename }) => filename);
		expect(names).toEqual(order.map((number) => PHOTOS[number - 1]));
		expect(emulator.ledger.prompts[0]?.text).toContain('Summer sale: 20% off');
	});

	it.each(['Create Session', 'Upload', 'Generate', 'Export'])(
		'says once that NemoVideo %s has finished',
		(stage) => {
			expect(lines.filter((line) => line.includes(`s  NemoVideo ${stage} `))).toHaveLength(1);
		},
	);

	it('says on the way what it waits for', () => {
		expect(lines.join('\n')).toMatch(/NemoVideo Export, \d+ s so far: the film is rendered/);
	});
});

describe('a demo whose workflow fails', () => {
	it('names the node, the reason and the way out', async () => {
		emulator.options.exportPlan = 'none';
		const running = runExample({ folder, emulator, order: [1, 2, 3, 4, 5] });
		await expect(running).rejects.toThrow(
			/^The workflow failed at NemoVideo Export: .*\bexports?\b.*\n.*\bplan\b/i,
		);
	});
});
