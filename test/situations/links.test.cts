import { keepUploads, type Brought } from './support/brought.cts';
import {
	assistant,
	createVideo,
	failure,
	inSession,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';

const { world, engine } = withWorld();
const situation = situations('B5', 'B6', 'B7', 'B8', 'B9', 'B10');
const NOTHING = { credits: 0, prompts: 0, uploads: 0, renders: 0 };
const A = 'https://a.example/x.jpg';
const B = 'https://a.example/y.jpg';

let brought: Brought[];
beforeEach(() => (brought = keepUploads(world())));

/** The addresses that NemoVideo was given, of each upload. */
const sent = (): string[][] => brought.map(({ urls }) => urls);

interface Link {
	what: string;
	given: unknown;
	/** Unless they are the given one alone. */
	urls?: string[];
}

const TAKEN: Readonly<Record<string, Link[]>> = {
	B5: [
		{
			what: 'a OneDrive download script',
			given: 'https://x-my.sharepoint.com/personal/me/_layouts/15/download.aspx?UniqueId=4f1',
		},
		{ what: 'a PHP script', given: 'https://files.example/download.php?file=clip.mp4' },
		{ what: 'a handler', given: 'https://files.example/media.ashx?id=4' },
		{ what: 'a download without an ending', given: 'https://files.example/download?id=8' },
	],
	B6: [
		{ what: "Vimeo's file", given: 'https://player.vimeo.com/external/1.hd.mp4?s=a&profile_id=1' },
		{ what: "Drive's picture", given: 'https://drive.google.com/thumbnail?id=1AbC&sz=w1000' },
		{ what: "Drive's download", given: 'https://drive.google.com/uc?export=download&id=1AbC' },
	],
	B7: [
		{ what: 'a semicolon between two', given: `${A};${B}`, urls: [A, B] },
		{ what: 'a bar between two', given: `${A}|${B}`, urls: [A, B] },
		{ what: 'semicolons and spaces', given: `${A} ; ${B};`, urls: [A, B] },
		{ what: 'a semicolon of its own', given: 'https://a.example/a;v=1,b.jpg' },
	],
	B8: [
		{
			what: 'attachments of Airtable',
			given: [
				{ id: 'att1', url: A, filename: 'x.jpg', thumbnails: { small: { url: 'https://t/s' } } },
				{ id: 'att2', url: B, filename: 'y.jpg' },
			],
			urls: [A, B],
		},
		{
			what: 'files of Notion',
			given: [{ name: 'x', file: { url: A } }, { external: { url: B } }],
			urls: [A, B],
		},
		{
			what: 'a product with its first picture beside all of them',
			given: { image: { src: A }, images: [{ src: A }, { src: B }] },
			urls: [A, B],
		},
		{ what: 'a list as JSON text', given: JSON.stringify([A, B]), urls: [A, B] },
		{
			what: 'attachments as JSON text',
			given: JSON.stringify([{ url: A }, { url: B }]),
			urls: [A, B],
		},
	],
	B9: [
		{
			what: 'spaces in its path',
			given: 'https://a.example/my photos/product 1.jpg',
			urls: ['https://a.example/my%20photos/product%201.jpg'],
		},
		{ what: 'a zero-width space behind it', given: `${A}\u200B`, urls: [A] },
		{ what: 'a zero-width space before it', given: `\u200B${A}`, urls: [A] },
		{ what: 'a byte order mark and a line end', given: `\uFEFF${A}\r\n`, urls: [A] },
	],
};

const BY_URL = { source: 'url', urls: '={{ $json.links }}' };
const PROMPT = { prompt: 'Make a film of these files', exportVideo: false };

for (const [row, links] of Object.entries(TAKEN)) {
	for (const { what, given, urls = [String(given)] } of links) {
		const count = urls.length === 1 ? '1 address' : `${urls.length} addresses`;
		situation(`[${row}] Upload sends ${count} where it is given ${what}`, async () => {
			const session = world().session();
			const rows = inSession(session, { links: given as never });
			const { files } = success(await engine().runNode(rows, uploading(BY_URL)));
			expect(sent()).toEqual([urls]);
			expect(files).toHaveLength(urls.length);
		});
	}

	const [{ what, given, urls = [String(given)] } = links[0] as Link] = links;
	situation(`[${row}] Create Video makes the film where it is given ${what}`, async () => {
		const rows = [{ json: { links: given as never } }];
		success(await engine().runNode(rows, createVideo({ ...PROMPT, ...BY_URL })));
		expect(sent()).toEqual([urls]);
		expect(world().spent()).toMatchObject({ prompts: 1, uploads: 1 });
	});
}

for (const row of ['B5', 'B6'] as const) {
	const { what, given } = TAKEN[row]?.[0] as Link;
	situation(`[${row}] the Assistant uploads ${what} on request`, async () => {
		const message = `Upload ${String(given)}`;
		success(await engine().runNode([{}], assistant({ message, language: 'en' })));
		expect(sent()).toEqual([[given]]);
	});
}

const REFUSED: Readonly<Record<string, Array<Link & { says: RegExp }>>> = {
	B6: [
		{
			what: 'a page of Google Drive',
			given: 'https://drive.google.com/file/d/1AbC/view?usp=sharing',
			says: /uc\?export=download&id=1AbC/,
		},
		{ what: 'the player of Vimeo', given: 'https://player.vimeo.com/video/1', says: /file itself/ },
	],
	B8: [
		{ what: 'an object without a link', given: { id: 1, name: 'a.jpg' }, says: /object/ },
		{
			what: 'a list with one wrong entry',
			given: [{ url: A }, { url: 'y.jpg' }],
			says: /'y\.jpg'/,
		},
	],
	B10: [
		{
			what: "a Telegram bot's file",
			given: 'https://api.telegram.org/file/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5P/photos/1.jpg',
			says: /[Dd]ownload the file/,
		},
		{
			what: 'an address with a password',
			given: 'https://me:AAHdqTcvCH1v@files.example/a.mp4',
			says: /[Dd]ownload the file/,
		},
		{
			what: "a bot's file among others",
			given: [A, 'https://tg.example/file/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5P/a.mp4'],
			says: /[Dd]ownload the file/,
		},
	],
};

for (const [row, links] of Object.entries(REFUSED)) {
	for (const { what, given, says } of links) {
		situation(`[${row}] ${what} is refused before anything is sent`, async () => {
			const rows = inSession({ id: '1' }, { links: given as never });
			const upload = failure(await engine().runNode(rows, uploading(BY_URL)));
			const video = failure(
				await engine().runNode(
					[{ json: { links: given as never } }],
					createVideo({ ...PROMPT, ...BY_URL }),
				),
			);
			for (const told of [upload, video]) {
				expect(told).toMatchObject({ kind: 'input', safeToRepeat: true });
				expect(`${String(told.message)} ${String(told.description)}`).toMatch(says);
				// Part of every secret in the rows.
				expect(JSON.stringify(told)).not.toContain('AAHdqTcv');
			}
			expect(world().count()).toBe(0);
		});
	}
}

situation("[B10] a bot's file in a chat is not passed on, and costs nothing", async () => {
	const message = `Make a film of ${String(REFUSED.B10?.[0]?.given)}`;
	const run = await engine().runNode([{}], assistant({ message, language: 'en' }));
	expect(JSON.stringify(world().arrivals)).not.toContain('AAHdqTcv');
	expect(world().spent()).toEqual(NOTHING);
	const told = [...run.branch('Node 1', 0), ...run.branch('Node 1', 1)];
	expect(JSON.stringify(told.map(({ json }) => json))).not.toContain('AAHdqTcv');
});
