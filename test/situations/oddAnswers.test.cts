import type { IDataObject } from 'n8n-workflow';
import {
	createVideo,
	credits,
	failure,
	photo,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';

const { world, engine } = withWorld();
const situation = situations('B19');

for (const available of [null, true, 'many', '', {}, [5], undefined]) {
	const shown = JSON.stringify(available) ?? 'left out';
	situation(`[B19] a balance of ${shown} is no balance`, async () => {
		world().every('credits', (exchange) => exchange.answer(200, { code: 0, data: { available } }));
		const told = failure(await engine().runNode([{}], credits()));
		expect(told).toMatchObject({ kind: 'protocol' });
		expect(`${String(told.message)} ${String(told.description)}`).toContain('credits/balance');
	});
}

for (const [given, available] of [
	[12, 12],
	['12.5', 12.5],
	[0, 0],
] as const) {
	situation(`[B19] a balance of ${JSON.stringify(given)} is one`, async () => {
		const data = { available: given, frozen: null };
		world().every('credits', (exchange) => exchange.answer(200, { code: 0, data }));
		const result = success(await engine().runNode([{}], credits()));
		expect(result).toMatchObject({ available, frozen: 0, total: available });
	});
}

situation('[B19] Create Video sends no prompt on a balance that is none', async () => {
	world().every('credits', (exchange) =>
		exchange.answer(200, { code: 0, data: { available: null } }),
	);
	const options = { minimumCredits: 50 };
	const told = failure(await engine().runNode([{}], createVideo({ options } as never)));
	expect(told).toMatchObject({ kind: 'protocol', safeToRepeat: true });
	expect(world().spent()).toEqual({ credits: 0, prompts: 0, uploads: 0, renders: 0 });
});

const ODD: ReadonlyArray<[field: string, key: string, value: unknown]> = [
	['width', 'width', ''],
	['height', 'height', null],
	['durationSeconds', 'duration', true],
	['fps', 'fps', [25]],
	['hash', 'hash', {}],
	['hash', 'hash', ''],
];
for (const [field, key, value] of ODD) {
	situation(`[B19] a file whose ${field} is ${JSON.stringify(value)} has none`, async () => {
		const session = world().session();
		const file = {
			filename: 'a.png',
			file_type: 'image',
			cdn_url: 'https://c.example/a',
			[key]: value,
		};
		world().every('upload', (exchange) => {
			session.addFile('a.png');
			exchange.answer(200, { code: 0, data: { files: [file] } });
		});
		const rows = [{ json: { sessionId: session.id }, files: { data: photo('a.png') } }];
		const [given] = success(await engine().runNode(rows, uploading())).files as IDataObject[];
		expect(given).toEqual({ filename: 'a.png', fileType: 'image', cdnUrl: 'https://c.example/a' });
		expect(given).not.toHaveProperty(field);
	});
}
