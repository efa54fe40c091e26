import { current } from '../time/current.cts';
import type { Random } from '../time/random.cts';
import { ok, refuse, type Reply } from './reply.cts';

interface Job {
	id: string;
	status: 'processing' | 'completed' | 'failed' | 'cancelled';
	film: Uint8Array;
	url: string;
}

export const VIDEO_ORIGIN = 'https://static.nemo-cdn.test';

/** Renders: free, one for an ID, of the timeline that came with the request. */
export class Renders {
	readonly jobs = new Map<string, Job>();

	constructor(private readonly random: Random) {}

	submit(body: { id: string; draft: unknown }): Reply {
		if (this.jobs.has(body.id)) return refuse(409, 'A render with this id already exists');
		const nth = this.jobs.size + 1;
		const random = this.random.fork(`render ${nth}`);
		const job: Job = {
			id: body.id,
			status: 'processing',
			film: filmOf(body.id, JSON.stringify(body.draft)),
			url: `${VIDEO_ORIGIN}/render-result/${nth}.mp4`,
		};
		this.jobs.set(body.id, job);
		const fails = random.chance(0.08);
		current.time.after(random.between(15_000, 120_000), 'world', () => {
			if (job.status === 'processing') job.status = fails ? 'failed' : 'completed';
		});
		return ok({ id: job.id, status: 'pending', progress: 5 }, 'success');
	}

	look(id: string): Reply {
		const job = this.jobs.get(id);
		if (!job) return refuse(404, 'Render not found');
		const isDone = job.status === 'completed';
		const output = isDone ? { outputUrl: job.url, size: job.film.byteLength } : {};
		return ok({ id, status: job.status, progress: isDone ? 100 : 40, ...output }, 'success');
	}

	cancel(id: string): Reply {
		const job = this.jobs.get(id);
		if (job?.status === 'processing') job.status = 'cancelled';
		return ok({ id, status: job?.status ?? 'cancelled' }, 'success');
	}

	/** @param find by the job's ID, or by its address */
	film(find: (job: { id: string; url: string }) => boolean, range: string | undefined): Reply {
		const job = [...this.jobs.values()].find(find);
		if (job?.status !== 'completed') return refuse(404, 'No such video');
		const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
		const { film } = job;
		const headers: Record<string, string> = {
			'content-type': 'video/mp4',
			'content-length': String(film.byteLength - from),
			'accept-ranges': 'bytes',
		};
		if (range !== undefined) {
			headers['content-range'] = `bytes ${from}-${film.byteLength - 1}/${film.byteLength}`;
		}
		return { status: range === undefined ? 200 : 206, headers, body: film.slice(from) };
	}
}

const encoder = new TextEncoder();

/** An MP4 of two boxes: what it is, and what it shows. */
function filmOf(id: string, draft: string): Uint8Array {
	const shown = encoder.encode(`${id} ${draft}`);
	const film = new Uint8Array(24 + shown.byteLength);
	const view = new DataView(film.buffer);
	view.setUint32(0, 16);
	film.set(encoder.encode('ftypisom'), 4);
	view.setUint32(16, 8 + shown.byteLength);
	film.set(encoder.encode('mdat'), 20);
	film.set(shown, 24);
	return film;
}
