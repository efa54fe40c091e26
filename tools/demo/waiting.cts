import type { Emulator } from '../../emulator/server.cts';

const EVERY_MS = 5_000;
/** A render begins at ten per cent, and from there it counts. */
const FIRST_PERCENT = 10;

/** @returns how far the newest render is, with the time left where that can be told */
function renderStatus({ ledger, renders }: Emulator): string | undefined {
	const render = renders.get(ledger.renders.at(-1)?.id ?? '');
	if (render === undefined) return undefined;
	if (render.completedAt !== undefined)
		return 'the film is rendered; the node fetches it at its next look';
	const { progress, createdAt } = render;
	if (progress <= FIRST_PERCENT) return 'the film is being rendered';
	const left = ((Date.now() - createdAt) * (100 - progress)) / progress;
	return `the film is rendered to ${progress} %, about ${Math.ceil(left / 1000)} s left`;
}

/** Says every few seconds which node is at work and what it waits for. */
export class Waiting {
	private node: string | undefined;
	private since = 0;
	private readonly timer: NodeJS.Timeout;

	constructor(emulator: Emulator, print: (line: string) => void) {
		this.timer = setInterval(() => {
			if (this.node === undefined) return;
			const passed = Math.round((Date.now() - this.since) / 1000);
			const status = renderStatus(emulator) ?? 'NemoVideo is at work';
			print(`           ${this.node}, ${passed} s so far: ${status}`);
		}, EVERY_MS);
	}

	begin(node: string): void {
		this.node = node;
		this.since = Date.now();
	}

	end(): void {
		this.node = undefined;
	}

	close(): void {
		clearInterval(this.timer);
	}
}
