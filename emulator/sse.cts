import { createWriteStream, type WriteStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { EmulatorOptions, HeartbeatForm } from './options.cts';
import { Sequence } from './random.cts';

export interface SseHooks {
	/** Called once, when no more bytes can pass and a recording is complete. */
	closed(): void;
	/** A file that gets every byte of the stream. */
	recordTo?: string;
}

/** One open event stream: frames in, bytes out, in the form the options ask for. */
export class SseStream {
	private queue: Promise<void> = Promise.resolve();
	private heartbeat: NodeJS.Timeout | undefined;
	private beats = 0;
	private mute = false;
	private finished = false;
	private readonly cuts: Sequence;
	private readonly recording: WriteStream | undefined;

	constructor(
		private readonly response: ServerResponse,
		private readonly options: EmulatorOptions,
		key: string,
		{ closed, recordTo }: SseHooks,
	) {
		this.cuts = new Sequence(options.seed, 'cuts', key);
		this.recording = recordTo === undefined ? undefined : createWriteStream(recordTo);
		response.socket?.setNoDelay(true);
		response.writeHead(200, {
			'content-type': 'text/event-stream',
			'cache-control': 'no-cache',
			connection: 'keep-alive',
		});
		response.flushHeaders();
		response.once('close', () => {
			this.finished = true;
			this.stopBeating();
			if (this.recording) this.recording.end(() => closed());
			else closed();
		});
		this.beat();
	}

	private get newline(): string {
		return this.options.crlf ? '\r\n' : '\n';
	}

	private beat(): void {
		this.heartbeat = setTimeout(() => {
			const forms = this.options.heartbeats;
			const form = forms[this.beats % forms.length];
			this.beats += 1;
			if (form !== undefined && !this.mute) this.write(this.heartbeatFrame(form));
			this.beat();
		}, this.options.heartbeatMs);
	}

	private heartbeatFrame(form: HeartbeatForm): string {
		const end = `${this.newline}${this.newline}`;
		switch (form) {
			case 'literal':
				return `data: heartbeat${end}`;
			case 'json':
				return `data: {"type":"heartbeat"}${end}`;
			case 'empty':
				return `data:${end}`;
			case 'comment':
				return `: keep-alive${end}`;
		}
	}

	private stopBeating(): void {
		clearTimeout(this.heartbeat);
		this.heartbeat = undefined;
	}

	/** Sends an event whose data is this text; a line break in it becomes another data line. */
	send(payload: string): void {
		const lines = payload.split('\n').map((line) => `data: ${line}${this.newline}`);
		this.write(`${lines.join('')}${this.newline}`);
	}

	/** Sends bytes as they are. */
	write(text: string): void {
		if (this.mute || this.finished) return;
		const bytes = Buffer.from(text);
		this.recording?.write(bytes);
		this.queue = this.queue.then(async () => await this.push(bytes));
	}

	private async push(bytes: Buffer): Promise<void> {
		for (const piece of this.piecesOf(bytes)) {
			if (this.finished || this.response.destroyed) return;
			await new Promise<void>((resolve) => {
				this.response.once('close', resolve);
				this.response.write(piece, () => {
					this.response.off('close', resolve);
					resolve();
				});
			});
		}
	}

	private piecesOf(bytes: Buffer): Buffer[] {
		if (!this.options.splitWrites || bytes.length < 4) return [bytes];
		const pieces: Buffer[] = [];
		const count = this.cuts.between(1, 3);
		let from = 0;
		for (let index = 1; index < count; index++) {
			const to = this.cuts.between(from, bytes.length);
			if (to > from) pieces.push(bytes.subarray(from, to));
			from = to;
		}
		if (from < bytes.length) pieces.push(bytes.subarray(from));
		return pieces;
	}

	/** Sends nothing any more, heartbeats included, and leaves the connection open. */
	silence(): void {
		this.mute = true;
	}

	/** Closes as NemoVideo does: no closing event (unless `done` is set), just the end. */
	async end(): Promise<void> {
		if (this.finished) return;
		this.stopBeating();
		if (this.options.done) this.send('[DONE]');
		await this.queue;
		if (!this.finished) this.response.end();
	}

	/** Breaks the connection once what was sent so far is out. */
	async drop(): Promise<void> {
		this.stopBeating();
		await this.queue;
		this.response.socket?.destroy();
	}
}
