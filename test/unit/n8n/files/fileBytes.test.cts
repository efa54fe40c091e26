import { Readable } from 'node:stream';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { fileBytes } from '../../../../src/n8n/files/fileBytes';

const PHOTO = Buffer.alloc(200_000, 'photo');

/** n8n's store with these files in it, by their places. */
function storeWith(files: Record<string, Buffer>): IExecuteFunctions {
	const bytes = (id: string): Buffer => files[id] ?? Buffer.alloc(0);
	const helpers = {
		getBinaryMetadata: async (id: string) => ({ fileSize: bytes(id).byteLength }),
		getBinaryStream: async (id: string) => Readable.from([bytes(id)]),
	};
	return { helpers } as unknown as IExecuteFunctions;
}

async function contentId(content: Buffer, file: Partial<IBinaryData>): Promise<string> {
	const id = file.id ?? '';
	const data = { data: 'filesystem-v2', mimeType: 'image/png', ...file };
	return (await fileBytes(storeWith({ [id]: content }), data)).contentId;
}

describe('a file', () => {
	it('is the same one where n8n has moved it after the execution, or keeps it in memory', async () => {
		const before = await contentId(PHOTO, { id: 'filesystem-v2:executions/temp/1' });
		const after = await contentId(PHOTO, { id: 'filesystem-v2:executions/17/1' });
		const inMemory = await contentId(PHOTO, { data: PHOTO.toString('base64') });
		expect(after).toBe(before);
		expect(inMemory).toBe(before);
	});

	it('is another one where its bytes differ behind a long head that all photos of a camera share', async () => {
		const other = Buffer.from(PHOTO);
		other[40_000] = 0;
		const one = await contentId(PHOTO, { id: 'filesystem-v2:1' });
		expect(await contentId(other, { id: 'filesystem-v2:1' })).not.toBe(one);
	});
});
