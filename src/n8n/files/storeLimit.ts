import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { resultOf } from '../../api/result';

const MIB = 1_048_576;

/** Below this every store of n8n is fine, so it is not asked what it is. Bytes. */
const ALWAYS_FINE = 32 * MIB;
/**
 * In n8n's memory mode files are base64 texts inside the items, and an execution's data is written
 * as one text: JavaScript ends at 512 MiB of it, which 384 MiB of files fill. Bytes for one run.
 */
const MAX_IN_MEMORY = 256 * MIB;
/** N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE where it is not set; n8n allows 1024 at most. MiB. */
const DATABASE_DEFAULT_MIB = 512;
/** n8n reads files for S3 and Azure into memory too before it sends them on. Bytes. */
const MAX_THROUGH_MEMORY = 1024 * MIB;

const FILESYSTEM_ADVICE =
	"Set N8N_DEFAULT_BINARY_DATA_MODE=filesystem, where n8n streams files to disk, or switch 'Download' off and use the URL in the output.";

type Store = 'memory' | 'database' | 'object' | 'filesystem';

/** How many bytes of files a node's run keeps in memory, those on their way included. */
const inMemory = new WeakMap<object, number>();
const stores = new WeakMap<object, Promise<Store>>();

/**
 * Says before it hurts that a file is too large for where n8n keeps files: all of n8n's stores but
 * the file system take a file into memory whole. One for each file.
 */
export class StoreLimit {
	private store: Store | undefined;
	private claimed = 0;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * @param bytes how large the file is, or is by now
	 * @throws NemoVideoError of kind `fileSize`
	 */
	async check(bytes: number): Promise<void> {
		if (bytes <= Math.max(ALWAYS_FINE, this.claimed)) return;
		this.store ??= await storeOf(this.context);
		if (this.store === 'filesystem') return;
		if (this.store === 'memory') return this.claim(bytes);
		const most = this.store === 'database' ? databaseLimit(this.context) : MAX_THROUGH_MEMORY;
		if (bytes <= most) return;
		throw this.store === 'database'
			? tooLarge(
					bytes,
					`this n8n keeps files in its database, up to ${inMib(most)} MB each (N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE)`,
				)
			: tooLarge(
					bytes,
					`this n8n loads files for its object storage into memory, with a limit of ${inMib(most)} MB per file`,
				);
	}

	/** Takes note of what the file takes of the memory for as long as the run lasts. */
	stored(file: IBinaryData): void {
		if (file.id === undefined) this.hold(file.bytes ?? 0);
	}

	/** The file is not kept after all. */
	release(): void {
		this.hold(0);
	}

	private claim(bytes: number): void {
		const others = (inMemory.get(this.context) ?? 0) - this.claimed;
		if (others + bytes > MAX_IN_MEMORY) {
			const also = others > 0 ? `; other videos of this run take ${inMib(others)} MB of it` : '';
			throw tooLarge(
				bytes,
				`this n8n keeps files in memory, where ${inMib(MAX_IN_MEMORY)} MB fit in one run${also}`,
			);
		}
		this.hold(bytes);
	}

	private hold(bytes: number): void {
		const others = (inMemory.get(this.context) ?? 0) - this.claimed;
		this.claimed = bytes;
		inMemory.set(this.context, others + bytes);
	}
}

function tooLarge(bytes: number, why: string): NemoVideoError {
	return new NemoVideoError('fileSize', `The video has at least ${inMib(bytes)} MB: ${why}`, {
		description: FILESYSTEM_ADVICE,
		stage: 'download',
		outcome: outcomeOf('noAnswer', true),
	});
}

/** n8n names its store only in what it has stored, so one byte is stored once a run. */
async function storeOf(context: IExecuteFunctions): Promise<Store> {
	const known = stores.get(context) ?? askStore(context);
	stores.set(context, known);
	return await known;
}

async function askStore(context: IExecuteFunctions): Promise<Store> {
	const probe = await resultOf(
		async () =>
			await context.helpers.prepareBinaryData(Buffer.from('?'), 'probe.txt', 'text/plain'),
	);
	if (!probe.ok) throw probe.error;
	const { id, data } = probe.value;
	if (id === undefined) return 'memory';
	if (data.startsWith('filesystem')) return 'filesystem';
	return data === 'database' ? 'database' : 'object';
}

/** Bytes. The limit itself is not told to nodes; where expressions may read the environment, they can. */
function databaseLimit(context: IExecuteFunctions): number {
	try {
		const value = context.evaluateExpression(
			'{{ $env.N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE }}',
			0,
		);
		const limit = Number(value);
		return (limit > 0 ? limit : DATABASE_DEFAULT_MIB) * MIB;
	} catch {
		return DATABASE_DEFAULT_MIB * MIB;
	}
}

function inMib(bytes: number): string {
	return String(Math.round((bytes / MIB) * 10) / 10);
}
