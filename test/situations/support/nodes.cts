import type { IDataObject } from 'n8n-workflow';
import { createEngine, type Engine } from '../../engine/support/engine.cts';
import type { RunResult } from '../../engine/support/result.cts';
import type { FileSpec } from '../../engine/support/testNodes.cts';
import type { NodeSpec } from '../../engine/support/workflow.cts';
import { hurry } from './clocks.cts';
import { TOKEN, World } from './world.cts';

/** The node's name where it runs alone. */
export const NODE = 'Node 1';
/** Readings after a lost stream, without patience. */
export const QUICK = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 3 };
export const QUICK_EXPORT = { pollIntervalSeconds: 0.1 };
/** n8n's Retry On Fail. */
export const RETRIED = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
/** Failures go to the second output instead of ending the execution. */
const CONTINUED = { onError: 'continueErrorOutput' as const };
/** A failure after something was sent that may have been paid. */
export const UNSURE = { safeToRepeat: false, retryable: false };
export const PROMPT = 'Make a ten second film of a harbor at dawn';

export interface Here {
	world(): World;
	engine(): Engine;
	/** The waits that the nodes have asked for, in milliseconds, in order. */
	asked(): readonly number[];
}

/**
 * A world and an n8n for each test of a file.
 *
 * @param time how time passes for the nodes; by default waits are short
 */
export function withWorld(time: () => number[] = hurry): Here {
	let world: World | undefined;
	let engine: Engine | undefined;
	let asked: number[] = [];
	beforeEach(async () => {
		asked = time();
		world = new World();
		await world.open();
		engine = await engineIn(world);
	});
	afterEach(async () => await world?.close());
	const running = <T,>(value: T | undefined): T => {
		if (value === undefined) throw new Error('There is a world only while tests run');
		return value;
	};
	return { world: () => running(world), engine: () => running(engine), asked: () => asked };
}

/** An n8n whose credential leads to a world. */
export async function engineIn(world: World, credential: IDataObject = {}): Promise<Engine> {
	const own = { connectWith: 'accessToken', token: TOKEN, baseUrl: world.api.url };
	return await createEngine({ credential: { ...own, ...credential } as never });
}

/** A row that goes on in a session. */
export const inSession = ({ id }: { id: string }, json: IDataObject = {}) => [
	{ json: { sessionId: id, ...json } },
];

type Make = (parameters?: IDataObject, more?: Partial<NodeSpec>) => NodeSpec;

function maker(type: string, fixed: IDataObject, options: IDataObject = {}): Make {
	return (parameters = {}, more = {}) => ({
		type,
		...CONTINUED,
		...more,
		parameters: {
			...fixed,
			...parameters,
			options: { ...options, ...Object(parameters.options) },
		} as never,
	});
}

/** The nodes, quick, with their failures on the error output. */
export const generate = maker('nemoVideoGenerate', { prompt: PROMPT }, QUICK);
export const createVideo = maker(
	'nemoVideoCreateVideo',
	{ prompt: PROMPT },
	{ ...QUICK, ...QUICK_EXPORT },
);
export const assistant = maker('nemoVideoAssistant', { chatId: '' }, { ...QUICK, ...QUICK_EXPORT });
/** As it stands behind a Chat Trigger. */
export const chatting = () =>
	assistant({ message: '={{ $json.chatInput }}', chatId: '={{ $json.sessionId }}' });
export const exporting = maker('nemoVideoExport', {}, QUICK_EXPORT);
export const uploading = maker('nemoVideoUpload', {});
export const state = maker('nemoVideoState', {});
export const credits = maker('nemoVideoCredits', {});
export const createSession = maker('nemoVideoCreateSession', { language: 'en' });

export const photo = (name: string): FileSpec => ({
	fileName: name,
	mimeType: 'image/png',
	content: Buffer.from(`\x89PNG\r\n\x1a\n${name}`, 'latin1'),
});

/** The items that went well. */
export function results(result: RunResult, node = NODE): IDataObject[] {
	expect(result.error?.message).toBeUndefined();
	return result.branch(node, 0).map(({ json }) => json);
}

/** The failures, as they stand in items. */
export function failures(result: RunResult, node = NODE): IDataObject[] {
	expect(result.error?.message).toBeUndefined();
	return result.branch(node, 1).map(({ json }) => json.error as IDataObject);
}

/** The one failure of a run of one item. */
export function failure(result: RunResult, node = NODE): IDataObject {
	expect(result.branch(node, 0).map(({ json }) => json)).toEqual([]);
	const [only, ...others] = failures(result, node);
	expect(others).toEqual([]);
	return only ?? {};
}

/** The one result of a run of one item. */
export function success(result: RunResult, node = NODE): IDataObject {
	expect(failures(result, node)).toEqual([]);
	const [only, ...others] = results(result, node);
	expect(others).toEqual([]);
	return only ?? {};
}

/** The hints beside the output, as n8n shows them. */
export const hints = (result: RunResult, node = NODE): string =>
	result
		.hints(node)
		.map(({ message }) => message)
		.join('\n');
