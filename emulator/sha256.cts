import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** SHA-256 of a file, in hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path)) hash.update(chunk);
	return hash.digest('hex');
}

/** What is handed to the other thread at once; it is not started for less. */
const BATCH_BYTES = 1024 * 1024;
/** Batches that may wait for the other thread. */
const MOST_WAITING = 16;

/**
 * SHA-256 of bytes as they arrive. Of a large file a second thread makes it: in the emulator's own
 * thread it would take half of the time, and the emulator would measure itself where a client is to
 * be measured.
 */
export class Sha256 {
	private batch: Uint8Array[] = [];
	private batchBytes = 0;
	private thread: HashThread | undefined;

	/**
	 * @param piece belongs to the hash from here on: its memory may go to the other thread
	 * @returns when more may come
	 */
	async update(piece: Uint8Array): Promise<void> {
		this.batch.push(piece);
		this.batchBytes += piece.byteLength;
		if (this.batchBytes < BATCH_BYTES) return;
		this.thread ??= new HashThread();
		await this.thread.hash(this.batch);
		this.batch = [];
		this.batchBytes = 0;
	}

	/** @returns the hash in hexadecimal; no more may come */
	async digest(): Promise<string> {
		if (this.thread) return await this.thread.end(this.batch);
		const hash = createHash('sha256');
		for (const piece of this.batch) hash.update(piece);
		return hash.digest('hex');
	}

	async close(): Promise<void> {
		await this.thread?.close();
	}
}

class HashThread {
	private readonly worker = new Worker(join(__dirname, 'sha256Thread.cjs'), { execArgv: [] });
	private readonly digest: Promise<string>;
	private waiting = 0;
	private hashed = (): void => undefined;

	constructor() {
		this.digest = new Promise((resolve, reject) => {
			this.worker.once('error', reject);
			this.worker.on('message', (answer: unknown) => {
				if (typeof answer === 'string') resolve(answer);
				this.waiting -= 1;
				this.hashed();
			});
		});
		// A failure belongs to whoever waits for the thread next.
		this.digest.catch(() => undefined);
	}

	/**
	 * @returns when there is room for more
	 * @throws what ended the thread
	 */
	async hash(pieces: Uint8Array[]): Promise<void> {
		this.post({ pieces, isLast: false });
		if (this.waiting < MOST_WAITING) return;
		await Promise.race([new Promise<void>((resolve) => (this.hashed = resolve)), this.digest]);
	}

	async end(pieces: Uint8Array[]): Promise<string> {
		this.post({ pieces, isLast: true });
		return await this.digest;
	}

	private post(message: { pieces: Uint8Array[]; isLast: boolean }): void {
		this.waiting += 1;
		// Memory that a piece shares with others is copied.
		const own = message.pieces.filter((piece) => piece.byteLength === piece.buffer.byteLength);
		this.worker.postMessage(
			message,
			own.map((piece) => piece.buffer as ArrayBuffer),
		);
	}

	async close(): Promise<void> {
		await this.worker.terminate();
	}
}
