import { parseArgs } from 'node:util';
import type { N8nVersion } from '../../test/e2e/n8n.cts';

export interface DemoOptions {
	version: N8nVersion;
	/** The photos' numbers (from 1) in the order in which they are uploaded; one film each. */
	orders: number[][];
	/** Whether frames of the first film become the picture in README. */
	takesStills: boolean;
}

const VERSIONS: readonly N8nVersion[] = ['2.41.1', '1.123.81'];
const PHOTO_COUNT = 5;

export const HELP = `npm run demo [-- options]
  --order 5,4,3,2,1   upload the photos in this order; may be given several times
                      (without it: 1,2,3,4,5 and then 3,1,5,2,4, to show that the film follows)
  --n8n 1.123.81      the n8n to use (default 2.41.1)
  --stills            put frames of the first film into docs/film.jpg, which README shows`;

function readOrder(text: string): number[] {
	const order = text.split(',').map(Number);
	const isComplete = Array.from({ length: PHOTO_COUNT }, (_, at) => order.includes(at + 1));
	if (order.length !== PHOTO_COUNT || isComplete.includes(false)) {
		throw new Error(`--order takes the numbers 1 to ${PHOTO_COUNT}, each once, e.g. 3,1,5,2,4`);
	}
	return order;
}

/**
 * @param args what follows `npm run demo --`
 * @throws Error that says what an option takes
 */
export function readOptions(args: string[]): DemoOptions {
	const { values } = parseArgs({
		args,
		options: {
			order: { type: 'string', multiple: true, default: ['1,2,3,4,5', '3,1,5,2,4'] },
			n8n: { type: 'string', default: '2.41.1' },
			stills: { type: 'boolean', default: false },
		},
	});
	const version = VERSIONS.find((known) => known === values.n8n);
	if (version === undefined) throw new Error(`--n8n takes ${VERSIONS.join(' or ')}`);
	return { version, orders: values.order.map(readOrder), takesStills: values.stills };
}
