import { Session } from 'node:inspector/promises';

/** How many maps and sets live, and how much they hold together. */
export interface LiveEntries {
	maps: number;
	/** In all maps and sets. */
	entries: number;
}

const COUNT = `function () {
	let entries = 0;
	for (const { size } of this) entries += size;
	return { maps: this.length, entries };
}`;

/** Names the context of this test among those of the process. */
const MARK = 'nemovideoLiveEntries';

/**
 * Counts every map and set that is reachable in this test's context, in whatever module it is kept.
 * What is garbage by now does not count.
 */
export async function liveEntries(): Promise<LiveEntries> {
	const session = new Session();
	session.connect();
	try {
		const contexts: number[] = [];
		session.on('Runtime.executionContextCreated', ({ params }) => {
			contexts.push(params.context.id);
		});
		await session.post('Runtime.enable');
		const contextId = await ownContext(session, contexts);
		const found = { maps: 0, entries: 0 };
		for (const type of ['Map', 'Set']) {
			const counted = await count(session, `${type}.prototype`, contextId);
			found.maps += counted.maps;
			found.entries += counted.entries;
		}
		return found;
	} finally {
		session.disconnect();
	}
}

async function ownContext(session: Session, contexts: readonly number[]): Promise<number> {
	const own: Record<string, unknown> = globalThis as never;
	own[MARK] = true;
	try {
		for (const contextId of contexts) {
			const expression = `globalThis.${MARK} === true`;
			const { result } = await session.post('Runtime.evaluate', { expression, contextId });
			if (result.value === true) return contextId;
		}
	} finally {
		delete own[MARK];
	}
	throw new Error('The inspector does not know the context of this test');
}

async function count(session: Session, prototype: string, contextId: number): Promise<LiveEntries> {
	const { result } = await session.post('Runtime.evaluate', { expression: prototype, contextId });
	// Collects garbage first.
	const { objects } = await session.post('Runtime.queryObjects', {
		prototypeObjectId: idOf(result),
	});
	const counted = await session.post('Runtime.callFunctionOn', {
		functionDeclaration: COUNT,
		objectId: idOf(objects),
		returnByValue: true,
	});
	// What the inspector holds would live on.
	await session.post('Runtime.releaseObject', { objectId: idOf(objects) });
	return counted.result.value as LiveEntries;
}

function idOf({ objectId }: { objectId?: string }): string {
	if (objectId === undefined) throw new Error('The inspector gave a value in place of an object');
	return objectId;
}
