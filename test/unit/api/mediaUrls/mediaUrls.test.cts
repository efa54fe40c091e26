import fc from 'fast-check';
import { NemoVideoError } from '../../../../src/api/errors';
import { readMediaUrls } from '../../../../src/api/mediaUrls/mediaUrls';
import { adviceFaults, messageFaults } from '../../../../tools/words/rules.cts';
import { report } from '../../../report.cts';
import { LINK_ROWS } from './linkRows.cts';

const read = (value: unknown): string[] => readMediaUrls(value, 'URLs');
const failure = (value: unknown): NemoVideoError => {
	try {
		read(value);
	} catch (error) {
		if (error instanceof NemoVideoError) return error;
		throw error;
	}
	throw new Error('It was taken');
};

/** Direct links as people have them. */
const url = fc
	.tuple(
		fc.constantFrom('https', 'http'),
		fc.domain(),
		fc.array(fc.stringMatching(/^[\w,.~%!-]{1,12}$/).filter(isPathSegment), { maxLength: 3 }),
		fc.constantFrom('mp4', 'jpg', 'png', 'mp3'),
		// A comma at the end of a URL is taken for the end of an entry.
		fc.option(fc.stringMatching(/^[a-z]=[\w,:/-]{0,12}[\w]$/)),
	)
	.map(([scheme, host, path, extension, query]) => {
		const file = [...path, `file.${extension}`].join('/');
		return new URL(`${scheme}://cdn.${host}/${file}${query === null ? '' : `?${query}`}`).href;
	});
function isPathSegment(text: string): boolean {
	return !/^\.+$/.test(text) && !/,https?:/i.test(text) && !/%(?![0-9a-f]{2})/i.test(text);
}

const cases = LINK_ROWS.map((row) => [row.what, row] as const);

describe('a link as people have it', () => {
	afterAll(() => report('links', `${LINK_ROWS.length} read or refused as meant`));

	it('is tried in at least 120 forms, each with a name of its own', () => {
		expect(LINK_ROWS.length).toBeGreaterThanOrEqual(120);
	});

	it.each(cases.filter(([, { sent }]) => sent !== undefined))(
		'is read: %s',
		(_what, { given, sent }) => expect(read(given)).toEqual(sent === 'same' ? [given] : sent),
	);

	it.each(cases.filter(([, { refused }]) => refused !== undefined))(
		'is refused with the way out: %s',
		(_what, { given, refused, kind }) => {
			const { kind: found, message, description = '', outcome } = failure(given);
			expect({ found, outcome }).toEqual({ found: kind ?? 'input', outcome: 'refused' });
			expect(message).toContain("'URLs'");
			expect(`${message} ${description}`).toMatch(refused ?? /./);
			expect([...messageFaults(message), ...adviceFaults(description)]).toEqual([]);
			// Part of every secret in the rows.
			expect(`${message} ${description}`).not.toMatch(/AAHdqTcv/);
		},
	);

	it('is taken in the form that its refusal names', () => {
		const named = LINK_ROWS.flatMap(({ given, refused }) => {
			if (refused === undefined) return [];
			const direct = /^Use (https?:\/\/\S*[^\s.])/.exec(failure(given).description ?? '')?.[1];
			return direct === undefined ? [] : [direct];
		});
		expect(named.length).toBeGreaterThan(20);
		for (const direct of named) expect(read(direct)).toEqual([direct]);
	});
});

describe('a list of URLs', () => {
	it('comes back whole, whichever way it is written', () => {
		const separator = fc.constantFrom('\n', ' ', '\r\n', ',', ', ', '\t', ';', ' | ');
		fc.assert(
			fc.property(fc.array(url, { minLength: 1, maxLength: 6 }), separator, (urls, between) => {
				expect(read(urls)).toEqual(urls);
				expect(read(urls.join(between))).toEqual(urls);
				expect(read(JSON.stringify(urls))).toEqual(urls);
				expect(read(urls.map((one) => ({ url: one })))).toEqual(urls);
			}),
		);
	});

	it('is taken or refused by name, whatever is in it', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				try {
					for (const address of read(value)) expect(address).toMatch(/^https?:\/\//);
				} catch (error) {
					expect(error).toBeInstanceOf(NemoVideoError);
					expect(String(error)).toContain("'URLs'");
				}
			}),
		);
	});

	it('nested without end is refused', () => {
		const endless: unknown[] = [];
		endless.push(endless);
		expect(failure(endless).message).toMatch(/lists in lists/);
	});
});
