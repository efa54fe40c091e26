import { SEED_VIDEO } from '../../../../emulator/seedVideo.cts';
import { Mp4Boxes, type Wholeness } from '../../../../src/flows/export/mp4Boxes';

const box = (type: string, content = Buffer.from(`${type} content`)): Buffer => {
	const header = Buffer.alloc(8);
	header.writeUInt32BE(content.length + 8, 0);
	header.write(type, 4, 'latin1');
	return Buffer.concat([header, content]);
};

const longBox = (type: string, content: Buffer): Buffer => {
	const header = Buffer.alloc(16);
	header.writeUInt32BE(1, 0);
	header.write(type, 4, 'latin1');
	header.writeBigUInt64BE(BigInt(content.length + 16), 8);
	return Buffer.concat([header, content]);
};

const ftyp = box('ftyp');
const moov = box('moov');
const mdat = box('mdat');

function read(bytes: Buffer, chunk = bytes.length): Wholeness {
	const boxes = new Mp4Boxes();
	for (let at = 0; at < bytes.length; at += chunk) boxes.push(bytes.subarray(at, at + chunk));
	return boxes.wholeness();
}

describe('a whole MP4', () => {
	it.each<[string, Buffer]>([
		['as ffmpeg writes it', SEED_VIDEO],
		['with the index first', Buffer.concat([ftyp, moov, mdat])],
		['with the index last', Buffer.concat([ftyp, mdat, moov])],
		['in fragments', Buffer.concat([ftyp, moov, box('moof'), mdat, box('moof'), mdat])],
		['in fragments without media boxes', Buffer.concat([ftyp, moov, box('moof')])],
		['with padding behind it', Buffer.concat([ftyp, moov, mdat, box('free')])],
		['with a long length', Buffer.concat([ftyp, longBox('mdat', Buffer.alloc(99)), moov])],
		['with an empty box', Buffer.concat([ftyp, moov, mdat, box('free', Buffer.alloc(0))])],
	])('is known %s, however its bytes come', (_name, film) => {
		expect(read(film)).toBe('whole');
		for (const chunk of [1, 3, 7, 8, 9, 16, 17]) expect(read(film, chunk)).toBe('whole');
	});
});

describe('an MP4 that was cut off', () => {
	const film = Buffer.concat([ftyp, mdat, longBox('free', Buffer.alloc(9)), moov]);

	it('is known at every byte but the first seven, which say nothing yet', () => {
		for (let length = 0; length < film.length; length++) {
			expect([length, read(film.subarray(0, length))]).toEqual([
				length,
				length < 8 ? 'unknown' : 'cut',
			]);
		}
		expect(read(film)).toBe('whole');
	});

	it.each([
		['the index', Buffer.concat([ftyp, mdat])],
		['the media', Buffer.concat([ftyp, moov])],
		['index and media', ftyp],
	])('is known where %s is missing behind a whole box', (_name, bytes) => {
		expect(read(bytes)).toBe('cut');
	});

	it('is known where it begins the next box', () => {
		expect(read(Buffer.concat([ftyp, moov, mdat, Buffer.from([0])]))).toBe('cut');
	});
});

describe('what cannot be told', () => {
	it.each<[string, Buffer]>([
		['nothing', Buffer.alloc(0)],
		['another format', Buffer.from('\x1aE\xdf\xa3 a film in another container, long enough')],
		['boxes of another family', Buffer.concat([box('jP  '), moov, mdat])],
		[
			'a box up to the end of the file',
			Buffer.concat([ftyp, moov, Buffer.from('\0\0\0\0mdatfilm')]),
		],
		[
			'a box shorter than its header',
			Buffer.concat([ftyp, moov, Buffer.from('\0\0\0\x07mdatfilm')]),
		],
	])('is left open: %s', (_name, bytes) => {
		expect(read(bytes)).toBe('unknown');
		expect(read(bytes, 1)).toBe('unknown');
	});
});
