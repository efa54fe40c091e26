import { parseArgs } from 'node:util';

export interface DemoOptions {
	/** The real n8n to use; n8n's engine alone where left out. */
	n8n?: string;
	/** The photos' numbers (from 1) in the order in which they are uploaded; one film each. */
	orders: number[][];
	/** Whether frames of the first film become the picture in README. */
	takesStills: boolean;
}

const VERSIONS: readonly string[] = ['2.41.1', '1.123.81'];
const PHOTO_COUNT = 5;
const AS_THEY_LIE = '1,2,3,4,5';
/** Shows that the film follows the order. */
const MIXED = '3,1,5,2,4';

export const HELP = `npm run demo [-- options]

Makes a film of five photos with the packed nodes in n8n's own engine, against an emulated NemoVideo.

  --order 5,4,3,2,1   upload the photos in this order; may be given several times
  --n8n               run it in a real n8n ${VERSIONS[0]}, with the photos in two orders; this installs
                      n8n once (3 GB) and needs Python 3, make and a C++ compiler
  --n8n ${VERSIONS[1]}      the same in this n8n
  --stills            put frames of the first film into docs/film.jpg, which README shows`;

function readOrder(text: string): number[] {
	const order = text.split(',').map(Number);
	const isComplete = Array.from({ length: PHOTO_COUNT }, (_, at) => order.includes(at + 1));
	if (order.length !== PHOTO_COUNT || isComplete.includes(false)) {
		throw new Error(`--order takes the numbers 1 to ${PHOTO_COUNT}, each once, e.g. ${MIXED}`);
	}
	return order;
}

/** `--n8n` alone means the newest; what parses the options wants a value behind it. */
function withVersion(args: string[]): string[] {
	return args.map((arg, at) => {
		const next = args[at + 1];
		const isAlone = arg === '--n8n' && (next === undefined || next.startsWith('-'));
		return isAlone ? `--n8n=${VERSIONS[0]}` : arg;
	});
}

/**
 * @param args what follows `npm run demo --`
 * @throws Error that says what an option takes
 */
export function readOptions(args: string[]): DemoOptions {
	const { values } = parseArgs({
		args: withVersion(args),
		options: {
			order: { type: 'string', multiple: true },
			n8n: { type: 'string' },
			stills: { type: 'boolean', default: false },
		},
	});
	const n8n = VERSIONS.find((known) => known === values.n8n);
	if (n8n !== values.n8n) throw new Error(`--n8n takes ${VERSIONS.join(' or ')}`);
	const usual = n8n === undefined ? [AS_THEY_LIE] : [AS_THEY_LIE, MIXED];
	const orders = (values.order ?? usual).map(readOrder);
	return { n8n, orders, takesStills: values.stills };
}
