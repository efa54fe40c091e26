import { EMULATOR_TOKEN, startEmulator, type EmulatorOptions } from '../../emulator/server.cts';
import type { Sightings } from './recorder.cts';
import { walk, type WalkOptions } from './walk.cts';

/** The forms in which NemoVideo's answers were seen or published; a real one is like some of them. */
const VARIANTS: ReadonlyArray<Partial<EmulatorOptions>> = [
	{ dialect: 'flat', shapes: 'ref' },
	{ dialect: 'flat', shapes: 'seed' },
	{ dialect: 'adk', shapes: 'cli' },
	{ dialect: 'adk', adkFlavour: 'py', shapes: 'odd', sessionLostAs: 'adkPy' },
	{ dialect: 'mixed', shapes: 'default', badTokenAs: '401', cdn: 'other', partials: 'always' },
];

/** @returns what the emulator sends in the same walk, in each of its forms */
export async function emulatedWalks(photo: WalkOptions['photo']): Promise<Sightings[]> {
	const sightings: Sightings[] = [];
	for (const variant of VARIANTS) {
		const emulator = await startEmulator({ silentShare: 0, ...variant });
		try {
			const walked = await walk({
				baseUrl: emulator.url,
				token: EMULATOR_TOKEN,
				photo,
				maySpend: async () => true,
				print: () => undefined,
				pollMs: 20,
			});
			const [failure] = walked.failures;
			if (failure !== undefined) throw new Error(`The walk fails against the emulator: ${failure}`);
			sightings.push(walked.sightings);
		} finally {
			await emulator.close();
		}
	}
	return sightings;
}
