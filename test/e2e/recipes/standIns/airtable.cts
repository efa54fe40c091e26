import { jsonOf, type Service } from './hub.cts';

export interface AirtableRecord {
	id: string;
	createdTime: string;
	fields: Record<string, unknown>;
}

export const BASE = 'appZ1Y2X3W4V5U6T7';
export const TABLE = 'tblA1B2C3D4E5F6G7';

/** A table in Airtable as far as Search and Update of n8n's node go. */
export class AirtableTable {
	readonly records: AirtableRecord[];

	constructor(rows: ReadonlyArray<Record<string, unknown>>) {
		this.records = rows.map((fields, index) => ({
			id: `rec${String(index + 1).padStart(14, '0')}`,
			createdTime: '2026-11-01T08:00:00.000Z',
			fields,
		}));
	}

	readonly service: Service = (call) => {
		if (call.host !== 'api.airtable.com') return undefined;
		if (call.path !== `/v0/${BASE}/${TABLE}`) return { status: 404, body: { error: 'NOT_FOUND' } };
		if (call.method === 'GET') return { body: { records: this.search(call.query) } };
		const { records } = jsonOf<{ records: AirtableRecord[] }>(call);
		return { body: { records: records.map((record) => this.update(record)) } };
	};

	/** Understands `{Field} = 'value'`. */
	private search(query: URLSearchParams): AirtableRecord[] {
		const formula = query.get('filterByFormula') ?? '';
		const [, field = '', value] = /^\{(\w+)\} = '(.*)'$/.exec(formula) ?? [];
		if (value === undefined) throw new Error(`No formula that Airtable knows: ${formula}`);
		return this.records.filter(({ fields }) => fields[field] === value);
	}

	private update({ id, fields }: AirtableRecord): AirtableRecord {
		const record = this.records.find((one) => one.id === id);
		if (record === undefined) throw new Error(`No record ${id}`);
		Object.assign(record.fields, fields);
		return record;
	}
}
