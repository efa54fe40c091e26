import { recoveryWaits } from './support/clocks.cts';
import {
	createVideo,
	failure,
	generate,
	hints,
	inSession,
	photo,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import type { Session } from './support/session.cts';

const { world, engine, asked } = withWorld();
const situation = situations('B4', 'B16');
const UNSURE = { safeToRepeat: false, retryable: false, stage: 'upload' };
const PAGE = '<!DOCTYPE html><html><body>Too large</body></html>';
const VIDEO = { prompt: 'Make a film of these photos', exportVideo: false };

const twoFiles = ({ id }: Pick<Session, 'id'>) => [
	{ json: { sessionId: id }, files: { one: photo('a.png'), two: photo('b.png') } },
];
const oneFile = ({ id }: Pick<Session, 'id'>, paddedTo?: number) => [
	{
		json: { sessionId: id },
		files: { one: { ...photo('a.png'), ...(paddedTo ? { paddedTo } : {}) } },
	},
];
/** NemoVideo answers an upload with this list, whatever it took. */
const lists = (...files: object[]): void =>
	world().every('upload', (exchange) => exchange.answer(200, { code: 0, data: { files } }));

for (const [what, files, missing] of [
	['one of two files', [{ filename: 'a.png' }], "received 'b.png'"],
	['no file', [], "received 'a.png', 'b.png'"],
] as ReadonlyArray<[string, object[], string]>) {
	situation(`[B4] an answer that lists ${what} names the missing ones and fails`, async () => {
		const session = world().session();
		lists(...files);
		const told = failure(await engine().runNode(twoFiles(session), uploading()));
		expect(told).toMatchObject({ ...UNSURE, kind: 'protocol', sessionId: session.id });
		expect(told.message).toContain(missing);
		const isThere = /'a\.png' is in the session/.test(String(told.description));
		expect(isThere).toBe(files.length === 1);
		expect(told.description).toContain(`lists ${files.length} of 2 files`);
		expect(world().spent().uploads).toBe(1);
	});

	situation(`[B4] Create Video pays for no film where the answer lists ${what}`, async () => {
		lists(...files);
		const told = failure(await engine().runNode(twoFiles({ id: '' }), createVideo(VIDEO)));
		expect(told).toMatchObject(UNSURE);
		expect(told.message).toContain(missing);
		expect(world().spent()).toEqual({ credits: 0, prompts: 0, uploads: 1, renders: 0 });
	});
}

situation('[B4] an error for one file names it, and what is in the session', async () => {
	const session = world().session();
	lists({ filename: 'a.png' }, { filename: 'b.png', error: 'cannot decode' });
	const told = failure(await engine().runNode(twoFiles(session), uploading()));
	expect(told).toMatchObject(UNSURE);
	expect(told.message).toBe("NemoVideo didn't accept 'b.png'");
	expect(told.description).toContain('cannot decode');
	expect(told.description).toContain("'a.png' is in the session");
});

for (const list of ['failed', 'errors', 'rejected']) {
	situation(`[B4] files that the answer lists as ${list} are named with the reason`, async () => {
		const refused = [{ filename: 'b.png', reason: 'cannot decode' }];
		world().every('upload', (exchange) =>
			exchange.answer(200, { code: 0, data: { files: [{ filename: 'a.png' }], [list]: refused } }),
		);
		const told = failure(await engine().runNode(twoFiles(world().session()), uploading()));
		expect(told).toMatchObject({ ...UNSURE, kind: 'input' });
		expect(told.message).toBe("NemoVideo didn't accept 'b.png'");
		expect(told.description).toMatch(/cannot decode.*'a\.png' is in the session/);
		expect(world().spent().uploads).toBe(1);
	});
}

situation('[B4] an answer that lists nothing but refused files pays nothing', async () => {
	world().every('upload', (exchange) =>
		exchange.answer(200, { failed: [{ filename: 'a.png', reason: 'cannot decode' }] }),
	);
	const told = failure(await engine().runNode(oneFile({ id: '' }), createVideo(VIDEO)));
	expect(told).toMatchObject({ safeToRepeat: true, message: "NemoVideo didn't accept 'a.png'" });
	expect(world().spent().prompts).toBe(0);
});

situation(
	'[B4] an error for the only file is a refusal, and Create Video pays nothing',
	async () => {
		lists({ filename: 'a.png', error: 'cannot decode' });
		const told = failure(await engine().runNode(oneFile({ id: '' }), createVideo(VIDEO)));
		expect(told).toMatchObject({ safeToRepeat: true, message: "NemoVideo didn't accept 'a.png'" });
		expect(world().spent()).toEqual({ credits: 0, prompts: 0, uploads: 1, renders: 0 });
	},
);

situation('[B4] a list that comes late is no failure: the session shows the files', async () => {
	const session = world().session();
	lists();
	session.atReading(2, () => ['a.png', 'b.png'].forEach((name) => session.addFile(name)));
	const { files } = success(await engine().runNode(twoFiles(session), uploading()));
	expect(files).toMatchObject([{ filename: 'a.png' }, { filename: 'b.png' }]);
	expect(world().spent().uploads).toBe(1);
});

const MEGABYTE = 1_048_576;
for (const [what, run] of [
	[
		'Upload',
		async () => await engine().runNode(oneFile(world().session(), 2 * MEGABYTE), uploading()),
	],
	[
		'Create Video',
		async () => await engine().runNode(oneFile({ id: '' }, 2 * MEGABYTE), createVideo(VIDEO)),
	],
] as const) {
	situation(
		`[B16] in ${what}, a gateway's 413 tells the file's size and the lower limit`,
		async () => {
			world().every('upload', (exchange) => exchange.answer(413, PAGE));
			const told = failure(await run());
			expect(told).toMatchObject({ kind: 'network', httpStatus: 413, safeToRepeat: false });
			expect(told.description).toContain("'a.png': 2 MB (2,097,152 bytes)");
			expect(told.description).toContain('NemoVideo itself accepts 500 MB (524,288,000 bytes)');
			expect(told.description).toContain('The gateway takes less in one request');
			expect(told.description).not.toContain('Compress');
		},
	);
}

situation("[B16] a gateway's 413 for several files tells their size together", async () => {
	world().every('upload', (exchange) => exchange.answer(413, PAGE));
	const told = failure(await engine().runNode(twoFiles(world().session()), uploading()));
	expect(told.description).toMatch(/^'a.png', 'b.png': 26 bytes together\./);
});

for (const [what, json] of [
	['a file', {}],
	['an address', { source: 'url', urls: 'https://files.example/a.png' }],
] as const) {
	situation(
		`[B16] a gateway's 413 for ${what} is reported after checking the session once`,
		async () => {
			world().every('upload', (exchange) => exchange.answer(413, PAGE));
			const session = world().session();
			const told = failure(await engine().runNode(oneFile(session), uploading(json)));
			expect(told).toMatchObject({ httpStatus: 413, retryable: false, safeToRepeat: false });
			expect(told.description).toContain("The session doesn't show 'a.png'");
			expect(recoveryWaits(asked())).toEqual([]);
			// Before the upload and after it.
			expect(session.readings).toBe(2);
			expect(world().spent().uploads).toBe(1);
		},
	);
}

situation("[B16] a file that is there behind a gateway's 413 is found, and sent once", async () => {
	const session = world().session();
	world().every('upload', (exchange) => {
		session.addFile('a.png');
		exchange.answer(413, PAGE);
	});
	const { files } = success(await engine().runNode(oneFile(session), uploading()));
	expect(files).toMatchObject([{ filename: 'a.png' }]);
	expect(recoveryWaits(asked())).toEqual([]);
	expect(world().spent().uploads).toBe(1);
});

situation('[B16] a 413 adds no wait to that of a 504 before it', async () => {
	const session = world().session();
	world().next('upload', (exchange) => exchange.answer(504, PAGE));
	world().every('upload', (exchange) => exchange.answer(413, PAGE));
	const told = failure(await engine().runNode(oneFile(session), uploading()));
	expect(told).toMatchObject({ httpStatus: 413, safeToRepeat: false });
	expect(recoveryWaits(asked())).toEqual([30_000, 60_000, 60_000, 60_000, 60_000]);
	expect(world().spent().uploads).toBe(2);
});

situation("[B16] NemoVideo's own 4002 tells the file's size, and no gateway's limit", async () => {
	world().every('upload', (exchange) => exchange.answer(200, { code: 4002, message: 'large' }));
	const run = await engine().runNode(oneFile(world().session(), MEGABYTE), uploading());
	const told = failure(run);
	expect(told).toMatchObject({ kind: 'fileSize', code: 4002, safeToRepeat: true });
	expect(told.description).toContain("'a.png': 1 MB (1,048,576 bytes).");
	expect(told.description).toContain('or less for some accounts');
	expect(told.description).not.toContain('gateway');
});

/** NemoVideo takes the files, tells whether the session has them, and its state never lists them. */
const leavesOut = (applied?: boolean, arrive = (): void => undefined): void =>
	world().every('upload', (exchange) => {
		const files = ['a.png', 'b.png'].map((filename) => ({ filename }));
		exchange.answer(200, { code: 0, data: { files, session_state_applied: applied } });
		arrive();
	});

for (const [what, node] of [
	['Upload', uploading()],
	['Create Video', createVideo({ ...VIDEO, sessionId: '={{ $json.sessionId }}' })],
] as const) {
	const run = async (id: string) => await engine().runNode(twoFiles({ id }), node);
	situation(
		`[B4] ${what} fails where NemoVideo says that the session lacks the files`,
		async () => {
			leavesOut(false);
			const session = world().session();
			const told = failure(await run(session.id));
			expect(told).toMatchObject({ ...UNSURE, kind: 'network' });
			expect(told.message).toContain("didn't add them to the session");
			expect(told.description).toContain("The session doesn't show 'a.png', 'b.png'");
			// Once before it, for seconds after it, and then with patience.
			expect(session.readings).toBeGreaterThan(8);
			expect(world().spent()).toMatchObject({ credits: 0, prompts: 0, uploads: 1 });
		},
	);

	situation(`[B4] ${what} continues where the session has such files after all`, async () => {
		const session = world().session();
		leavesOut(false, () => ['a.png', 'b.png'].forEach((name) => session.addFile(name)));
		success(await run(session.id));
		expect(recoveryWaits(asked())).toEqual([]);
		expect(world().spent().uploads).toBe(1);
	});
}

for (const applied of [true, undefined]) {
	situation(
		`[B4] a state without files is hinted at where the answer says ${applied}`,
		async () => {
			leavesOut(applied);
			const run = await engine().runNode(twoFiles({ id: '' }), createVideo(VIDEO));
			success(run);
			expect(hints(run)).toMatch(
				/accepted 'a\.png', 'b\.png', but the session's state doesn't list them/,
			);
			expect(world().spent()).toMatchObject({ prompts: 1, uploads: 1 });
		},
	);
}

for (const operation of ['generateAndWait', 'submit']) {
	situation(`[B4] ${operation} of a prompt after such an upload carries the hint`, async () => {
		leavesOut();
		const session = world().session();
		success(await engine().runNode(twoFiles(session), uploading()));
		const run = await engine().runNode(inSession(session), generate({ operation }));
		success(run);
		expect(hints(run)).toContain("doesn't list them");
	});
}

const BAD = 'https://files.example/bad.jpg';
const ADDRESSES = { source: 'url', urls: `https://files.example/a.jpg ${BAD}` };
const A_ONLY = [{ filename: 'a.jpg' }];
for (const [what, answered, message, reason] of [
	[
		'lists a URL as failed',
		{ code: 0, data: { files: A_ONLY, failed: [{ url: BAD, error: 'HTTP 403 there' }] } },
		"NemoVideo didn't accept 'bad.jpg'",
		'HTTP 403 there',
	],
	[
		'lists sentences about a URL',
		{ code: 0, data: { files: A_ONLY, errors: [`${BAD}: 403 Forbidden`] } },
		"NemoVideo didn't accept 'bad.jpg'",
		'403 Forbidden',
	],
	[
		'lists an error of no file',
		{ code: 0, data: { files: A_ONLY, errors: ['403 Forbidden'] } },
		"It's unknown whether NemoVideo received 'bad.jpg'",
		'lists 1 of 2 files and says "403 Forbidden"',
	],
	[
		'is a failure as a whole',
		{ success: false, error: 'could not fetch url: 403' },
		"NemoVideo didn't accept 'a.jpg', 'bad.jpg'",
		'could not fetch url: 403',
	],
	[
		'holds an error instead of files',
		{ code: 0, data: { error: 'could not fetch url: 403' } },
		"NemoVideo didn't accept 'a.jpg', 'bad.jpg'",
		'could not fetch url: 403',
	],
] as const) {
	situation(`[B4] an answer to URLs that ${what} is reported with its reason`, async () => {
		world().every('upload', (exchange) => exchange.answer(200, answered));
		const told = failure(await engine().runNode(twoFiles(world().session()), uploading(ADDRESSES)));
		expect(told).toMatchObject({ ...UNSURE, message });
		expect(told.description).toContain(reason);
		expect(told.description).not.toMatch(/newer version|another format/);
		expect(recoveryWaits(asked()).length > 0).toBe(message.startsWith('It'));
		expect(world().spent().uploads).toBe(1);
	});
}

situation(
	'[B4] files that arrived behind an answer of failure are found, and sent once',
	async () => {
		const session = world().session();
		world().every('upload', (exchange) => {
			['a.png', 'b.png'].forEach((name) => session.addFile(name));
			exchange.answer(200, { success: false, error: 'late' });
		});
		success(await engine().runNode(twoFiles(session), uploading()));
		expect(world().spent().uploads).toBe(1);
	},
);

situation('[B4] an answer that lists fewer files under other names says so', async () => {
	const session = world().session();
	world().every('upload', (exchange) => {
		session.addFile('u_0.png');
		exchange.answer(200, { code: 0, data: { files: [{ filename: 'u_0.png' }] } });
	});
	const { description } = failure(await engine().runNode(twoFiles(session), uploading()));
	expect(description).toContain('lists 1 of 2 files');
	expect(description).toContain('by these names');
	expect(description).not.toContain("doesn't show the upload");
});
