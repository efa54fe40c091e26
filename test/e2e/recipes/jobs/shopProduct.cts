import type { Job } from '../job.cts';
import { Shop } from '../standIns/wooCommerce.cts';

/** A product without photos is the bad one: there is nothing to show. */
export const shopProduct: Job = {
	file: 'shop-product-to-promo',
	async run(stage, rows) {
		const shop = new Shop();
		stage.serve(shop.service);
		const keys = { consumerKey: 'ck_test', consumerSecret: 'cs_test' };
		await stage.credential('wooCommerceApi', { ...keys, url: stage.url });
		const { mails } = await stage.mailbox();
		const live = await stage.goLive(stage.workflow());
		for (const row of rows) {
			await shop.add(row.subject, row.kind === 'bad' ? [] : [stage.photo(row)]);
		}
		await stage.ended(live, rows.length);
		const films = shop.products.flatMap(({ meta_data }) =>
			meta_data.filter(({ key }) => key === 'promo_video').map(({ value }) => value),
		);
		return { films, failures: mails.map(({ text }) => text) };
	},
};
