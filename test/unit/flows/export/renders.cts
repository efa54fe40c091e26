import { answer, ok, pieces, state, VIDEO, type Scripted } from '../../support/scripted.cts';

const STATE = 'GET /api/state/';
const LOOK = 'GET /api/render/proxy/lambda/';
const SUBMIT = 'POST /api/render/proxy/lambda';
const CANCEL = `${SUBMIT}/*/cancel`;

const LENGTH = { 'content-length': String(VIDEO.length) };

/** What NemoVideo answers for a render it does not know. */
export const UNKNOWN = answer({ success: false, error: 'not found' }, 404);

/** A timeline with one clip. */
export const draft = (title: string) => ({
	t: [{ tt: 0, sg: [{ m: { title }, s: 0, d: 1000 }] }],
	d: 1000,
});

/** Renders as NemoVideo keeps them: by id, ending one after another as the test says. */
export class Renders {
	readonly ids: string[] = [];
	/** What an answer about a render tells besides. */
	details: object = {};
	private readonly status = new Map<string, string>();

	constructor(
		nemo: Scripted,
		private readonly endings: string[],
	) {
		nemo.on(STATE, state(draft('film')));
		nemo.on(LOOK, ({ path }) => this.look(path.split('/').at(-1) ?? ''));
		nemo.on(SUBMIT, ({ json }) => this.submit(JSON.parse(json ?? '{}').id));
		nemo.on(CANCEL, ({ path }) => {
			this.status.set(path.split('/').at(-2) ?? '', 'cancelled');
			return ok({});
		});
		nemo.on('URL https://cdn.test/', () => pieces([VIDEO], 200, LENGTH));
	}

	private look(id: string): ReturnType<typeof answer> {
		const status = this.status.get(id);
		if (status === undefined) return UNKNOWN;
		const outputUrl = status === 'completed' ? `https://cdn.test/${id}.mp4` : undefined;
		return ok({ status, outputUrl, ...this.details });
	}

	private submit(id: string): ReturnType<typeof answer> {
		if (this.status.has(id)) return answer({ message: 'duplicate' }, 409);
		this.ids.push(id);
		this.status.set(id, this.endings.shift() ?? 'completed');
		return ok({ status: 'pending', progress: 5 });
	}
}
