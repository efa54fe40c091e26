import { PHOTO } from './files.cts';
import { jsonOf, type Answer, type Call, type Service } from './hub.cts';

export interface DriveFile {
	id: string;
	name: string;
	mimeType: string;
	/** Listed, but no longer there. */
	isGone?: boolean;
	bytes?: Buffer;
}

const GONE = { error: { code: 404, message: 'File not found.', errors: [{ reason: 'notFound' }] } };

const NO_STORAGE =
	'Service Accounts do not have storage quota. Leverage shared drives or use OAuth delegation instead.';
const FULL = {
	error: { code: 403, message: NO_STORAGE, errors: [{ reason: 'storageQuotaExceeded' }] },
};

/** The name in an upload's first part, or in the whole of it. */
function nameOf({ body }: Call): string {
	const [, name = '""'] = /"name":("(?:[^"\\]|\\.)*")/.exec(body.toString('utf8')) ?? [];
	return JSON.parse(name) as string;
}

/** The second part of an upload in one piece; the first describes it. */
function mediaOf({ body, headers }: Call): Buffer {
	const [, boundary = ''] = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '') ?? [];
	const second = body.indexOf(`--${boundary}`, boundary.length);
	const from = body.indexOf('\r\n\r\n', second) + 4;
	return body.subarray(from, body.indexOf(`\r\n--${boundary}`, from));
}

/** Google Drive as far as searching, downloading and uploading go. */
export class GoogleDrive {
	/** What n8n has put there. */
	readonly uploaded: DriveFile[] = [];

	constructor(
		private readonly key: string,
		private readonly files: readonly DriveFile[] = [],
		/** Which files it has no room for, by their names. */
		private readonly refuses: (name: string) => boolean = () => false,
	) {}

	readonly service: Service = (call: Call): Answer | undefined => {
		if (call.host !== 'www.googleapis.com' || !call.path.includes('/drive/v3/files'))
			return undefined;
		const [, id] = /^\/drive\/v3\/files\/([^/]+)$/.exec(call.path) ?? [];
		if (call.path.startsWith('/upload/')) {
			if (call.method === 'PUT') return { body: this.keep(call.query.get('upload_id'), call.body) };
			if (this.refuses(nameOf(call))) return { status: 403, body: FULL };
			const started = `upload_${this.uploaded.length + 1}`;
			const file: DriveFile = { id: started, name: '', mimeType: '' };
			this.uploaded.push(file);
			if (call.query.get('uploadType') === 'multipart') {
				file.bytes = mediaOf(call);
				return { body: { id: started } };
			}
			const query = new URLSearchParams({ upload_id: started, key: this.key });
			return { headers: { location: `https://www.googleapis.com${call.path}?${query}` } };
		}
		if (id === undefined) {
			const types = [...(call.query.get('q') ?? '').matchAll(/mimeType = '([^']+)'/g)];
			const found = this.files.filter(
				({ mimeType }) => types.length === 0 || types.some(([, type]) => type === mimeType),
			);
			return { body: { files: found.map(({ id: fileId, name }) => ({ id: fileId, name })) } };
		}
		if (call.method === 'PATCH') {
			const file = this.uploaded.find((one) => one.id === id);
			return { body: { id, name: Object.assign(file ?? {}, jsonOf<DriveFile>(call)).name } };
		}
		const file = this.files.find((one) => one.id === id);
		if (file === undefined || file.isGone) return { status: 404, body: GONE };
		if (call.query.get('alt') !== 'media')
			return { body: { name: file.name, mimeType: file.mimeType } };
		return { headers: { 'content-type': file.mimeType }, body: PHOTO };
	};

	private keep(id: string | null, bytes: Buffer): object {
		const file = this.uploaded.find((one) => one.id === id);
		if (file === undefined) throw new Error(`No upload ${id}`);
		file.bytes = bytes;
		return { id, kind: 'drive#file' };
	}
}
