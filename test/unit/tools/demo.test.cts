import { readOptions } from '../../../tools/demo/options.cts';
import { plainWords } from '../../../tools/plainWords.cjs';

const IN_ORDER = [1, 2, 3, 4, 5];
const MIXED = [3, 1, 5, 2, 4];

describe('the options of the demo', () => {
	it('are one film in the embedded engine where nothing is given', () => {
		expect(readOptions([])).toMatchObject({ n8n: undefined, orders: [IN_ORDER], takesStills: false });
	});

	it('choose the newest real n8n with --n8n alone, and two orders of the photos', () => {
		expect(readOptions(['--n8n'])).toMatchObject({ n8n: '2.41.1', orders: [IN_ORDER, MIXED] });
	});

	it('take --n8n alone before another option', () => {
		const options = readOptions(['--n8n', '--order', '3,1,5,2,4']);
		expect(options).toMatchObject({ n8n: '2.41.1', orders: [MIXED] });
	});

	it('take the version of an n8n, and several orders', () => {
		const args = ['--n8n', '1.123.81', '--order', '3,1,5,2,4', '--order=1,2,3,4,5'];
		expect(readOptions(args)).toMatchObject({ n8n: '1.123.81', orders: [MIXED, IN_ORDER] });
	});

	it.each([
		[['--n8n', '1.0.0'], '--n8n takes 2.41.1 or 1.123.81'],
		[['--order', '1,2,3'], '--order takes the numbers 1 to 5, each once, e.g. 3,1,5,2,4'],
		[['--order', '1,2,3,4,4'], '--order takes the numbers 1 to 5, each once, e.g. 3,1,5,2,4'],
	])('say what %j should have been', (args, words) => {
		expect(() => readOptions(args)).toThrow(words);
	});
});

describe('a failure of a command', () => {
	it('tells what is behind a request that failed', () => {
		const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		const error = new TypeError('fetch failed', { cause });
		expect(plainWords(error)).toBe('Nothing listens there anymore: connection refused.');
	});

	it('is never a bare "fetch failed"', () => {
		expect(plainWords(new TypeError('fetch failed'))).toBe(
			'A request to this machine got no answer.',
		);
	});

	it('tells the first of several errors that have no words of their own', () => {
		const refused = Object.assign(new Error('one address'), { code: 'ECONNRESET' });
		expect(plainWords(new AggregateError([refused], ''))).toBe(
			'The connection was closed on the other side.',
		);
	});

	it('shows no stack trace, even where the message holds one', () => {
		const error = new Error('n8n ended while starting:\nError: no port\n    at main (/x.js:1:2)');
		expect(plainWords(error)).toBe('n8n ended while starting:\nError: no port');
	});

	it.each([
		['ENOSPC', 'write', '/x/film.mp4', 'The disk is full. Free some space, then try again.'],
		['EACCES', 'open', '/x/film.mp4', 'No permission to use /x/film.mp4.'],
		['ENOENT', 'spawn tar', 'tar', "The program tar isn't installed."],
		['ENOENT', 'open', '/x/film.mp4', '/x/film.mp4 is missing.'],
		['ENOTDIR', 'mkdir', '/x/output', '/x/output is a file, where a folder is needed.'],
	])('says in words what %s in %s means', (code, syscall, path, words) => {
		const error = Object.assign(new Error(code), { code, syscall, path });
		expect(plainWords(error)).toBe(words);
	});

	it('keeps words that are plain already', () => {
		expect(plainWords(new Error('The film has no audio.'))).toBe('The film has no audio.');
		expect(plainWords('stopped')).toBe('stopped');
	});
});
