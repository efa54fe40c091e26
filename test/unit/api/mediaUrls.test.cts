import fc from 'fast-check';
import { NemoVideoError } from '../../../src/api/errors';
import { readMediaUrls } from '../../../src/api/mediaUrls';

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

const ONE = 'https://files.example/one.png';
const TWO = 'https://files.example/two,with,commas.mp4';
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

describe('a list of URLs', () => {
	it.each([
		['an array', [ONE, TWO]],
		['an array in an array', [[ONE], [TWO]]],
		['lines', `${ONE}\n${TWO}`],
		['lines of Windows, and empty ones', `\r\n${ONE}\r\n\r\n${TWO}\r\n`],
		['spaces', `  ${ONE}   ${TWO} `],
		['commas before http', `${ONE},${TWO}`],
		['commas and spaces', `${ONE}, ${TWO},`],
		['semicolons at the ends', `${ONE};\n${TWO};`],
		['an array of lines', [`${ONE}\n${TWO}`]],
	])('may be %s', (_form, value) => expect(read(value)).toEqual([ONE, TWO]));

	it('comes back whole, whichever way it is written', () => {
		const separator = fc.constantFrom('\n', ' ', '\r\n', ',', ', ', '\t');
		fc.assert(
			fc.property(fc.array(url, { minLength: 1, maxLength: 6 }), separator, (urls, between) => {
				expect(read(urls)).toEqual(urls);
				expect(read(urls.join(between))).toEqual(urls);
			}),
		);
	});

	it('that is empty is asked for', () => {
		for (const value of ['', '  \n ', [], [''], undefined, null, ',;']) {
			expect(failure(value)).toMatchObject({ kind: 'input', message: "'URLs' is empty" });
		}
	});

	it.each([[7], [true], [{ url: ONE }], [[{}]]])('of something else is refused: %j', (value) => {
		expect(failure(value).kind).toBe('input');
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
});

describe('an address', () => {
	it.each([
		'file:///etc/passwd',
		'ftp://files.example/a.mp4',
		'javascript:alert(1)',
		'data:image/png;base64,AAAA',
		'files.example/a.mp4',
		'https://',
		'hello',
	])('that is none of the web is refused: %s', (value) => {
		expect(failure(value)).toMatchObject({ kind: 'input' });
	});

	it.each(['https://user:secret@files.example/a.mp4', 'https://user@files.example/a.mp4'])(
		'with a login in it is refused, without showing it: %s',
		(value) => {
			const { message, description } = failure(value);
			expect(`${message} ${description}`).not.toContain('secret');
			expect(message).toMatch(/password/);
		},
	);

	it('that is an expression in a fixed field says so', () => {
		expect(failure('{{ $json.url }}').description).toMatch(/Expression/);
		expect(failure('https://x.example/{{$json.id}}.png').description).toMatch(/Expression/);
	});

	it.each([
		'https://x.example/page.html',
		'https://x.example/a.pdf',
		'https://x.example/a.heic',
		'https://x.example/a.TIFF',
		'https://x.example/a.svg',
	])('of a file that NemoVideo does not take is refused: %s', (value) => {
		expect(failure(value)).toMatchObject({ kind: 'fileType' });
	});

	it.each([
		'https://x.example/image?id=7',
		'https://x.example/v1.2/render',
		'https://x.example/clip.final',
		'https://x.example/photo.JPG?download=1',
	])('whose name tells nothing is left to NemoVideo: %s', (value) => {
		expect(read(value)).toEqual([value]);
	});
});

describe('a share page', () => {
	it.each([
		[
			'https://drive.google.com/file/d/1AbC-x_9/view?usp=sharing',
			'https://drive.google.com/uc?export=download&id=1AbC-x_9',
		],
		[
			'https://drive.google.com/open?id=1AbC',
			'https://drive.google.com/uc?export=download&id=1AbC',
		],
		[
			'https://www.dropbox.com/s/abc/a.mp4?dl=0&rlkey=1',
			'https://www.dropbox.com/s/abc/a.mp4?rlkey=1&dl=1',
		],
		['https://github.com/a/b/blob/main/c.mp4', 'https://github.com/a/b/raw/main/c.mp4'],
		[
			'https://acme.sharepoint.com/:v:/s/x?e=1',
			'https://acme.sharepoint.com/:v:/s/x?e=1&download=1',
		],
	])('%s is answered with its direct form', (page, direct) => {
		const error = failure(page);
		expect(error.kind).toBe('input');
		expect(error.description).toContain(direct);
		expect(read(direct)).toEqual([direct]);
	});

	it.each([
		'https://drive.google.com/drive/folders/1AbC',
		'https://photos.app.goo.gl/abc',
		'https://www.youtube.com/watch?v=abc',
		'https://m.youtube.com/watch?v=abc',
		'https://youtu.be/abc',
		'https://1drv.ms/v/abc',
		'https://we.tl/t-abc',
		'https://app.box.com/s/abc',
	])('without a direct form is to be downloaded first: %s', (page) => {
		expect(failure(page).description).toMatch(/Download the file/);
	});
});
