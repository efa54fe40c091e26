import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { rows as table, workflow, type Step } from '../workflows.cts';

const { path: ffmpeg }: { path: string } = require('@ffmpeg-installer/ffmpeg');
const WORDS = 'Nur heute: 50 % & mehr 🎉 <今天>';

const subtitles = (name: string, parameters: IDataObject): Step => ({
	type: 'nemoVideoState',
	name,
	parameters: { operation: 'getSubtitles', ...parameters },
});

/** The cues that ffmpeg finds in a subtitle file, as lines of WebVTT. */
async function readByFfmpeg(bytes: Uint8Array, format: string): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'subtitles-'));
	try {
		const file = join(folder, `film.${format}`);
		await writeFile(file, bytes);
		const args = ['-v', 'error', '-i', file, '-f', 'webvtt', '-'];
		const { stdout } = await promisify(execFile)(ffmpeg, args);
		return stdout.split('\n').filter((line) => line !== '' && line !== 'WEBVTT');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

const files: Scenario = {
	name: 'Subtitles of a film come as SRT and as VTT, as text and as files in which ffmpeg finds the same cues',
	tags: ['subtitles', 'nodes'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const film = await prepareSession(emulator);
		const empty = await prepareSession(emulator, { generate: false });
		const titled = await world.run(
			workflow('Title', [
				{
					type: 'nemoVideoGenerate',
					parameters: { sessionId: film, prompt: `Add a title "${WORDS}"` },
				},
			]),
			credentialId,
		);
		assertSuccess(titled);
		const execution = await world.run(
			workflow('Subtitles', [
				...table([{ sessionId: film }, { sessionId: empty }]),
				subtitles('SRT', {}),
				subtitles('VTT', { format: 'vtt', binaryPropertyName: 'captions' }),
			]),
			credentialId,
		);
		assertSuccess(execution);
		const found: string[][] = [];
		for (const [node, field, format] of [
			['SRT', 'data', 'srt'],
			['VTT', 'captions', 'vtt'],
		] as const) {
			const [one, other] = itemsOf(execution, node);
			const file = one?.binary?.[field];
			assert.ok(file, `${node} gave no file`);
			assert.equal(file.fileExtension, format);
			const bytes = await world.api.binary(file);
			assert.equal(bytes.toString(), one.json.subtitles);
			found.push(await readByFfmpeg(bytes, format));
			assert.deepEqual(
				{ ...other?.json, sessionId: '' },
				{ sessionId: '', subtitles: '', cues: [] },
			);
			assert.equal(other?.binary, undefined);
		}
		const [srt = [], vtt = []] = found;
		assert.ok(
			srt.some((line) => line.includes('Nur heute: 50 %')),
			srt.join(' | '),
		);
		assert.deepEqual(srt, vtt);
		world.note(srt.join(' | '));
		return { 'lines that ffmpeg reads': srt.length };
	},
};

export const area = 'Every node and operation';

export const rows: readonly Scenario[] = [files];
