import { redirectError, redirectTarget } from '../../../src/api/redirect';
import { adviceFaults, messageFaults } from '../../../tools/words/rules.cts';

const BASE = 'https://video.test';

describe('an answer that sends on', () => {
	it.each([
		['https://new.test/path?token=hunter2#x', 'https://new.test/path'],
		['/login', 'https://video.test/login'],
		['//new.test', 'https://new.test/'],
		['https://me:hunter2@new.test/', 'https://new.test/'],
	])('to %s names its target without secrets', (location, target) => {
		const error = redirectError(301, location, `${BASE}/api`);
		const { kind, message, description = '', httpStatus } = error;
		expect({ kind, httpStatus }).toEqual({ kind: 'input', httpStatus: 301 });
		expect(message).toContain(
			`The host video.test answered with a redirect to '${target}' (HTTP 301)`,
		);
		expect(message).not.toContain('hunter2');
		expect([...messageFaults(message), ...adviceFaults(description)]).toEqual([]);
	});

	it('to no address says so', () => {
		expect(redirectError(302, 'http://[', BASE).message).toMatch(/another address/);
	});
});

it('an answer sends on where it is a redirect that names an address', () => {
	expect(redirectTarget({ status: 307, headers: { location: '/x' } })).toBe('/x');
	expect(redirectTarget({ status: 304, headers: {} })).toBeUndefined();
	expect(redirectTarget({ status: 201, headers: { location: '/x' } })).toBeUndefined();
});
