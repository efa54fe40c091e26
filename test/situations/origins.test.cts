import type { ServerResponse } from 'node:http';
import { film, mp4 } from './support/drafts.cts';
import { Host } from './support/host.cts';
import {
	createVideo,
	exporting,
	failures,
	inSession,
	NODE,
	results,
	success,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { TOKEN } from './support/world.cts';

const { world, engine } = withWorld();
const situation = situations('D10');
const RENDERED = { credits: 0, prompts: 0, uploads: 0, renders: 1 };

const sendFilm = async (response: ServerResponse): Promise<void> => {
	const bytes = mp4();
	response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(bytes.length) });
	await new Promise<void>((resolve) => response.end(bytes, resolve));
};
/** Somebody else's host. */
let stranger: Host;
beforeEach(async () => {
	stranger = new Host(async (_request, response) => await sendFilm(response));
	await stranger.open();
});
afterEach(async () => await stranger.shut());

/** No token has reached the stranger, whatever became of the film. */
function expectNoToken(): void {
	const asked = JSON.stringify([stranger.asked, world().films.asked]);
	expect(asked).not.toContain(TOKEN);
	expect(asked).not.toContain('Bearer');
}

/** Ways to write an address that some clients take for a path of the host they know. */
const DISGUISES: ReadonlyArray<[what: string, of: (host: string) => string]> = [
	['one slash', (host) => `http:/${host}/x.mp4`],
	['no slash', (host) => `http:${host}/x.mp4`],
	['three slashes', (host) => `http:///${host}/x.mp4`],
	['backslashes', (host) => `http:\\\\${host}\\x.mp4`],
	['a slash and a backslash', (host) => `http:/\\${host}/x.mp4`],
	['a tab in the scheme', (host) => `ht\ttp://${host}/x.mp4`],
	['blanks around', (host) => `  http://${host}/x.mp4\n`],
	['no scheme', (host) => `//${host}/x.mp4`],
	['a backslash before the host', (host) => `\\\\${host}/x.mp4`],
	['the API as its user', (host) => `http://${new URL(world().api.url).host}@${host}/x.mp4`],
	[
		'the API as its user and password',
		(host) => `http://${new URL(world().api.url).host}:x@${host}/x.mp4`,
	],
	['a plain address', (host) => `http://${host}/x.mp4`],
];
for (const [what, of] of DISGUISES) {
	situation(`[D10] sends no token to a film whose address has ${what}`, async () => {
		const session = world().session(film());
		world().filmUrl = of(new URL(stranger.url).host);
		const run = await engine().runNode(inSession(session), exporting());
		// From there, or from NemoVideo's own download.
		expect(failures(run)).toEqual([]);
		expect(run.items(NODE)[0]?.binary?.data).toMatchObject({ bytes: mp4().length });
		expectNoToken();
		expect(world().spent()).toEqual(RENDERED);
	});

	situation(`[D10] sends no token where a film is moved to an address with ${what}`, async () => {
		const session = world().session(film());
		const location = of(new URL(stranger.url).host).trim();
		const moved = (response: ServerResponse) => {
			response.writeHead(302, { location: Buffer.from(location).toString('latin1') }).end();
		};
		// Both the film's own host and the API send on to there.
		world().filmUrl = `${world().api.url}/api/render/proxy/moved/download`;
		world().every('download', ({ response }) => moved(response));
		const run = await engine().runNode(inSession(session), exporting());
		expect([results(run).length, failures(run).length].sort()).toEqual([0, 1]);
		for (const one of failures(run)) expect(one).toMatchObject({ safeToRepeat: true });
		expectNoToken();
		// Where the address leads back to the API and nothing is there, the film is rendered anew once.
		expect(RENDERED.renders + 1).toBeGreaterThanOrEqual(world().spent().renders);
		expect({ ...world().spent(), renders: 1 }).toEqual(RENDERED);
	});
}

situation('[D10] sends the token to the film where it lies with the API', async () => {
	const session = world().session(film());
	world().filmUrl = `${world().api.url}/api/render/proxy/some/download`;
	success(await engine().runNode(inSession(session), exporting()));
	const download = world().arrivals.find(({ endpoint }) => endpoint === 'download');
	expect(download?.authorization).toBe(`Bearer ${TOKEN}`);
	expect(world().spent()).toEqual(RENDERED);
});

situation('[D10] sends no token with the film of a video either', async () => {
	world().filmUrl = `http:/${new URL(stranger.url).host}/x.mp4`;
	const run = await engine().runNode([{}], createVideo());
	expect(success(run)).toMatchObject({ status: 'completed' });
	expectNoToken();
	expect(world().spent()).toEqual({ ...RENDERED, credits: 100, prompts: 1 });
});
