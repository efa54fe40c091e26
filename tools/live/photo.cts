import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UploadPart } from '../../src/api/transport';
import { ROOT } from '../descriptions.cts';

const FILE = '1-mug.jpg';

/** A small photo of this repository. */
export function smallPhoto(): UploadPart {
	const bytes = readFileSync(join(ROOT, 'examples', 'photos', FILE));
	return {
		filename: FILE,
		mimeType: 'image/jpeg',
		sizeBytes: bytes.length,
		contentId: FILE,
		async *open() {
			yield bytes;
		},
	};
}
