import type { Emulator, FaultKind } from '../../emulator/server.cts';

/** How a request can fail on its way there or back. */
export const TROUBLES = [
	'connection refused',
	'reset on arrival',
	'lost before the backend took it',
	'lost after the backend took it',
	'broken in the middle of the answer',
	'lost after the answer',
] as const;

export type Trouble = (typeof TROUBLES)[number];

const KINDS: Readonly<Record<Exclude<Trouble, 'connection refused'>, FaultKind>> = {
	'reset on arrival': 'refuse',
	'lost before the backend took it': 'dropBefore',
	'lost after the backend took it': 'dropAfter',
	'broken in the middle of the answer': 'truncate',
	'lost after the answer': 'dropAfterAnswer',
};

/** Nobody listens for this long; clients try again after half a second at the earliest. */
const OUTAGE_MS = 400;

export interface Planned {
	/** Ends what would reach beyond the run; answers whether the trouble has struck. */
	settle(): Promise<boolean>;
}

/**
 * Plans trouble for one request of a run that is about to begin.
 *
 * @param nth which request of the run, counted from 1
 */
export async function plan(emulator: Emulator, nth: number, trouble: Trouble): Promise<Planned> {
	if (trouble !== 'connection refused') {
		emulator.faults.add({ kind: KINDS[trouble], nth });
		return { settle: async () => emulator.faults.list().every(({ hits }) => hits === 1) };
	}
	let over: Promise<void> | undefined;
	const comeBack = async (): Promise<void> => {
		await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
		await emulator.listen();
	};
	if (nth === 1) {
		// Nothing tells when the first request is tried; it is tried for some seconds.
		await emulator.refuse();
		over = comeBack();
	}
	const forget = emulator.events.on(({ type, request }) => {
		if (request !== nth - 1) return;
		if (type === 'request') void emulator.refuse(true);
		if (type === 'request.closed') over ??= comeBack();
	});
	const settle = async (): Promise<boolean> => {
		forget();
		await over;
		return over !== undefined;
	};
	return { settle };
}
