import type { UploadPart } from '../../../../src/api/transport';
import { StreamedForm } from '../../../../src/n8n/connection/multipart';

let opened: number;
beforeEach(() => (opened = 0));
const part = (filename: string, text: string): UploadPart => ({
	filename,
	mimeType: 'image/png',
	sizeBytes: text.length,
	contentId: filename,
	async *open() {
		opened += 1;
		for (const letter of text) yield Buffer.from(letter);
	},
});

describe('a form of files', () => {
	it('has the shape by which the HTTP client knows forms', () => {
		const form = new StreamedForm();
		expect(Object.prototype.toString.call(form)).toBe('[object FormData]');
		expect(typeof form.append).toBe('function');
	});

	it('names each file with type and exact length, in order, under one field', () => {
		const form = new StreamedForm();
		form.addFile('files', part('a.png', 'one'));
		form.addFile('files', part('b.png', 'three'));
		expect([...form].map(([field, { name, type, size }]) => ({ field, name, type, size }))).toEqual(
			[
				{ field: 'files', name: 'a.png', type: 'image/png', size: 3 },
				{ field: 'files', name: 'b.png', type: 'image/png', size: 5 },
			],
		);
	});

	it('opens a file only when it is read, and again each time', async () => {
		const form = new StreamedForm();
		form.addFile('files', part('a.png', 'one'));
		const [[, file] = []] = [...form.entries()];
		expect(opened).toBe(0);
		for (let time = 0; time < 2; time++) {
			let text = '';
			for await (const chunk of file?.stream() ?? []) text += Buffer.from(chunk).toString();
			expect(text).toBe('one');
		}
		expect(opened).toBe(2);
	});

	it('opens no further file once it is closed, whoever continues reading it', async () => {
		const form = new StreamedForm();
		form.addFile('files', part('a.png', 'one'));
		form.addFile('files', part('b.png', 'two'));
		const [first, second] = [...form].map(([, file]) => file.stream()[Symbol.asyncIterator]());
		await first?.next();
		form.close();
		let goesOn = false;
		const goOn = () => void (goesOn = true);
		void first?.next().then(goOn, goOn);
		void second?.next().then(goOn, goOn);
		for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
		expect({ opened, goesOn }).toEqual({ opened: 1, goesOn: false });
	});

	it('closes what it has open, also what was about to be opened', async () => {
		let closed = 0;
		let open: () => void = () => undefined;
		const ready = new Promise<void>((resolve) => (open = resolve));
		const form = new StreamedForm();
		const slow = {
			...part('a.png', 'one'),
			async *open() {
				await ready;
				try {
					yield Buffer.from('one');
				} finally {
					closed++;
				}
			},
		};
		form.addFile('files', slow);
		const [reader] = [...form].map(([, file]) => file.stream()[Symbol.asyncIterator]());
		const first = reader?.next();
		form.close();
		open();
		await first;
		await new Promise((resolve) => setImmediate(resolve));
		expect(closed).toBe(1);
	});

	it('closes a file that its reader leaves', async () => {
		const form = new StreamedForm();
		form.addFile('files', part('a.png', 'one'));
		const [[, file] = []] = [...form];
		for await (const chunk of file?.stream() ?? []) {
			expect(chunk).toHaveLength(1);
			break;
		}
		expect(opened).toBe(1);
	});
});
