import { jsonOf, type Answer, type Service } from './hub.cts';

export const DOCUMENT = '1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcdefg';

type Cell = string | number;

const BUSY: Answer = {
	status: 503,
	body: { error: { code: 503, message: 'The service is currently unavailable.' } },
};

interface Update {
	data: Array<{ range: string; values: Cell[][] }>;
	valueInputOption: 'RAW' | 'USER_ENTERED';
}

/** As if somebody had typed it: an apostrophe keeps digits as text, else they become a number. */
function typed(text: string): string {
	if (/^\d+$/.test(text)) return String(Number(text));
	return text.replace(/^'/, '');
}

/** A sheet of Google's as far as reading and updating rows go. */
export class GoogleSheet {
	private readonly cells: Cell[][];

	constructor(
		private readonly columns: readonly string[],
		rows: ReadonlyArray<Record<string, string>>,
		/** Which writing it refuses, by the values. */
		private readonly refuses: (value: string) => boolean = () => false,
	) {
		this.cells = [[...columns], ...rows.map((row) => columns.map((name) => row[name] ?? ''))];
	}

	rows(): Array<Record<string, string>> {
		return this.cells
			.slice(1)
			.map((cells) =>
				Object.fromEntries(this.columns.map((name, at) => [name, String(cells[at] ?? '')])),
			);
	}

	readonly service: Service = (call) => {
		if (call.host !== 'sheets.googleapis.com') return undefined;
		const [, rest] = new RegExp(`^/v4/spreadsheets/${DOCUMENT}(.*)$`).exec(call.path) ?? [];
		if (rest === undefined) return { status: 404, body: { error: { code: 404 } } };
		if (rest === '') {
			const properties = { sheetId: 0, title: 'Sheet1', index: 0, sheetType: 'GRID' };
			return { body: { sheets: [{ properties }] } };
		}
		if (call.method === 'GET') {
			return { body: { range: 'Sheet1!A1:Z1000', majorDimension: 'ROWS', values: this.cells } };
		}
		if (rest !== '/values:batchUpdate') throw new Error(`Not spoken here: ${rest}`);
		const { data, valueInputOption } = jsonOf<Update>(call);
		if (data.some(({ values }) => this.refuses(String(values[0]?.[0])))) return BUSY;
		for (const { range, values } of data) this.write(range, values, valueInputOption);
		return { body: { spreadsheetId: DOCUMENT, totalUpdatedCells: data.length } };
	};

	private write(range: string, values: Cell[][], option: Update['valueInputOption']): void {
		const [, letter = '', row = ''] = /!([A-Z])(\d+)/.exec(range) ?? [];
		const cells = (this.cells[Number(row) - 1] ??= []);
		const text = String(values[0]?.[0] ?? '');
		cells[letter.charCodeAt(0) - 65] = option === 'RAW' ? text : typed(text);
	}
}
