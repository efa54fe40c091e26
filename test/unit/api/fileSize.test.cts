import { roundedSize, sizeInWords } from '../../../src/api/fileSize';

it.each([
	[1, '1 kB', '1 bytes'],
	[12_000, '12 kB', '12,000 bytes'],
	[52_428, '52 kB', '52,428 bytes'],
	[52_429, '0.1 MB', '52,429 bytes'],
	[1_572_864, '1.5 MB', '1.5 MB (1,572,864 bytes)'],
	[104_857_600, '100.0 MB', '100 MB (104,857,600 bytes)'],
])('a size of %d bytes is %s to a person, never nothing', (bytes, rounded, exact) => {
	expect(roundedSize(bytes)).toBe(rounded);
	expect(sizeInWords(bytes)).toBe(exact);
});
