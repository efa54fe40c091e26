import assert from 'node:assert/strict';
import type { Job, Outcome } from '../job.cts';
import { byId, withVagueRows, type Stage } from '../stage.cts';
import { GoogleDrive } from '../standIns/googleDrive.cts';
import { TableJob } from '../tableJob.cts';

const COLUMNS = ['name', 'prompt', 'status', 'note'];
const TRANSLATION = '1\n00:00:00,000 --> 00:00:03,000\nHola\n';
/** As chat models like to answer, although they were asked for the file alone. */
const FENCED = `Here is the translation:\n\n\`\`\`srt\n${TRANSLATION}\`\`\`\nDo you need more?`;

const promptOf = (subject: string): string =>
	`Create a 15-second video of the ${subject} with the title "The ${subject}"`;

interface Films {
	drive: GoogleDrive;
	job: TableJob;
	/** How often the model was asked. */
	asked(): number;
}

async function filmsOf(
	stage: Stage,
	rows: ReadonlyArray<{ name: string; prompt: string }>,
	refuses?: (name: string) => boolean,
): Promise<Films> {
	const drive = new GoogleDrive(stage.key, [], refuses);
	stage.serve(drive.service);
	await stage.signIn('googleDriveOAuth2Api');
	const model = await stage.languageModel((_, asked) => {
		if (!asked.includes('-->')) return { say: 'Which subtitles?' };
		if (asked.includes('The poet')) return { say: 'I would rather write a poem.' };
		return { say: asked.includes('The lamp') ? FENCED : TRANSLATION };
	});
	const googleDrive = { folderId: byId('folder') };
	const job = await TableJob.open(stage, COLUMNS, rows, { googleDrive });
	return { drive, job, asked: model.requests };
}

const textOf = ({ drive }: Films, name: string): string =>
	drive.uploaded.find((file) => file.name === name)?.bytes?.toString() ?? '';

/** A film counts where its row is done; with text, it has its files. */
async function outcomeOf(films: Films): Promise<Outcome> {
	const done = await films.job.rowsThatAre('done');
	for (const { name, note } of done) {
		if (note !== '') continue;
		assert.match(textOf(films, `${name}.srt`), new RegExp(`-->[^]*The ${name}`));
		assert.match(textOf(films, `${name}.vtt`), /^WEBVTT/);
		assert.equal(textOf(films, `${name} es.srt`).trim(), TRANSLATION.trim());
	}
	return {
		films: done.map(({ name }) => String(name)).filter((name) => textOf(films, `${name}.mp4`)),
		failures: await films.job.failures(),
	};
}

/** The bad row asks for too little, so NemoVideo asks back. */
export const subtitles: Job = {
	file: 'film-with-subtitles',
	expires: 'film',
	expected: withVagueRows,
	async run(stage, rows) {
		const films = await filmsOf(
			stage,
			rows.map(({ subject, kind }) => ({
				name: subject,
				prompt: kind === 'bad' ? 'Make it better [[vague]]' : promptOf(subject),
			})),
		);
		await films.job.run();
		return await outcomeOf(films);
	},
	/** Drive has no room for some of the files, one film has no text, and the model is a poet. */
	async deliveryFails(stage) {
		const withText = ['mug', 'sneaker', 'lamp', 'backpack', 'poet'];
		const films = await filmsOf(
			stage,
			[
				...withText.map((name) => ({ name, prompt: promptOf(name) })),
				{ name: 'silent', prompt: 'Create a 15-second video of a mug without any title' },
			],
			(name) => ['mug.mp4', 'sneaker.vtt', 'backpack es.srt'].includes(name),
		);
		await films.job.run();
		await films.job.run();
		const outcome = await outcomeOf(films);
		assert.deepEqual([...outcome.films].sort(), ['lamp', 'silent']);
		const { job } = films;
		for (const name of ['mug', 'sneaker', 'backpack', 'poet']) {
			assert.match(await job.noteOf(name), /Session: \d{15,}.*paid for: https?:/, name);
		}
		assert.match(await job.noteOf('poet'), /chat model has no subtitles/);
		assert.match(await job.noteOf('silent'), /no text/);
		const ofSilent = films.drive.uploaded
			.map(({ name }) => name)
			.filter((name) => /silent/.test(name));
		assert.deepEqual(ofSilent, ['silent.mp4']);
		assert.equal(films.asked(), withText.length, 'A film without text asks the model nothing');
		return { ...outcome, credits: 600 };
	},
};
