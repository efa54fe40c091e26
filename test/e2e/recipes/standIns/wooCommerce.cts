import { createHmac } from 'node:crypto';
import { jsonOf, type Answer, type Service } from './hub.cts';

export interface Product {
	id: number;
	name: string;
	status: string;
	short_description: string;
	price: string;
	images: Array<{ id: number; src: string; name: string }>;
	meta_data: Array<{ key: string; value: string }>;
}

interface Hook {
	id: number;
	delivery_url: string;
	topic: string;
	secret: string;
	status: string;
}

const NOT_ALLOWED: Answer = {
	status: 401,
	body: {
		code: 'woocommerce_rest_cannot_edit',
		message: 'Sorry, you are not allowed to edit this resource.',
		data: { status: 401 },
	},
};

export const imagesOf = (photos: readonly string[]): Product['images'] =>
	photos.map((src, index) => ({ id: index + 1, src, name: `Photo ${index + 1}` }));

/** A WooCommerce shop as far as n8n's trigger and Update Product go; it signs what it delivers. */
export class Shop {
	readonly products: Product[] = [];
	private hook: Hook | undefined;

	/** @param refuses which products the key may not change, by their names */
	constructor(private readonly refuses: (name: string) => boolean = () => false) {}

	readonly service: Service = (call) => {
		const [, resource, id] = /^\/wp-json\/wc\/v3\/(\w+)(?:\/(\d+))?$/.exec(call.path) ?? [];
		if (resource === 'webhooks') {
			if (call.method === 'GET') return { body: this.hook ? [this.hook] : [] };
			if (call.method === 'DELETE') return { body: this.hook ?? {} };
			this.hook = { ...jsonOf<Hook>(call), id: 1, status: 'active' };
			return { body: this.hook };
		}
		if (resource !== 'products') return undefined;
		const product = this.products.find((one) => one.id === Number(id));
		if (product === undefined) {
			return { status: 404, body: { code: 'woocommerce_rest_product_invalid_id' } };
		}
		if (this.refuses(product.name)) return NOT_ALLOWED;
		return { body: Object.assign(product, jsonOf<Partial<Product>>(call)) };
	};

	/** Adds a product; the shop tells n8n. */
	async add(name: string, photos: readonly string[]): Promise<void> {
		await this.save({ name, images: imagesOf(photos) });
	}

	/** Saves a product as the editor does, also one that is there; the shop tells n8n each time. */
	async save(changes: Partial<Product>): Promise<Product> {
		const { id = this.products.length + 1, name = 'AUTO-DRAFT' } = changes;
		const found = this.products.find((one) => one.id === id);
		const fresh = {
			...{ id, name, status: 'publish', price: '24.90', images: [], meta_data: [] },
			short_description: `<p>The ${name} that everybody wants.</p>\n`,
		};
		const product = Object.assign(found ?? fresh, changes);
		if (found === undefined) this.products.push(product);
		await this.report(product);
		return product;
	}

	/** Tells n8n of a product; shops do it more than once. */
	async report(product: Product): Promise<void> {
		if (this.hook === undefined) throw new Error('n8n has asked for no products');
		const { delivery_url, secret, topic } = this.hook;
		const body = JSON.stringify(product);
		const response = await fetch(delivery_url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-wc-webhook-id': '1',
				'x-wc-webhook-topic': topic,
				'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
			},
			body,
		});
		if (!response.ok) throw new Error(`n8n answered ${response.status} to a product`);
	}
}
