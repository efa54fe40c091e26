import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createParser } from 'eventsource-parser';

import { decodeSse } from '../src/api/stream/decode';
import { readAgentEvents } from '../src/api/stream/parseEvents';
import { Turn } from '../src/api/stream/turn';
import { median, times, type Bench, type Comparison } from './bench.cts';

/*
 * How fast a turn's stream is read, against the least any reader has to do: eventsource-parser and
 * JSON.parse. Both read the same chunks in the same run, in turns.
 */
const MEGABYTE = 1024 * 1024;
const RECORDING_BYTES = 50 * MEGABYTE;
const BLOCK_BYTES = 2 * MEGABYTE;
/** What a socket gives at a time. */
const CHUNK_BYTES = 64 * 1024;
const ROUNDS = 7;

export interface DecodeResult {
	megabytes: number;
	/** Median MB/s of each reader. */
	bareMBps: number;
	ourMBps: number;
	/** Ours with the turn on top: the answer put together. */
	turnMBps: number;
	/** Median over the rounds of ours against the bare one. */
	ratio: number;
	turnRatio: number;
	/** Growth of the used heap over one reading of ours, after collection, in MB. */
	heapGrowthMB: number;
}

/** Events of both dialects as a turn has them: many small, some large, text in two scripts. */
function block(): Buffer {
	const events: string[] = [];
	let length = 0;
	for (let index = 0; length < BLOCK_BYTES; index++) {
		const event = eventAt(index);
		const frame = event === undefined ? ': keep-alive\n\n' : `data: ${event}\n\n`;
		events.push(frame);
		length += Buffer.byteLength(frame);
	}
	return Buffer.from(events.join(''));
}

function eventAt(index: number): string | undefined {
	const adk = (parts: unknown[], rest: object = {}, stateDelta: unknown = {}) =>
		JSON.stringify({
			invocationId: 'e-b9617bf7-1f98-4d0f-b972-a725eefc712c',
			author: 'nemo_agent',
			content: { role: 'model', parts },
			actions: { stateDelta, artifactDelta: {}, requestedAuthConfigs: {} },
			...rest,
			id: `ev${index}`,
			longRunningToolIds: [],
			timestamp: 1_795_399_407_672 + index,
		});
	const piece =
		index % 2 === 0 ? `您的视频已完成第 ${index} 段，` : ` scene ${index} now has a title`;
	switch (index % 12) {
		case 0:
			return undefined;
		case 1:
			return JSON.stringify({ type: 'heartbeat' });
		case 2:
			return adk([{ text: `weighing ${piece}`, thought: true }]);
		case 3:
			return JSON.stringify({ type: 'tool_call', name: 'edit_multitrack', args: { index } });
		case 4:
			return adk([{ functionCall: { id: `adk-${index}`, name: 'edit_multitrack', args: {} } }]);
		case 5: {
			const sg = Array.from({ length: index % 60 }, (_, at) => ({
				d: 3000 + at,
				m: { title: `${piece} ${at}`, url: `https://example.com/clips/${index}-${at}.mp4` },
			}));
			const response = { functionResponse: { id: `adk-${index}`, name: 'x', response: {} } };
			return adk([response], {}, { draft: { t: [{ tt: 0, sg }] } });
		}
		case 6:
		case 7:
		case 8:
			return JSON.stringify({ type: 'text', content: piece });
		case 9:
		case 10:
			return adk([{ text: piece }], { partial: true });
		default:
			return adk([{ text: `${piece}${piece}` }]);
	}
}

async function* recording(source: Buffer): AsyncGenerator<Uint8Array> {
	for (let sent = 0; sent < RECORDING_BYTES; sent += source.length) {
		for (let at = 0; at < source.length; at += CHUNK_BYTES) {
			yield source.subarray(at, at + CHUNK_BYTES);
		}
	}
}

async function readBare(bytes: AsyncIterable<Uint8Array>): Promise<number> {
	let events = 0;
	const parser = createParser({
		onEvent: ({ data }) => {
			JSON.parse(data);
			events++;
		},
	});
	const decoder = new TextDecoder();
	for await (const chunk of bytes) parser.feed(decoder.decode(chunk, { stream: true }));
	return events;
}

async function readOurs(bytes: AsyncIterable<Uint8Array>): Promise<number> {
	let events = 0;
	for await (const message of decodeSse(bytes)) {
		if (message.kind === 'data') events += readAgentEvents(message.data).length;
	}
	return events;
}

async function readTurn(bytes: AsyncIterable<Uint8Array>): Promise<number> {
	const turn = new Turn();
	for await (const message of decodeSse(bytes)) {
		if (message.kind !== 'data') continue;
		for (const event of readAgentEvents(message.data)) turn.push(event);
	}
	return turn.finish().toolCalls;
}

/** @returns figures of one run; about 10 s on two cores */
export async function measureDecode(): Promise<DecodeResult> {
	const source = block();
	const megabytes = (Math.ceil(RECORDING_BYTES / source.length) * source.length) / MEGABYTE;
	const timed = async (read: typeof readBare): Promise<number> => {
		const from = performance.now();
		await read(recording(source));
		return megabytes / ((performance.now() - from) / 1000);
	};
	await timed(readBare);
	await timed(readTurn);
	const bare: number[] = [];
	const ours: number[] = [];
	const turn: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		bare.push(await timed(readBare));
		ours.push(await timed(readOurs));
		turn.push(await timed(readTurn));
	}
	const ratio = median(bare.map((speed, round) => (ours[round] ?? 0) / speed));
	const turnRatio = median(bare.map((speed, round) => (turn[round] ?? 0) / speed));
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	await readOurs(recording(source));
	globalThis.gc?.();
	const heapGrowthMB = (process.memoryUsage().heapUsed - before) / MEGABYTE;
	return {
		megabytes,
		bareMBps: median(bare),
		ourMBps: median(ours),
		turnMBps: median(turn),
		ratio,
		turnRatio,
		heapGrowthMB,
	};
}

const LEAST = 0.5;
/** Used heap that a reading of 50 MB may leave behind, in MB. */
const FLAT = 5;

async function run(): Promise<Comparison[]> {
	// For memory figures that mean something; the same as --expose-gc.
	setFlagsFromString('--expose-gc');
	globalThis.gc ??= runInNewContext('gc');
	const found = await measureDecode();
	const rival = `eventsource-parser + JSON.parse ${found.bareMBps.toFixed(0)} MB/s`;
	return [
		{
			what: `reading ${found.megabytes.toFixed(0)} MB of varied events`,
			ours: `${found.ourMBps.toFixed(0)} MB/s`,
			rival,
			promise: `at least ${LEAST} x as fast`,
			result: times(found.ratio),
			passed: found.ratio >= LEAST,
		},
		{
			what: 'the same with the answer put together',
			ours: `${found.turnMBps.toFixed(0)} MB/s`,
			rival,
			promise: 'none',
			result: times(found.turnRatio),
			passed: true,
		},
		{
			what: 'used heap after a reading',
			ours: `${found.heapGrowthMB >= 0 ? '+' : ''}${found.heapGrowthMB.toFixed(2)} MB`,
			rival: '',
			promise: `at most +${FLAT} MB`,
			result: `${found.heapGrowthMB.toFixed(2)} MB`,
			passed: found.heapGrowthMB <= FLAT,
		},
	];
}

export const bench: Bench = {
	name: 'decode',
	about:
		'Event streams of both dialects, many small events and some large, in pieces as a socket gives them. The rival does the least any reader has to do. Both read the same pieces in turns; median of 7.',
	run,
};
