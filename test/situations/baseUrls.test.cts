import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
	createVideo,
	credits,
	engineIn,
	failure,
	generate,
	photo,
	state,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { makeSelfSigned } from './support/selfSigned.cts';
import { TOKEN } from './support/world.cts';

const { world, asked } = withWorld();
const situation = situations('B17', 'D11');

const NODES = [
	['Credits', credits()],
	['State', state()],
	['Generate', generate()],
	['Upload', uploading()],
	['Create Video', createVideo()],
] as const;
const ROWS = [{ json: { sessionId: '1' }, files: { data: photo('a.png') } }];

/** What every node says where its credential has a base URL; nothing may be asked a second time. */
async function told(baseUrl: string): Promise<Array<{ node: string; words: string }>> {
	const engine = await engineIn(world(), { baseUrl });
	const failed: Array<{ node: string; words: string }> = [];
	for (const [node, spec] of NODES) {
		const error = failure(await engine.runNode(ROWS, spec));
		expect({ node, ...error }).toMatchObject({
			kind: 'input',
			retryable: false,
			safeToRepeat: true,
		});
		failed.push({ node, words: `${String(error.message)} ${String(error.description)}` });
	}
	expect(asked()).toEqual([]);
	return failed;
}

const host = () => new URL(world().api.url).host;
const WRONG: ReadonlyArray<[row: 'B17' | 'D11', what: string, of: () => string, says: RegExp]> = [
	['B17', 'no scheme', host, /complete web address.*https:\/\//],
	['B17', 'a zero-width space behind it', () => `http://${host()}\u200B`, /invisible character/],
	['B17', 'a direction mark in it', () => `http://\u202A${host()}`, /invisible character/],
	['B17', 'one slash', () => `http:/${host()}`, /complete web address/],
	['D11', 'a name and a password', () => `http://me:hunter2@${host()}`, /user name or password/],
	['D11', 'a name alone', () => `http://hunter2@${host()}`, /user name or password/],
	['D11', 'ftp', () => `ftp://${host()}`, /complete web address/],
	['D11', 'a file', () => 'file:///etc/passwd', /complete web address/],
	['B17', 'a doubled scheme', () => `http://http://${host()}`, /complete web address/],
	['B17', 'two schemes', () => `https://http//${host()}`, /complete web address/],
	['B17', 'an endpoint', () => `http://${host()}/api/tasks/me`, /single endpoint.*host name/],
	['B17', 'the stream', () => `http://${host()}/run_sse`, /single endpoint.*host name/],
	['D11', 'a query', () => `http://${host()}/?key=hunter2`, /question mark/],
];
for (const [row, what, of, says] of WRONG) {
	situation(`[${row}] a base URL with ${what} is refused immediately with its cause`, async () => {
		for (const { words } of await told(of())) {
			expect(words).toMatch(says);
			expect(words).toContain("'Base URL'");
			expect(words).not.toContain('hunter2');
		}
		expect(world().count()).toBe(0);
	});
}

for (const path of ['/v1', '/api', '/nemo/v2/']) {
	situation(`[B17] a base URL with ${path} that leads to no endpoint is named first`, async () => {
		const engine = await engineIn(world(), { baseUrl: `http://${host()}${path}` });
		for (const [, spec] of NODES) {
			const { description } = failure(await engine.runNode(ROWS, spec));
			expect(description).toMatch(/^Check 'Base URL' in the credential/);
		}
		const check = credits({ operation: 'checkConnection' });
		const report = success(await engine.runNode([{}], check));
		const shown = path.replace(/\/$/, '');
		expect(report).toMatchObject({ ok: false, apiOrigin: `http://${host()}${shown}` });
		expect(report.reason).toContain(`Check 'Base URL' in the credential: its path is '${shown}`);
	});
}

for (const status of [301, 302, 307, 308]) {
	situation(
		`[B17] a base URL that sends on (${status}) is refused and its target named`,
		async () => {
			const to = 'https://new.example/api?key=hunter2';
			for (const endpoint of ['credits', 'state', 'session', 'run', 'upload'] as const) {
				world().every(endpoint, (exchange) => exchange.answer(status, '', { location: to }));
			}
			for (const { words } of await told(world().api.url)) {
				expect(words).toContain("'https://new.example/api'");
				expect(words).not.toContain('hunter2');
			}
			// The token is looked at first, and Create Video reads the balance too.
			expect(world().count('credits')).toBeLessThanOrEqual(NODES.length + 1);
			expect(world().count()).toBe(world().count('credits'));
		},
	);
}

situation('[B17] a server with a certificate of its own is refused immediately', async () => {
	const server = createServer(makeSelfSigned(), (_request, response) => {
		response.end('{"code":0,"data":{}}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	let tries = 0;
	server.on('tlsClientError', () => tries++);
	server.on('connection', () => tries++);
	for (const { words } of await told(`https://127.0.0.1:${port}`)) {
		expect(words).toContain('certificate');
		expect(words).toContain('NODE_EXTRA_CA_CERTS');
		expect(words).not.toContain(TOKEN);
	}
	expect(tries).toBeGreaterThan(0);
	await new Promise((resolve) => server.close(resolve));
});
