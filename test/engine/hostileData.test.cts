/** Answers that are meant to exhaust, confuse or poison whoever reads them. */
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import type { NodeSpec } from './support/workflow.cts';
import { tapWire, type Wiretap } from './support/wiretap.cts';

const emulator = withEmulator();
let wire: Wiretap;
let engine: Engine;

beforeEach(async () => {
	wire = await tapWire(emulator().url);
	engine = await createEngine({
		credential: connectedCredential(emulator(), 'accessToken', { baseUrl: wire.url }),
	});
});
afterEach(async () => await wire.close());

const SEGMENTS = '"t":[{"tt":0,"id":"v","sg":[{"id":"s1","tr":{"s":0,"d":1000}}]}],"d":1000';
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const DRAFTS: Array<[string, string]> = [
	[
		'keys that would change all objects',
		'"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}',
	],
	[
		'such keys beside an integer beyond 2^53',
		'"__proto__":{"polluted":1},"id":12345678901234567890',
	],
	['integers beyond 2^53', '"a":9007199254740993,"b":-123456789012345678901234567890'],
	['numbers beyond a double', '"a":1e400,"b":-1E+999,"c":1e308'],
	['a number that is almost nothing', '"a":5e-324,"b":1e-7'],
	[
		'other names of what programs look for',
		'"toString":1,"hasOwnProperty":2,"valueOf":"x","toJSON":3,"then":4,"length":-1',
	],
	['names that are numbers', '"0":1,"-1":2,"":3," ":4'],
	['characters that are none', '"a":"\\ud800","b":"\\u0000","c":"\\u2028"'],
	['expressions and markup', '"a":"={{ 6 * 7 }}","<b>":"<script>alert(1)</script>"'],
	['what is nested a thousand deep', `"deep":${nested(1000)}`],
	['ten thousand keys', Array.from({ length: 10_000 }, (_, n) => `"k${n}":${n}`).join(',')],
];

/** The state says that this is the session's draft. */
function holdDraft(json: string): void {
	emulator().faults.add({
		kind: 'body',
		endpoint: 'state',
		times: 0,
		body: `{"code":0,"data":{"state":{"video_infos":[],"draft":{${SEGMENTS},${json}}}}}`,
	});
}

/** The body of the request that has submitted the render. */
function submitted(): string {
	const text = wire.sent().toString('utf8');
	const start = text.indexOf('POST /api/render/proxy/lambda ');
	const rest = text.slice(start);
	const [head = '', body = ''] = [
		rest.slice(0, rest.indexOf('\r\n\r\n')),
		rest.slice(rest.indexOf('\r\n\r\n') + 4),
	];
	const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
	return Buffer.from(body, 'utf8').subarray(0, length).toString('utf8');
}

/** A JSON text with its object's entries in one order, however they were written. */
function entries(json: string): string[] {
	return json.split(/,(?=")/).sort();
}

const EXPORT: NodeSpec = { type: 'nemoVideoExport', parameters: { options: QUICK_EXPORT } };

describe('a draft with', () => {
	it.each(DRAFTS)('%s reaches the renderer as it came', async (_what, json) => {
		const sessionId = await prepareSession(emulator());
		holdDraft(json);
		const result = await engine.runNode([{ json: { sessionId } }], EXPORT);
		expect(result.status).toBe('success');
		const body = submitted();
		const draft = /"draft":\{(.*)\},"output":/s.exec(body)?.[1] ?? '';
		// JSON has several ways to write one number or character.
		const canonical = (text: string): string[] =>
			entries(text.replaceAll('\\u2028', '\u2028').replace(/(?<=\d)[eE]\+?(?=\d)/g, 'e'));
		expect(canonical(draft)).toEqual(canonical(`${SEGMENTS},${json}`));
		expect(Object.prototype).not.toHaveProperty('polluted');
		expect({}).not.toHaveProperty('polluted');
	});

	it.each(DRAFTS)('%s is data in the output of State', async (_what, json) => {
		const sessionId = await prepareSession(emulator());
		holdDraft(json);
		const result = await engine.runNode([{ json: { sessionId } }], {
			type: 'nemoVideoState',
			parameters: { simplify: false },
		});
		expect(result.status).toBe('success');
		const { draft, timeline } = result.items('Node 1')[0]?.json ?? {};
		expect(timeline).toMatchObject({ durationMs: 1000 });
		expect(draft).toHaveProperty('d', 1000);
		expect({}).not.toHaveProperty('polluted');
		expect(() => JSON.stringify(result.run)).not.toThrow();
	});

	it.each([20_000, 200_000])('%d levels is one clear failure', async (depth) => {
		const sessionId = await prepareSession(emulator());
		for (const more of ['', ',"id":12345678901234567890']) {
			emulator().faults.clear();
			holdDraft(`"deep":${nested(depth)}${more}`);
			for (const node of [EXPORT, { type: 'nemoVideoState' }]) {
				const result = await engine.runNode([{ json: { sessionId } }], {
					...node,
					onError: 'continueErrorOutput',
				});
				const error = Object(result.branch('Node 1', 1)[0]?.json.error);
				expect(error).toMatchObject({ kind: 'protocol', retryable: false });
				expect(`${error.message} ${error.description}`.length).toBeLessThan(600);
			}
		}
		expect(emulator().ledger.summary()).toMatchObject({ renders: 0 });
	});
});

/** A NemoVideo that answers everything with these bytes. */
async function serve(
	headers: Record<string, string>,
	body: () => Readable,
): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => {
		request.resume();
		response.writeHead(200, headers);
		pipeline(body(), response, () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { server, url: `http://127.0.0.1:${port}` };
}

const MEGABYTE = Buffer.alloc(1_048_576, ' ');

/** So many megabytes of blanks; `Infinity` for no end. */
function* blanks(megabytes: number): Generator<Buffer> {
	for (let count = 0; count < megabytes; count++) yield MEGABYTE;
}

describe('an answer', () => {
	const CREDITS: NodeSpec = { type: 'nemoVideoCredits', onError: 'continueErrorOutput' };
	const JSON_TYPE = { 'content-type': 'application/json' };
	const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' };
	const packed = gzipSync(Buffer.alloc(300 * 1_048_576, ' '), { level: 9 });

	it.each([
		['300 MB in 300 kB', GZIP, () => Readable.from([packed])],
		['blanks without end', JSON_TYPE, () => Readable.from(blanks(Infinity))],
		['blanks without end, packed', GZIP, () => Readable.from(blanks(Infinity)).pipe(createGzip())],
	] as const)('of %s is given up at 64 MB', async (_what, headers, body) => {
		const { server, url } = await serve(headers, body);
		try {
			for (const connectWith of ['accessToken', 'freeTrial'] as const) {
				const other = await createEngine({
					credential: connectedCredential(emulator(), connectWith, { baseUrl: url }),
				});
				const result = await other.runNode([{}], CREDITS);
				expect(result.branch('Node 1', 1)[0]?.json.error).toMatchObject({
					kind: 'protocol',
					message: expect.stringMatching(/more than 64 MB/) as string,
				});
			}
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});

	it('in packed form is read as any other', async () => {
		const body = gzipSync('{"code":0,"data":{"available":7,"frozen":0,"total":7}}');
		const { server, url } = await serve(GZIP, () => Readable.from([body]));
		const other = await createEngine({
			credential: connectedCredential(emulator(), 'accessToken', { baseUrl: url }),
		});
		const result = await other.runNode([{}], CREDITS);
		server.closeAllConnections();
		server.close();
		expect(result.items('Node 1')[0]?.json).toMatchObject({ available: 7 });
	});
});
