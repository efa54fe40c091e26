import { readOptions, VERSIONS } from '../../e2e/options.cts';
import { isOfLine } from '../../e2e/scenario.cts';
import { dockerArguments } from '../../e2e/source.cts';

describe('the n8n that the end-to-end tests take', () => {
	it('is each tested version of npm unless something else is asked for', () => {
		expect(readOptions([]).sources).toEqual(VERSIONS.map((npm) => ({ npm })));
	});

	it.each([
		[['--version', '2.40.7'], { npm: '2.40.7' }],
		[['--n8n-image', 'docker.n8n.io/n8nio/n8n:3'], { image: 'docker.n8n.io/n8nio/n8n:3' }],
		[['--n8n-url', 'http://127.0.0.1:5678'], { url: 'http://127.0.0.1:5678' }],
	])('may be another one: %j', (args, source) => {
		expect(readOptions(args).sources).toEqual([source]);
	});

	it.each([
		[['--version', 'latest'], '--version takes a version on npm, such as 2.41.1'],
		[['--n8n-url', 'my n8n'], '--n8n-url takes an address, such as http://127.0.0.1:5678'],
		[['--n8n-url', 'http://127.0.0.1:5678', '--record'], /--record keeps a run of all rows/],
	])('is asked for in a way that is understood, or the message says how: %j', (args, words) => {
		expect(() => readOptions(args)).toThrow(words);
	});

	it('runs a row of a line in every version of this line', () => {
		expect(isOfLine('2.40.7', '2.41.1')).toBe(true);
		expect(isOfLine('1.123.81', '2.41.1')).toBe(false);
	});

	it('of an image shares the network and the folder with the tests, and hears only its settings', () => {
		const env = { N8N_PORT: '5000', DB_TYPE: 'sqlite', HOME: '/root', PATH: '/bin' };
		const args = dockerArguments('n8n:3', ['start'], env, '/tmp/folder').join(' ');
		expect(args).toMatch(/^run --rm --init --network host /);
		expect(args).toContain('--volume /tmp/folder:/tmp/folder');
		expect(args).toMatch(/--env N8N_PORT=5000 --env DB_TYPE=sqlite n8n:3 start$/);
		expect(args).not.toContain('HOME=');
	});
});
