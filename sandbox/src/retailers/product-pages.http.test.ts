import assert from "node:assert/strict";
import { after, test } from "node:test";

import { openShops } from "./web/test/open-shops.ts";

const shops = await openShops();
after(() => shops.close());

type Sheet = {
  readonly slug: string;
  readonly feedUrl: string;
  readonly texts: { readonly ko: { readonly description: string } };
};
const directory = (await (await fetch(`${shops.url}/directory`)).json()) as { stores: Sheet[] };
type Fed = {
  readonly id: string;
  readonly url: string;
  readonly moreImageUrls: readonly string[];
  readonly variants: readonly { readonly color: string | null; readonly imageUrl: string | null }[];
};

/** What each store tells machines on its product pages: each reader of them has one that it alone can read. */
const speaks: Readonly<Record<string, readonly string[]>> = {
  "harbor-main": ["json-ld"],
  "harbor-outlet": ["json-ld"],
  fernwood: ["open-graph"],
  "lumen-home": ["json-ld"],
  "kite-co": ["json-ld", "open-graph"],
  pinecrest: ["microdata"],
};

for (const { slug, feedUrl, texts } of directory.stores) {
  test(`${slug}: every address of its feed is a page that tells of its product`, async () => {
    const { products } = (await (await fetch(feedUrl)).json()) as { products: readonly Fed[] };
    for (const { url, id } of products) {
      const response = await fetch(url);
      assert.equal(response.status, 200, url);
      const page = await response.text();
      const told = [
        ...(/"@type":"(Product|ProductGroup)"/.test(page) ? ["json-ld"] : []),
        ...(page.includes('itemtype="https://schema.org/Product"') ? ["microdata"] : []),
        ...(page.includes('property="product:price:amount"') ? ["open-graph"] : []),
      ];
      assert.deepEqual(told, speaks[slug], id);
    }
    const missing = await fetch(feedUrl.replace("feed.json", "products/nothing"));
    assert.equal(missing.status, 404);
  });

  test(`${slug}: its feed has a picture for each colour and more of each thing, its sheet is in Korean too`, async () => {
    const { products } = (await (await fetch(feedUrl)).json()) as { products: readonly Fed[] };
    for (const { moreImageUrls, variants } of products) {
      assert.equal(new Set(moreImageUrls).size, 2);
      const colors = new Set(variants.map(({ color }) => color));
      const pictures = new Set(variants.map(({ imageUrl }) => imageUrl));
      assert.equal(pictures.size, colors.size);
      for (const { imageUrl } of variants) assert.equal(imageUrl === null, colors.size === 1);
    }
    assert.match(texts.ko.description, /[가-힣]/);
  });

  test(`${slug}: something is shown in its own shop only`, async () => {
    const { products } = (await (await fetch(feedUrl)).json()) as { products: readonly Fed[] };
    const own = { "harbor-main": "hm-signet", "harbor-outlet": "ho-sample", fernwood: "fw-repair" }[slug];
    const web = { "lumen-home": "lh-atelier", "kite-co": "kc-maker", pinecrest: "pb-local" }[slug];
    const id = own ?? web ?? "";
    assert.ok(!products.some((product) => product.id === id), id);
    const page = await fetch(feedUrl.replace("feed.json", `products/${id}`));
    assert.equal(page.status, 200, id);
  });
}
