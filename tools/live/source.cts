import { requireSource } from '../descriptions.cts';

type Source = typeof import('../../src/api/credits') &
	typeof import('../../src/api/errors') &
	typeof import('../../src/api/rateLimiter') &
	typeof import('../../src/api/session') &
	typeof import('../../src/api/sessionQueue') &
	typeof import('../../src/api/result') &
	typeof import('../../src/api/state') &
	typeof import('../../src/api/render') &
	typeof import('../../src/api/stream/decode') &
	typeof import('../../src/api/timeline/timeline') &
	typeof import('../../src/flows/export/exportVideo') &
	typeof import('../../src/flows/generate/generate') &
	typeof import('../../src/flows/upload/upload') &
	typeof import('../../src/n8n/connection/credential') &
	typeof import('../../src/n8n/connection/networkFailure') &
	typeof import('../../src/n8n/wait');

const FILES = [
	'api/credits',
	'api/errors',
	'api/rateLimiter',
	'api/session',
	'api/sessionQueue',
	'api/result',
	'api/state',
	'api/render',
	'api/stream/decode',
	'api/timeline/timeline',
	'flows/export/exportVideo',
	'flows/generate/generate',
	'flows/upload/upload',
	'n8n/connection/credential',
	'n8n/connection/networkFailure',
	'n8n/wait',
];

/** The published code that the walk goes through. */
export const source: Source = Object.assign(
	{},
	...FILES.map((file): object => requireSource(`../src/${file}.ts`)),
);
