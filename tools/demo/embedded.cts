/** The demo in n8n's own engine (n8n-core), which npm ci brings: no n8n is installed for it. */
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMULATOR_TOKEN, startEmulator, type Emulator } from '../../emulator/server.cts';
import { stopPlatform } from '../../test/engine/support/container.cts';
import { createEngine } from '../../test/engine/support/embeddedEngine.cts';
import { checkFilm } from './checkFilm.cts';
import { patientPromoExample } from './example.cts';
import type { Demo } from './main.cts';
import { stageLine } from './stages.cts';
import { pinStockNodes } from './stockNodes.cts';
import { Waiting } from './waiting.cts';
import { workflowSpec } from './workflowSpec.cts';

/** For a machine that is slow beyond all reason; the nodes have limits of their own. */
const RUN_MS = 40 * 60_000;
/** Enough for photos that stand still, and rendered in half the time. */
const FPS = 12;
const LAST_NODE = 'NemoVideo Export';

/** @param folder the packed and unpacked package */
export interface FilmJob {
	folder: string;
	emulator: Emulator;
	/** The photos' numbers, from 1, in the order in which they are uploaded. */
	order: number[];
	print?: (line: string) => void;
}

/**
 * Runs the example in n8n's engine.
 *
 * @returns the film that its last node gives
 * @throws Error that names the node that failed, and why
 */
export async function runExample(job: FilmJob): Promise<Buffer> {
	const { folder, emulator, order, print = () => {} } = job;
	const example = patientPromoExample(order);
	const { nodes, pinData } = pinStockNodes(example);
	const credential = {
		connectWith: 'accessToken',
		token: EMULATOR_TOKEN,
		baseUrl: emulator.url,
	};
	const engine = await createEngine({ from: { folder }, nodes, credential });
	print(`\nRunning "${example.name}" with the photos in the order ${order.join(', ')}`);
	const waiting = new Waiting(emulator, print);
	try {
		const result = await engine.run(workflowSpec(example), {
			pinData,
			timeoutMs: RUN_MS,
			onNodeStart: (node) => waiting.begin(node),
			onNodeEnd: (node, run) => {
				waiting.end();
				print(stageLine(node, run));
			},
		});
		const film = result.items(LAST_NODE)[0]?.binary?.data;
		if (film !== undefined) return await engine.readBinary(film);
		const node = result.run.data.resultData.lastNodeExecuted ?? 'its start';
		const reason = result.error?.message ?? `no film after ${RUN_MS / 60_000} minutes`;
		const more = result.error?.description;
		throw new Error(`The workflow failed at ${node}: ${reason}${more ? `\n${more}` : ''}`);
	} finally {
		waiting.close();
	}
}

export async function runEmbedded(demo: Demo): Promise<string[]> {
	const { options, output, interruption, verdict } = demo;
	const films: string[] = [];
	const { installTarball } = await import('../pack.mjs');
	const { withProgress } = await import('../process.mjs');
	const home = await mkdtemp(join(tmpdir(), 'nemovideo-demo-'));
	process.on('exit', () => {
		stopPlatform();
		rmSync(home, { recursive: true, force: true });
	});
	const emulator = await startEmulator({ renders: 'composite', compositeFps: FPS });
	interruption.closes(emulator.close);
	try {
		console.log(`Emulator of NemoVideo's backend: ${emulator.url}`);
		const { folder } = await withProgress('Packing the nodes', () => installTarball(home));
		const { version } = require('n8n-core/package.json') as { version: string };
		console.log(`n8n's engine (n8n-core ${version}) with the packed nodes; n8n's own are pinned`);
		for (const order of options.orders) {
			const started = Date.now();
			const film = await runExample({ folder, emulator, order, print: console.log });
			console.log(`  success after ${((Date.now() - started) / 1000).toFixed(1)} s`);
			const path = join(output, `promo-${order.join('')}.mp4`);
			await writeFile(path, film);
			await checkFilm(path, order, verdict);
			films.push(path);
		}
	} finally {
		await emulator.close();
	}
	return films;
}
