import { directionFindings } from '../../../tools/lint/importDirection.cts';

describe('the import direction check', () => {
	it.each([
		['src/api/a.ts', "import { b } from '../flows/b';"],
		['src/flows/a.ts', "import type { B } from '../n8n/b';"],
		['src/n8n/a.ts', "export { B } from '../../nodes/B/B.node';"],
		['src/text/a.ts', "import { b } from '../api/b';"],
		['src/vendor.ts', "import { b } from './api/b';"],
		['src/api/a.ts', "import { sleep } from 'n8n-workflow';"],
		['src/flows/a.ts', "const { sleep } = require('n8n-workflow');"],
		['src/api/a.ts', "import { z } from 'valibot';"],
		['nodes/A/A.node.ts', "import { createParser } from 'eventsource-parser';"],
		['nodes/A/A.node.ts', 'const url = `https://example.com/${id}`;'],
		['nodes/A/A.node.ts', "const path = '/api/state/' + id;"],
		['nodes/A/A.node.ts', 'const url = new URL(path, base);'],
		['src/api/a.ts', "import { x } from '../../test/x';"],
		['src/n8n/a.ts', "const stream = await import('stream');"],
		['src/api/a.ts', "type Bag = import('../n8n/items').Bag;"],
	])('refuses in %s: %s', (file, text) => {
		expect(directionFindings(file, text)).toHaveLength(1);
	});

	it.each([
		['src/api/a.ts', "import { b } from '../text/b';"],
		['src/api/a.ts', "import { b } from './b'; import { z } from '../vendor';"],
		['src/flows/a.ts', "import { b } from '../api/b'; import { randomUUID } from 'node:crypto';"],
		['src/n8n/a.ts', "import { b } from '../flows/b'; import { sleep } from 'n8n-workflow';"],
		['nodes/A/A.node.ts', "import { b } from '../../src/n8n/b'; import { p } from './p';"],
		['credentials/A.credentials.ts', "import { b } from '../src/n8n/b';"],
		['src/vendor.ts', "export { z } from 'valibot';"],
		['src/n8n/a.ts', "type Readable = import('stream').Readable;"],
		['nodes/A/A.node.ts', "const placeholder = 'e.g. https://example.com/video.mp4';"],
		['src/api/a.ts', 'const path = `/api/state/${id}`;'],
	])('allows in %s: %s', (file, text) => {
		expect(directionFindings(file, text)).toEqual([]);
	});
});
