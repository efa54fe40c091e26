import { outcomeOf, type Reached } from '../../../src/api/outcome';

const REFUSING = [400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 422, 429, 431, 451];
/** Numbers that are sent as well by whoever gave a request up that was under way. */
const OTHER_4XX = [407, 408, 409, 412, 416, 418, 420, 421, 423, 424, 425, 426, 428, 460, 494, 499];

/** The rows of the public contract, "Never twice". */
const ROWS: ReadonlyArray<[string, Reached, 'refused' | 'unknown']> = [
	['nothing was sent', 'notSent', 'refused'],
	['the connection was never made', 'neverConnected', 'refused'],
	['no whole answer came', 'noAnswer', 'unknown'],
	['a byte of the stream came', 'inStream', 'unknown'],
	['a gateway answered', 'gatewayPage', 'unknown'],
	...REFUSING.map((status): [string, Reached, 'refused'] => [
		`HTTP ${status}`,
		{ status },
		'refused',
	]),
	...[...OTHER_4XX, 500, 502, 503, 504, 522, 599].map((status): [string, Reached, 'unknown'] => [
		`HTTP ${status}`,
		{ status },
		'unknown',
	]),
	...[429, 404, 1001, 1002, 2001].map((code): [string, Reached, 'unknown'] => [
		`code ${code} beside HTTP 504`,
		{ status: 504, code },
		'unknown',
	]),
	...[1001, 1002, 2001, 4001, 4002, ...REFUSING].map((code): [string, Reached, 'refused'] => [
		`code ${code} on HTTP 200`,
		{ status: 200, code },
		'refused',
	]),
	...[...OTHER_4XX, 500, 502, 7777, -1].map((code): [string, Reached, 'unknown'] => [
		`code ${code} on HTTP 200`,
		{ status: 200, code },
		'unknown',
	]),
	...[...OTHER_4XX, 500, 504].map((code): [string, Reached, 'unknown'] => [
		`code ${code} beside HTTP 400`,
		{ status: 400, code },
		'unknown',
	]),
	['an unknown code beside HTTP 400', { status: 400, code: 7777 }, 'refused'],
	['an answer without a code', { status: 200 }, 'unknown'],
	['a redirect', { status: 302 }, 'unknown'],
];

it.each(ROWS)('where %s, a request that costs is %#: %j', (_what, reached, outcome) => {
	expect(outcomeOf(reached)).toBe(outcome);
	// What costs nothing may be done again, whatever became of it.
	expect(outcomeOf(reached, true)).toBe(outcome === 'unknown' ? 'free' : 'refused');
});
