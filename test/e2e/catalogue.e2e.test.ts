import assert from "node:assert/strict";
import { after, test } from "node:test";
import pg from "pg";
import type { Page } from "playwright-core";
import { sharedSystem } from "./global-setup.ts";
import { closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl, apiUrl, databaseUrl } = sharedSystem();

after(closeBrowser);

test("filters are put together in the address, counted, and taken off again; Back goes through them", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await page.goto("/browse");
  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters.getByRole("link", { name: /^Clothing/ }).click();
  await page.getByRole("heading", { level: 1, name: "Clothing" }).waitFor();
  await filters.getByRole("link", { name: /^Harbor Outlet/ }).click();
  await filters.getByRole("link", { name: /^On sale/ }).click();
  await page.waitForURL(/sale=true/);
  assert.deepEqual(
    [...new URL(page.url()).searchParams],
    [
      ["store", "harbor-outlet"],
      ["department", "clothing"],
      ["sale", "true"],
    ],
  );
  const { total } = await products("store=harbor-outlet&department=clothing&onSale=true");
  await totalIs(page, total);
  assert.equal(await tiles(page).count(), Math.min(total, 24));

  await page.getByRole("link", { name: "Remove: On sale" }).click();
  await totalIs(page, (await products("store=harbor-outlet&department=clothing")).total);
  await page.goBack();
  await totalIs(page, total);
  await page.getByRole("link", { name: "Clear all" }).click();
  await totalIs(page, (await products("")).total);
});

test("a price, an order and a page are chosen, and the prices are as asked", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await page.goto("/browse");
  await page.getByLabel("From", { exact: true }).fill("$20");
  await page.getByLabel("To", { exact: true }).fill("60");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("link", { name: "Remove: $20 – $60" }).waitFor();
  const { total } = await products("minPriceCents=2000&maxPriceCents=6000");
  await totalIs(page, total);

  await page.getByLabel("Sort by").selectOption("Lowest price");
  await page.waitForURL(/sort=price_asc/);
  await page.getByRole("link", { name: "Page 2" }).click();
  await page.waitForURL(/page=2/);
  await page.locator('[aria-current="page"]', { hasText: "2" }).waitFor();
  const second = await products("minPriceCents=2000&maxPriceCents=6000&sort=price_asc&limit=24&offset=24");
  assert.deepEqual(
    await tiles(page).getByRole("heading").allTextContents(),
    second.products.map(({ title }) => title),
  );
});

test("filters, prices and pages work before any script has come", async (t) => {
  const { page, context, expect } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  expect(/Failed to load resource/);
  await context.route(/\/_next\/static\/.*\.js/, (route) => route.abort());
  await page.goto("/browse");
  await page.getByRole("link", { name: "Filters" }).click();
  await page.getByRole("link", { name: /^Books & Stationery/ }).click();
  await page.getByRole("heading", { level: 1, name: "Books & Stationery" }).waitFor();
  await page.getByRole("link", { name: "Filters (1)" }).click();
  await page.getByLabel("To", { exact: true }).fill("20");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(/max=20/);
  await totalIs(page, (await products("department=books&maxPriceCents=2000")).total);
  await page.goto("/browse");
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/page=2/);
});

test("on a telephone a sheet holds the filters, and stays while they are chosen", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  await page.goto("/browse");
  await page.getByRole("button", { name: "Filters" }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByRole("link", { name: /^Kite & Co\./ }).click();
  const { total } = await products("store=kite-co");
  await sheet.getByRole("button", { name: `Show ${total} products` }).click();
  await sheet.waitFor({ state: "hidden" });
  await totalIs(page, total);
  await page.getByRole("button", { name: "Filters (1)" }).waitFor();
});

test("a slip of the finger is read as what was meant, and said; what is nowhere leads on", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const { correctedQuery } = await products("query=jaket");
  assert.equal(correctedQuery, "jacket");
  await page.goto("/");
  await page.getByRole("searchbox").fill("jaket");
  await page.keyboard.press("Enter");
  await page.getByText("Nothing is sold as “jaket”. Here is what there is for jacket.").waitFor();

  await page.goto("/browse?q=xqzzt&sale=true");
  await page.getByRole("heading", { name: "Nothing for “xqzzt”" }).waitFor();
  await page.getByRole("link", { name: "Take all filters off" }).click();
  await page.waitForURL((url) => url.search === "?q=xqzzt");
  await page.getByRole("link", { name: "Show everything" }).click();
  await totalIs(page, (await products("")).total);
});

test("a product asks for what is not chosen, takes the choice by keyboard, keeps it in the address, and goes into the cart", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const product = await chosenProduct("Cotton Gabardine Trench");
  await page.goto(`/products/${product.productId}`);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByText("Choose a colour first.").waitFor();
  await page.locator('input[name="color"]:focus').waitFor({ state: "attached" });
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  const [color, size] = [product.colors[1], product.sizes[0]];
  await page.getByRole("radio", { name: color, exact: true, checked: true }).waitFor();

  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByText("Choose a size first.").waitFor();
  await page.locator('input[name="size"]:focus').waitFor({ state: "attached" });
  await page.keyboard.press("Space");
  await page.waitForURL(/variant=var_/);
  await page.reload();
  await page.getByRole("radio", { name: color, exact: true, checked: true }).waitFor();
  await page.getByRole("radio", { name: size, exact: true, checked: true }).waitFor();

  await page.getByRole("button", { name: "One more" }).click();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByText("Cotton Gabardine Trench is in your cart.").waitFor();
  await page.getByRole("link", { name: "Cart, 2 items" }).waitFor();
});

test("a product says when it would arrive where one is, and the cart knows the ZIP code too", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const { productId, variantId } = await chosenProduct("Camp Lantern");
  await page.goto(`/products/${productId}?variant=${variantId}`);
  const delivery = page.getByRole("region", { name: "Delivery" });
  await delivery
    .getByText(/^Arrives \w{3}, \w{3} \d+/)
    .first()
    .waitFor();
  await delivery.getByText("more from Fernwood Outdoor and delivery is free").waitFor();

  await delivery.getByLabel("ZIP code").fill("1000");
  await delivery.getByRole("button", { name: "Check" }).click();
  await delivery.getByText("A ZIP code has 5 digits").waitFor();
  await delivery.getByLabel("ZIP code").fill("10001");
  await page.keyboard.press("Enter");
  await delivery.getByText("For New York, NY.").waitFor();
  await page.getByRole("button", { name: "One more" }).click();
  await delivery.getByText("more from Fernwood Outdoor and delivery is free").waitFor({ state: "hidden" });
  await delivery.getByText("Free", { exact: true }).waitFor();

  await page.reload();
  await delivery.getByText("For New York, NY.").waitFor();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("button", { name: "View cart" }).click();
  await page.getByText("Estimated total").waitFor();
  assert.equal(await page.getByLabel("ZIP code").inputValue(), "10001");
});

test("a product is told to be sold out where it is, and shows the picture of its colour", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const { productId, colors, sizes, imageUrl } = await chosenProduct("Cairn Mid Hiking Boots");
  const [color, otherColor] = [colors[0], colors[1]];
  const [size] = sizes;
  const ownPicture = imageUrl.replace(/[^/]+$/, "fw-lantern.svg");
  await onShelf(t, { productId, color: otherColor, size, isInStock: false, imageUrl: ownPicture });
  await page.goto(`/products/${productId}`);
  await page.getByRole("radio", { name: otherColor, exact: true }).check();
  await page.locator(`main img[src*="fw-lantern"]`).first().waitFor();
  await page.getByRole("radio", { name: `${size} , Sold out` }).check();
  assert.ok(await page.getByRole("button", { name: "Sold out" }).isDisabled());
  await page.getByRole("radio", { name: new RegExp(`^${color}`) }).check();
  assert.ok(await page.getByRole("button", { name: "Add to cart" }).isEnabled());
});

test("a product tells search engines what it is, with the price that is shown", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const { productId, title } = await chosenProduct("Camp Lantern");
  await page.goto(`/products/${productId}`);
  const told = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
  assert.equal(told["@type"], "Product");
  assert.equal(told.name, title);
  await page.locator("main").getByText(`$${told.offers.price}`).first().waitFor();
  assert.equal(
    await page.locator('link[rel="canonical"]').getAttribute("href"),
    new URL(`/products/${productId}`, webUrl).href,
  );
  assert.match((await page.locator('meta[property="og:image"]').first().getAttribute("content")) ?? "", /\.svg$/);
});

test("a store's page tells its terms, who places its orders, and sells nothing else", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  await page.goto("/stores/kite-co?store=fernwood");
  await page.getByText("Orders with Kite & Co. are placed by hand, within 4 hours.").waitFor();
  await page.getByText("free from $60.00").waitFor();
  await totalIs(page, (await products("store=kite-co")).total);
  await page.goto("/stores/harbor-main");
  await page.getByRole("heading", { level: 1, name: "Harbor & Main" }).waitFor();
  assert.equal(await page.getByText("placed by hand").count(), 0);
});

test("what is not there is said, with a way on, and is not to be listed", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/404/);
  for (const path of ["/products/prd_nothing", "/products/%20", "/stores/nobody"]) {
    assert.equal((await page.goto(path))?.status(), 404);
    await page.getByRole("heading", { level: 1, name: /is not here$/ }).waitFor();
    await page.getByRole("link", { name: "Look through everything" }).waitFor();
    await page.locator('meta[name="robots"][content*="noindex"]').first().waitFor({ state: "attached" });
  }
});

test("everything that has a page is in the sitemap, and what is one person's is for no robot", async () => {
  const robots = await (await fetch(new URL("/robots.txt", webUrl))).text();
  assert.match(robots, /^Disallow: \/checkout$/m);
  const sitemap = await (await fetch(/^Sitemap: (\S+)$/m.exec(robots)?.[1] ?? "")).text();
  const { total } = await products("");
  assert.equal(sitemap.match(/\/products\//g)?.length, total);
  for (const path of ["/stores/kite-co", "/help/returns", "/browse"])
    assert.ok(sitemap.includes(`${path}</loc>`), path);
});

type Listed = {
  readonly products: readonly { readonly productId: string; readonly title: string }[];
  readonly total: number;
  readonly correctedQuery: string | null;
};

async function products(query: string): Promise<Listed> {
  return await read<Listed>(`/api/v1/catalog/products?${query}`);
}

type Variant = {
  readonly variantId: string;
  readonly color: string | null;
  readonly size: string | null;
};

/** A product by its title, with what there is to choose in the order in which it is shown. */
async function chosenProduct(title: string) {
  const found = (await products(`query=${encodeURIComponent(title)}`)).products.find((each) => each.title === title);
  assert.ok(found !== undefined, title);
  const { variants, imageUrl } = await read<{ variants: readonly Variant[]; imageUrl: string }>(
    `/api/v1/catalog/products/${found.productId}`,
  );
  const [first] = variants;
  assert.ok(first !== undefined);
  return {
    ...found,
    imageUrl,
    variantId: first.variantId,
    colors: [...new Set(variants.map(({ color }) => color ?? ""))] as [string, string, ...string[]],
    sizes: [...new Set(variants.map(({ size }) => size ?? ""))] as [string, ...string[]],
  };
}

async function read<Data>(path: string): Promise<Data> {
  const answer = (await (await fetch(new URL(path, apiUrl))).json()) as { data: Data };
  return answer.data;
}

type Shelf = {
  readonly productId: string;
  readonly color: string;
  readonly size: string;
  readonly isInStock: boolean;
  readonly imageUrl: string;
};

/** What a store's next feed would say of a colour, until the test ends: its picture, and that a size has run out. */
async function onShelf(t: { after: (undo: () => Promise<void>) => void }, shelf: Shelf): Promise<void> {
  const write = async (text: string, values: readonly unknown[]): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query(text, [...values]);
    } finally {
      await client.end();
    }
  };
  const { productId, color, size, isInStock, imageUrl } = shelf;
  t.after(() =>
    write("update catalog.variant set image_url = null, is_in_stock = true where product_id = $1", [productId]),
  );
  await write(
    "update catalog.variant set image_url = $3, is_in_stock = (size <> $4 or $5) where product_id = $1 and color = $2",
    [productId, color, imageUrl, size, isInStock],
  );
}

function tiles(page: Page) {
  return page.getByRole("region", { name: "Products" }).getByRole("article");
}

/** The count is announced, so it is waited for as a listener would hear it. */
async function totalIs(page: Page, total: number): Promise<void> {
  const said = total === 1 ? "1 product" : `${total} products`;
  await page
    .getByRole("status")
    .filter({ hasText: new RegExp(`^${said}$`) })
    .waitFor();
}
