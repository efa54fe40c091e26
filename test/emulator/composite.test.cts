import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { Picture } from '../../emulator/png.cts';
import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { Client } from './support/client.cts';

let emulator: Emulator;
let client: Client;
let folder: string;

beforeAll(async () => {
	emulator = await startEmulator({ renders: 'composite', compositeFps: 10 });
	client = new Client(emulator);
	folder = await mkdtemp(join(tmpdir(), 'composite-'));
});

afterAll(async () => {
	await client.close();
	await emulator.close();
	await rm(folder, { recursive: true, force: true });
});

const COLOURS = {
	red: [200, 20, 20],
	green: [20, 160, 20],
	blue: [20, 20, 200],
} as const;

function run(...args: string[]): { text: string; bytes: Buffer } {
	const { stderr, stdout } = spawnSync(ffmpeg.path, args, { maxBuffer: 1e8 });
	return { text: String(stderr), bytes: stdout };
}

/** The average colour of the frame at a time, as the nearest of the photos' colours. */
function colourAt(path: string, seconds: number): string {
	const args = `-v error -ss ${seconds} -i ${path} -frames:v 1 -vf scale=1:1 -f rawvideo -pix_fmt rgb24 -`;
	const { bytes } = run(...args.split(' '));
	const distance = (colour: readonly number[]): number =>
		colour.reduce((sum, part, index) => sum + Math.abs(part - (bytes[index] ?? 0)), 0);
	const [nearest] = Object.entries(COLOURS).sort(([, a], [, b]) => distance(a) - distance(b));
	return nearest?.[0] ?? '';
}

it('shows the photos in upload order, for as long as asked, with title and music', async () => {
	const session = await client.session();
	const order = ['blue', 'red', 'green'] as const;
	await client.upload(
		session,
		order.map((name) => ({
			name: `${name}.png`,
			bytes: new Picture(160, 120, [...COLOURS[name], 255]).toPng(),
		})),
	);
	await client.say(session, "turn these images into a 6-second vertical promo video titled 'Sale'");
	await client.submit(session, 'render_a');
	await emulator.waitFor({ type: 'render.done', status: 'completed' }, { timeoutMs: 60_000 });
	const { json } = await client.call('GET', '/api/render/proxy/lambda/render_a');
	const path = join(folder, 'a.mp4');
	const { body } = await client.raw('GET', json.data.outputUrl);
	await writeFile(path, Buffer.from(await body.arrayBuffer()));

	const { text } = run('-i', path);
	expect(text).toMatch(/Duration: 00:00:0[56]\.\d/);
	expect(text).toMatch(/Video: h264 .*yuv420p.*1080x1920/);
	expect(text).toMatch(/Audio: aac/);
	expect([1, 3, 5].map((seconds) => colourAt(path, seconds))).toEqual(['blue', 'red', 'green']);
	const { text: volume } = run('-i', path, '-af', 'volumedetect', '-f', 'null', '-');
	expect(Number(/max_volume: (-?[\d.]+) dB/.exec(volume)?.[1])).toBeGreaterThan(-40);
}, 90_000);

it('says why when a file cannot be shown', async () => {
	const session = await client.session();
	await client.upload(session, [{ name: 'broken.mp4', bytes: Buffer.from('not a video') }]);
	await client.say(session, 'turn this clip into a 2-second promo video');
	await client.submit(session, 'render_b');
	await emulator.waitFor({ type: 'render.done', render: 'render_b' }, { timeoutMs: 60_000 });
	const { json } = await client.call('GET', '/api/render/proxy/lambda/render_b');
	expect(json.data).toMatchObject({ status: 'failed', error: expect.stringContaining('ffmpeg') });
}, 60_000);
