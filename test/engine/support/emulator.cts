import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	EMULATOR_TOKEN,
	startEmulator,
	type Emulator,
	type EmulatorOptions,
} from '../../../emulator/server.cts';

/** NemoVideo at a pace for tests; milliseconds. */
const QUICK: Partial<EmulatorOptions> = {
	turnMs: 20,
	stageGapMs: 10,
	editMs: 15,
	questionMs: 5,
	renderMs: 20,
	heartbeatMs: 10,
};

/**
 * One emulator for a test file, fresh before every test.
 *
 * @param options what differs from the emulator's defaults
 * @returns the emulator, once the tests run
 */
export function withEmulator(options: Partial<EmulatorOptions> = {}): () => Emulator {
	let emulator: Emulator | undefined;
	const running = (): Emulator => {
		if (emulator === undefined) throw new Error('The emulator runs only while tests do');
		return emulator;
	};
	beforeAll(async () => {
		emulator = await startEmulator({ ...QUICK, ...options });
	});
	afterEach(() => running().reset());
	afterAll(async () => await emulator?.close());
	return running;
}

/** Credential data of a user who connects with an access token, or with the free trial. */
export function connectedCredential(
	emulator: Emulator,
	connectWith: 'accessToken' | 'freeTrial' = 'accessToken',
	more: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject {
	return {
		connectWith,
		baseUrl: emulator.url,
		...(connectWith === 'accessToken' ? { token: EMULATOR_TOKEN } : {}),
		...more,
	};
}
