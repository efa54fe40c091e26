import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Backend } from './backend.cts';
import { fileSource, type ByteSource } from './bytes.cts';
import { SyntheticVideo } from './syntheticVideo.cts';
import { ApiFailure, messageOf } from './failure.cts';
import { fetchFile, nameInUrl } from './fetchFile.cts';
import { imageSize, mediaTypeOf } from './mediaTypes.cts';
import { chance } from './random.cts';
import type { Session, VideoInfo } from './sessions.cts';
import { SOCKET_BYTES, Throttle } from './throttle.cts';

/** A file as it arrived. */
interface Received {
	filename: string;
	path: string;
	sizeBytes: number;
	sha256: string;
	head: Buffer;
	/** It went over the size limit; the rest was read and thrown away. */
	tooLarge: boolean;
}

/** What the answer for a file depends on. */
interface Described extends Pick<Received, 'filename' | 'sha256'> {
	size?: { width: number; height: number } | undefined;
}

const HEAD_BYTES = 64 * 1024;

function baseName(filename: string): string {
	return filename.replace(/^.*[\\/]/, '') || 'file';
}

/** Takes files in, byte by byte, without ever holding one in memory. */
export class UploadStore {
	private readonly files = new Map<string, ByteSource & { path?: string }>();

	constructor(private readonly backend: Backend) {}

	/** The bytes behind `/uploads/<id>/<name>`. */
	source(id: string): (ByteSource & { path?: string }) | undefined {
		return this.files.get(id);
	}

	/** Forgets all files and removes them from the disk. */
	clear(): void {
		for (const { path } of this.files.values()) {
			if (path !== undefined) rmSync(path, { force: true });
		}
		this.files.clear();
	}

	/** @throws ApiFailure 4001, 4002, or 400 when no file came in the field `files` */
	async multipart(request: IncomingMessage, session: Session): Promise<VideoInfo[]> {
		const received = await this.parts(request);
		if (received.length === 0) {
			throw new ApiFailure(400, 'No file in the field "files"', 400);
		}
		return await this.keep(received, session, 'multipart');
	}

	private async parts(request: IncomingMessage): Promise<Received[]> {
		const type = request.headers['content-type'] ?? '';
		if (!/^multipart\/form-data\s*;.*boundary=/i.test(type)) {
			throw new ApiFailure(400, 'Multipart without a boundary', 400);
		}
		const headers: BusboyHeaders = { ...request.headers, 'content-type': type };
		const parser = new Busboy({ headers, highWaterMark: SOCKET_BYTES, fileHwm: 1024 * 1024 });
		const saved: Array<Promise<Received>> = [];
		const streams: Readable[] = [];
		let wrongField: string | undefined;
		parser.on('file', (field: string, stream: Readable, filename: string) => {
			if (field === 'files') {
				streams.push(stream);
				saved.push(this.save(stream, baseName(filename)));
			} else {
				wrongField = field;
				stream.resume();
			}
		});
		const throttle = new Throttle(() => this.backend.options.uploadBytesPerSecond);
		// What the throttle still holds has not arrived yet, as far as the client can tell.
		const gone = (): void => void throttle.destroy(new Error('the client has gone'));
		request.socket.once('close', gone);
		try {
			await pipeline(request, throttle, parser);
		} catch (error) {
			for (const stream of streams) stream.destroy();
			await Promise.allSettled(saved);
			throw new ApiFailure(400, `Broken multipart: ${String(error)}`, 400);
		} finally {
			request.socket.off('close', gone);
		}
		const received = await Promise.all(saved);
		if (wrongField !== undefined) {
			throw new ApiFailure(400, `Unexpected field "${wrongField}"`, 400);
		}
		return received;
	}

	private async save(stream: Readable, filename: string): Promise<Received> {
		const path = join(this.backend.folder, `upload-${this.backend.ids.short('file')}`);
		const hash = createHash('sha256');
		const { maxUploadBytes: limit, keepUploads } = this.backend.options;
		let sizeBytes = 0;
		let head = Buffer.alloc(0);
		let file: FileHandle | undefined;
		try {
			for await (const chunk of stream as AsyncIterable<Buffer>) {
				sizeBytes += chunk.length;
				if (sizeBytes > limit) continue;
				if (head.length < HEAD_BYTES) {
					head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
				}
				if (keepUploads) await (file ??= await open(path, 'w')).appendFile(chunk);
				hash.update(chunk);
			}
			if (keepUploads) file ??= await open(path, 'w');
			const sha256 = hash.digest('hex');
			return { filename, path, sizeBytes, sha256, head, tooLarge: sizeBytes > limit };
		} catch (error) {
			await rm(path, { force: true });
			throw error;
		} finally {
			await file?.close();
		}
	}

	private async keep(
		received: Received[],
		session: Session,
		source: 'multipart' | 'url',
	): Promise<VideoInfo[]> {
		const refusedWith = received.some((file) => file.tooLarge)
			? 4002
			: received.some((file) => mediaTypeOf(file.filename) === undefined)
				? 4001
				: undefined;
		for (const { filename, sizeBytes, sha256 } of received) {
			this.backend.ledger.upload({
				sessionId: session.id,
				filename,
				sizeBytes,
				sha256,
				source,
				...(refusedWith === undefined ? {} : { refusedWith }),
			});
		}
		if (refusedWith !== undefined) {
			await Promise.all(received.map(async (file) => await rm(file.path, { force: true })));
			throw new ApiFailure(refusedWith, messageOf(refusedWith));
		}
		const { uploadSettleMs } = this.backend.options;
		if (uploadSettleMs > 0) await this.backend.timers.sleep(uploadSettleMs);
		return received.map((file) => this.register(file, session));
	}

	private register(file: Received, session: Session): VideoInfo {
		const id = this.backend.ids.short('upload');
		const { mime } = mediaTypeOf(file.filename) ?? { mime: 'application/octet-stream' };
		const kept = this.backend.options.keepUploads;
		this.files.set(
			id,
			kept
				? {
						...fileSource(file.path, file.sizeBytes, mime, file.sha256.slice(0, 16)),
						path: file.path,
					}
				: new SyntheticVideo(file.sha256, this.backend.options.cannedBytes),
		);
		return this.describe(id, { ...file, size: imageSize(file.head) }, session);
	}

	/** The upload's answer for one file; where the bytes do not tell, the details are invented. */
	private describe(id: string, { filename, sha256, size }: Described, session: Session): VideoInfo {
		const { kind } = mediaTypeOf(filename) ?? { kind: 'video' as const };
		const full = this.backend.shapes.upload === 'full';
		const moving = kind !== 'image';
		const info: VideoInfo = {
			filename,
			file_type: kind,
			cdn_url: `${this.backend.filesUrl}/uploads/${id}/${encodeURIComponent(filename)}`,
			...(moving ? { duration: Math.round(30 + chance(sha256, 'duration') * 600) / 10 } : {}),
			...(kind === 'audio' ? {} : (size ?? { width: 1920, height: 1080 })),
			...(full && kind === 'video' ? { fps: 30 } : {}),
			...(full ? { hash: sha256 } : {}),
			...(this.backend.shapes.extras ? { source_id: `src_${id}`, tags: ['upload'] } : {}),
		};
		session.videoInfos.push(info);
		return info;
	}

	/**
	 * Takes files by URL. Only this machine's own addresses are really fetched; for all others the
	 * details are invented.
	 */
	async byUrl(urls: string[], session: Session): Promise<VideoInfo[]> {
		const infos: VideoInfo[] = [];
		for (const text of urls) {
			const url = URL.canParse(text) ? new URL(text) : undefined;
			if (!url || !/^https?:$/.test(url.protocol))
				throw new ApiFailure(400, `Bad URL: ${text}`, 400);
			const filename = nameInUrl(url);
			const loopback = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
			if (url.protocol === 'http:' && loopback) {
				const fetched = await fetchFile(url);
				const file = await this.save(fetched.bytes, fetched.name ?? filename);
				infos.push(...(await this.keep([file], session, 'url')));
				continue;
			}
			const sha256 = createHash('sha256').update(text).digest('hex');
			const refused = mediaTypeOf(filename) === undefined ? { refusedWith: 4001 } : {};
			const detail = { sessionId: session.id, filename, sizeBytes: 0, sha256, ...refused };
			this.backend.ledger.upload({ ...detail, source: 'url' });
			if (refused.refusedWith) throw new ApiFailure(4001, messageOf(4001));
			const id = this.backend.ids.short('upload');
			this.files.set(id, new SyntheticVideo(text, this.backend.options.cannedBytes));
			infos.push(this.describe(id, { filename, sha256 }, session));
		}
		return infos;
	}
}
