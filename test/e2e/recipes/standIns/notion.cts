import { jsonOf, type Answer, type Call, type Service } from './hub.cts';

/** A value of a property; its type says where it stands. */
type Property = Record<string, unknown> & { type?: string };

export interface NotionPage {
	object: 'page';
	id: string;
	url: string;
	parent: { type: 'database_id'; database_id: string };
	properties: Record<string, Property>;
}

interface Filter {
	and?: Array<{ property: string; select: { equals: string } }>;
}

export const DATABASE = '0fe2f7de-558b-471e-ab07-e9d871cdf4a9';

/** Longest text that Notion takes in one piece. */
const MAX_TEXT = 2_000;
/** Pages of one answer, so that several are asked for. */
const PAGE_SIZE = 12;

const textOf = (content: string): Property => ({
	type: 'rich_text',
	rich_text: [{ type: 'text', text: { content }, plain_text: content }],
});

/** A file that lies at Notion; its link is signed and goes out of date. */
const fileOf = (url: string): object => ({
	name: 'photo.jpg',
	type: 'file',
	file: { url, expiry_time: '2026-11-01T09:00:00.000Z' },
});

function refusal(status: number, code: string, message: string): Answer {
	return { status, body: { object: 'error', status, code, message } };
}

/** A database in Notion as far as Get Many and Update of n8n's node for its pages go. */
export class NotionDatabase {
	readonly pages: NotionPage[];

	constructor(rows: ReadonlyArray<{ prompt: string; photo: string }>) {
		this.pages = rows.map(({ prompt, photo }, index) => {
			const id = `${String(index + 1).padStart(8, '0')}-558b-471e-ab07-e9d871cdf4aa`;
			return {
				object: 'page',
				id,
				url: `https://www.notion.so/Video-${id.replaceAll('-', '')}`,
				parent: { type: 'database_id', database_id: DATABASE },
				properties: {
					Name: { type: 'title', title: [{ type: 'text', plain_text: `Video ${index + 1}` }] },
					Prompt: textOf(prompt),
					Photos: { type: 'files', files: [fileOf(photo)] },
					Status: { type: 'select', select: { name: 'New' } },
					Film: { type: 'url', url: null },
					Note: { type: 'rich_text', rich_text: [] },
				},
			};
		});
	}

	readonly service: Service = (call) => {
		if (call.host !== 'api.notion.com') return undefined;
		if (call.headers['notion-version'] === undefined) {
			return refusal(400, 'missing_version', 'Notion-Version header failed validation');
		}
		if (call.path === `/v1/databases/${DATABASE}/query`) return this.query(call);
		const [, id] = /^\/v1\/pages\/([\da-f-]+)$/.exec(call.path) ?? [];
		const page = this.pages.find((one) => one.id === id);
		if (page === undefined) return refusal(404, 'object_not_found', 'Could not find page');
		return call.method === 'PATCH' ? this.update(page, call) : { body: page };
	};

	/** The text, link or choice of a property; empty where there is none. */
	static valueOf({ properties }: NotionPage, name: string): string {
		const { type = '', ...property } = properties[name] ?? {};
		const value = property[type];
		if (Array.isArray(value)) {
			return value.map((part: { plain_text?: string }) => part.plain_text ?? '').join('');
		}
		if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
		return typeof value === 'string' ? value : '';
	}

	private query(call: Call): Answer {
		const { filter, start_cursor } = jsonOf<{ filter?: Filter; start_cursor?: string }>(call);
		const found = this.pages.filter((page) =>
			(filter?.and ?? []).every(
				({ property, select }) => NotionDatabase.valueOf(page, property) === select.equals,
			),
		);
		const from = Number(start_cursor ?? 0);
		const hasMore = found.length > from + PAGE_SIZE;
		return {
			body: {
				object: 'list',
				results: found.slice(from, from + PAGE_SIZE),
				has_more: hasMore,
				next_cursor: hasMore ? String(from + PAGE_SIZE) : null,
			},
		};
	}

	/** Takes what belongs to the type of a property, as Notion does. */
	private update(page: NotionPage, call: Call): Answer {
		const { properties } = jsonOf<Pick<NotionPage, 'properties'>>(call);
		for (const [name, given] of Object.entries(properties)) {
			const { type = '' } = page.properties[name] ?? {};
			if (!(type in given)) return refusal(400, 'validation_error', `${name} is not of its type`);
			if (type !== 'rich_text') page.properties[name] = { ...given, type };
			else {
				const parts = given.rich_text as Array<{ text: { content: string } }>;
				const content = parts.map(({ text }) => text.content).join('');
				if (content.length > MAX_TEXT)
					return refusal(400, 'validation_error', `${name} is too long`);
				page.properties[name] = textOf(content);
			}
		}
		return { body: page };
	}
}
