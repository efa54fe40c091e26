import { spawn } from 'node:child_process';
import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TRACK, trackOf, type Draft, type Segment } from './draft.cts';
import { ffmpegPath } from './ffmpegPath.cts';
import { card, titleBand } from './png.cts';
import { chance } from './random.cts';

export interface CompositeJob {
	/** Where the MP4 goes. */
	path: string;
	fps: number;
	signal: AbortSignal;
	/** Where a media URL's bytes lie on disk, if they do. */
	pathOf(url: string): string | undefined;
	/** Told now and then, 0 to 1. */
	progress(share: number): void;
}

interface Plan {
	inputs: string[];
	filters: string[];
	count: number;
}

interface Frame {
	width: number;
	height: number;
}

/** The draft's frame, even and no larger than 1080 x 1920 or 1920 x 1080. */
export function frameOf(draft: Draft): Frame {
	const { width, height } = draft.m;
	const portrait = height > width;
	const most = portrait ? [1080, 1920] : [1920, 1080];
	const shrink = Math.min(1, (most[0] ?? 1) / width, (most[1] ?? 1) / height);
	const even = (length: number): number => Math.max(2, Math.round((length * shrink) / 2) * 2);
	return { width: even(width), height: even(height) };
}

async function isPicture(path: string): Promise<boolean> {
	const file = await open(path);
	const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
	await file.close();
	const magic = buffer.toString('latin1');
	return /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s.test(magic);
}

function add(plan: Plan, ...input: string[]): number {
	plan.inputs.push(...input);
	plan.count += 1;
	return plan.count - 1;
}

async function addScenes(
	plan: Plan,
	draft: Draft,
	{ frame, job, folder }: { frame: Frame; job: CompositeJob; folder: string },
): Promise<void> {
	const { width, height } = frame;
	const into = `scale=${width}:${height}:force_original_aspect_ratio`;
	// The picture whole, over a blurred copy of itself that fills the frame.
	const fit = (from: string, name: string): string =>
		`${from},setsar=1,split[${name}a][${name}b];` +
		`[${name}a]${into}=increase,crop=${width}:${height},boxblur=24:2[${name}back];` +
		`[${name}b]${into}=decrease[${name}front];` +
		`[${name}back][${name}front]overlay=(W-w)/2:(H-h)/2,format=yuv420p`;
	const scenes = trackOf(draft, TRACK.video)?.sg ?? [];
	for (const [index, scene] of scenes.entries()) {
		const frames =
			Math.max(1, Math.round(((scene.st + scene.d) / 1000) * job.fps)) -
			Math.round((scene.st / 1000) * job.fps);
		const path = scene.m.url === undefined ? undefined : job.pathOf(scene.m.url);
		const moving = path !== undefined && /\.(?:mp4|mov|avi|webm|mkv)$/i.test(scene.m.url ?? '');
		let chain: string;
		if (moving) {
			const input = add(plan, '-stream_loop', '-1', '-t', String(frames / job.fps), '-i', path);
			chain = `${fit(`[${input}:v]fps=${job.fps}`, `f${index}`)},trim=end_frame=${frames}`;
		} else {
			const picture =
				path !== undefined && (await isPicture(path)) ? path : join(folder, `${index}.png`);
			if (picture !== path) {
				const label = scene.m.title ?? `Scene ${index + 1}`;
				await writeFile(picture, card(label, width, height, chance(scene.id, 'hue')));
			}
			// One decoded, scaled frame repeated: far cheaper than decoding the picture per frame.
			const input = add(plan, '-i', picture);
			const still = fit(`[${input}:v]trim=end_frame=1`, `f${index}`);
			chain = `${still},loop=loop=${frames - 1}:size=1:start=0`;
		}
		plan.filters.push(`${chain},settb=1/${job.fps},setpts=N[s${index}]`);
	}
	const all = scenes.map((_, index) => `[s${index}]`).join('');
	plan.filters.push(`${all}concat=n=${scenes.length}:v=1:a=0[scenes]`);
}

async function addTitles(
	plan: Plan,
	titles: Segment[],
	frame: Frame,
	folder: string,
): Promise<string> {
	let last = 'scenes';
	for (const [index, title] of titles.entries()) {
		const band = titleBand(title.m.text ?? title.m.title ?? '', frame.width);
		const path = join(folder, `title-${index}.png`);
		await writeFile(path, band.png);
		const input = add(plan, '-i', path);
		const top = Math.round(frame.height * 0.78 - band.height / 2);
		const during = `gte(t\\,${title.st / 1000})*lt(t\\,${(title.st + title.d) / 1000})`;
		plan.filters.push(`[${last}][${input}:v]overlay=0:${top}:enable='${during}'[t${index}]`);
		last = `t${index}`;
	}
	return last;
}

/** A slow progression of chords, made of sines; other styles sound higher or lower. */
function musicBed(style: string, seconds: number): string {
	const root = 130 * 2 ** (Math.floor(chance(style, 'root') * 12) / 12);
	const step = 'floor(mod(t/2\\,4))';
	const note = (ratio: number): string => {
		const pitch = `${(root * ratio).toFixed(2)}*(1+0.125*${step})`;
		return `sin(2*PI*t*${pitch})`;
	};
	const chord = `0.16*(${note(1)}+${note(1.25)}+${note(1.5)})*(0.7+0.3*sin(PI*t))`;
	return `aevalsrc=${chord}|${chord}:s=44100:d=${seconds}`;
}

function addMusic(plan: Plan, draft: Draft, seconds: number, job: CompositeJob): void {
	const music = trackOf(draft, TRACK.audio)?.sg[0];
	const own = music?.m.url === undefined ? undefined : job.pathOf(music.m.url);
	const limits = `atrim=0:${seconds},afade=t=out:st=${Math.max(0, seconds - 1)}:d=1`;
	if (music === undefined) {
		const input = add(plan, '-f', 'lavfi', '-i', `anullsrc=r=44100:cl=stereo:d=${seconds}`);
		plan.filters.push(`[${input}:a]atrim=0:${seconds}[music]`);
		return;
	}
	const volume = `volume=${music.m.volume ?? 0.35}`;
	const input =
		own === undefined
			? add(plan, '-f', 'lavfi', '-i', musicBed(music.m.title ?? '', seconds))
			: add(plan, '-stream_loop', '-1', '-t', String(seconds), '-i', own);
	plan.filters.push(`[${input}:a]${volume},${limits}[music]`);
}

async function run(args: string[], seconds: number, job: CompositeJob): Promise<void> {
	const binary = await ffmpegPath();
	await new Promise<void>((resolve, reject) => {
		const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], signal: job.signal });
		let complaint = '';
		child.stderr.on(
			'data',
			(text: Buffer) => (complaint = `${complaint}${String(text)}`.slice(-2000)),
		);
		child.stdout.on('data', (text: Buffer) => {
			const hit = [...String(text).matchAll(/out_time_ms=(\d+)/g)].at(-1);
			if (hit) job.progress(Number(hit[1]) / 1e6 / seconds);
		});
		child.once('error', reject);
		child.once('close', (code) =>
			code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}: ${complaint}`)),
		);
	});
}

let line: Promise<unknown> = Promise.resolve();

/**
 * Makes the draft's film: its pictures in timeline order, titles drawn over them, music beneath.
 * H.264 (yuv420p) and AAC. One at a time, because each uses all cores.
 *
 * @returns the MP4's size in bytes
 * @throws Error with ffmpeg's words
 */
export async function composite(draft: Draft, job: CompositeJob): Promise<number> {
	const mine = line.then(async () => await compose(draft, job));
	line = mine.catch(() => undefined);
	return await mine;
}

async function compose(draft: Draft, job: CompositeJob): Promise<number> {
	job.signal.throwIfAborted();
	const frame = frameOf(draft);
	const seconds = draft.d / 1000;
	const folder = `${job.path}.parts`;
	const plan: Plan = { inputs: [], filters: [], count: 0 };
	await mkdir(folder, { recursive: true });
	try {
		await addScenes(plan, draft, { frame, job, folder });
		const titles = trackOf(draft, TRACK.text)?.sg ?? [];
		const last = await addTitles(plan, titles, frame, folder);
		addMusic(plan, draft, seconds, job);
		const video = `-c:v libx264 -preset ultrafast -tune stillimage -crf 23 -pix_fmt yuv420p -r ${job.fps}`;
		const audio = '-c:a aac -b:a 128k -ar 44100 -ac 2';
		const common = `-t ${seconds} -movflags +faststart -progress pipe:1 -nostats`;
		const args = [
			...['-y', '-v', 'error', '-nostdin'],
			...plan.inputs,
			...['-filter_complex', plan.filters.join(';'), '-map', `[${last}]`, '-map', '[music]'],
			...`${video} ${audio} ${common}`.split(' '),
			job.path,
		];
		await run(args, seconds, job);
		return (await stat(job.path)).size;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
