import { createHmac } from 'node:crypto';
import { jsonOf, type Service } from './hub.cts';

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

/** A WooCommerce shop as far as n8n's trigger and Update Product go; it signs what it delivers. */
export class Shop {
	readonly products: Product[] = [];
	private hook: Hook | undefined;

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
		return { body: Object.assign(product, jsonOf<Partial<Product>>(call)) };
	};

	/** Adds a product; the shop tells n8n. */
	async add(name: string, photos: readonly string[]): Promise<void> {
		const id = this.products.length + 1;
		const images = photos.map((src, index) => ({ id: index + 1, src, name: `Photo ${index + 1}` }));
		const product = {
			...{ id, name, status: 'publish', price: '24.90', images, meta_data: [] },
			short_description: `<p>The ${name} that everybody wants.</p>\n`,
		};
		this.products.push(product);
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
