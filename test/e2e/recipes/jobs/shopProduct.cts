import assert from 'node:assert/strict';
import type { SavedWorkflow } from '../../api.cts';
import type { Job, Outcome } from '../job.cts';
import type { Stage } from '../stage.cts';
import type { Mailbox } from '../standIns/mailbox.cts';
import { imagesOf, Shop } from '../standIns/wooCommerce.cts';

interface Market {
	shop: Shop;
	mails: Mailbox['mails'];
	live: SavedWorkflow;
}

async function marketOf(stage: Stage, refuses?: (name: string) => boolean): Promise<Market> {
	const shop = new Shop(refuses);
	stage.serve(shop.service);
	const keys = { consumerKey: 'ck_test', consumerSecret: 'cs_test' };
	await stage.credential('wooCommerceApi', { ...keys, url: stage.url });
	const { mails } = await stage.mailbox();
	return { shop, mails, live: await stage.goLive(stage.workflow()) };
}

function outcomeOf({ shop, mails }: Market): Outcome {
	const films = shop.products.flatMap(({ meta_data }) =>
		meta_data.filter(({ key }) => key === 'promo_video').map(({ value }) => value),
	);
	return { films, failures: mails.map(({ text }) => text) };
}

const photosOf = (stage: Stage, subject: string): string[] => [
	stage.photo({ subject, kind: 'good' }),
];

/** The bad row's photo is a page. */
export const shopProduct: Job = {
	file: 'shop-product-to-promo',
	async run(stage, rows) {
		const market = await marketOf(stage);
		for (const row of rows) await market.shop.add(row.subject, [stage.photo(row)]);
		await stage.ended(market.live, rows.length);
		return outcomeOf(market);
	},
	/** The key may read the products, but change only some of them; the shop reports all of them twice. */
	async deliveryFails(stage) {
		const market = await marketOf(stage, (name) => name === 'mug');
		for (const name of ['mug', 'lamp']) await market.shop.add(name, photosOf(stage, name));
		await stage.ended(market.live, 2);
		for (const product of market.shop.products) await market.shop.report(product);
		await stage.ended(market.live, 4);
		const outcome = outcomeOf(market);
		assert.equal(outcome.films.length, 1);
		const [mail] = market.mails;
		assert.equal(market.mails.length, 1);
		assert.match(mail?.subject ?? '', /not in the shop: mug/);
		const said = /^Product 1: Save the Link: \S.*Session: \d{15,}.*paid for: https?:/s;
		assert.match(mail?.text.split('\r\n\r\n').at(-1) ?? '', said);
		return { ...outcome, credits: 200 };
	},
	stories: {
		'makes one film of a product that was saved as a draft first': async (stage) => {
			const market = await marketOf(stage);
			const { shop, live } = market;
			const { id } = await shop.save({ status: 'draft', price: '' });
			await stage.ended(live, 1);
			const name = 'Salt &amp; pepper mill';
			const about = '<p>Grinds&nbsp;finely &#8211; for &quot;salt&quot;.</p>\n';
			await shop.save({ id, name, short_description: about });
			await stage.ended(live, 2);
			await shop.save({ id, status: 'publish' });
			await stage.ended(live, 3);
			assert.equal(stage.emulator.ledger.prompts.length, 0);
			await shop.save({ id, images: imagesOf(photosOf(stage, 'mill')) });
			await stage.ended(live, 4);
			await shop.save({ id, price: '19.90' });
			await stage.ended(live, 5);
			const [prompt] = stage.emulator.ledger.prompts;
			assert.match(prompt?.text ?? '', /product "Salt & pepper mill" with/);
			assert.match(prompt?.text ?? '', /Show its name\. About .* Grinds finely – for "salt"\./);
			const outcome = outcomeOf(market);
			assert.equal(outcome.films.length, 1);
			assert.deepEqual(outcome.failures, []);
			return { ...outcome, credits: 100 };
		},
	},
};
