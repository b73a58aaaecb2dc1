import type { FastifyInstance } from "fastify";

import { drawProduct } from "./draw.ts";
import { originOf, type Retail } from "./retail.ts";
import type { ShelfChange } from "./shelf.ts";
import { koreanTexts } from "./store-texts.ts";
import { findStore, stores, type Store } from "./stores.ts";
import { sendCached } from "./web/assets.ts";
import { pictureUrls, productUrl } from "./web/structured-data.ts";

type StoreParams = { readonly slug: string };

/** What is not any one store's API: the directory, the feeds, the pictures, and the hands that move the world. */
export function addDirectoryRoutes(app: FastifyInstance, retail: Retail): void {
  app.get("/directory", { config: { part: "retailers", endpoint: "directory" } }, (request) => ({
    stores: stores.map((store) => sheetOf(store, originOf(request))),
  }));
  app.get<{ Params: StoreParams }>(
    "/retailers/:slug/feed.json",
    { config: { part: "retailers", endpoint: "feed" } },
    (request, reply) => {
      const store = findStore(request.params.slug);
      if (store === undefined) return reply.code(404).send({ error: "no such store" });
      return { products: feedOf(retail, store, originOf(request)) };
    },
  );
  app.get<{ Params: { slug: string; file: string }; Querystring: { color?: string; view?: string } }>(
    "/images/:slug/:file",
    (request, reply) => {
      const { slug, file } = request.params;
      const product = file.endsWith(".svg") ? retail.shelf.findProduct(slug, file.slice(0, -4)) : undefined;
      if (product === undefined) return reply.code(404).send({ error: "no such picture" });
      const { color, view } = request.query;
      const picture = drawProduct(product, color, view === "2" ? 2 : view === "3" ? 3 : 1);
      void reply.header("access-control-allow-origin", "*");
      return sendCached(request, reply, "image/svg+xml; charset=utf-8", picture);
    },
  );
  addHands(app, retail);
}

/** Controls for people and tests, as the sandbox's own: no store would offer them, and no fault touches them. */
function addHands(app: FastifyInstance, retail: Retail): void {
  app.get("/retailers/settings", () => retail.orders.clock.read());
  app.put("/retailers/settings", (request, reply) => {
    const settings = retail.orders.clock.change(request.body);
    return typeof settings === "string" ? reply.code(400).send({ error: settings }) : settings;
  });
  app.post<{ Params: { slug: string; number: string } }>(
    "/retailers/:slug/orders/:number/advance",
    async (request, reply) => {
      const { slug, number } = request.params;
      const order = retail.orders.find(slug, number);
      if (order === undefined) return reply.code(404).send({ error: "no such order" });
      const hasMoved = await retail.orders.advance(order);
      return { moved: hasMoved, order: retail.orders.find(slug, number) };
    },
  );
  app.patch<{ Params: { slug: string; sku: string } }>("/retailers/:slug/variants/:sku", (request, reply) => {
    const store = findStore(request.params.slug);
    const change = readShelfChange(request.body);
    if (typeof change === "string") return reply.code(400).send({ error: change });
    if (store === undefined || retail.shelf.look(store.slug, request.params.sku) === undefined) {
      return reply.code(404).send({ error: "no such sku" });
    }
    retail.shelf.change(store.slug, request.params.sku, change);
    return retail.shelf.look(store.slug, request.params.sku);
  });
}

function sheetOf(store: Store, origin: string): Readonly<Record<string, unknown>> {
  const {
    slug,
    name,
    description,
    connector,
    credentials,
    webhookSecret,
    returnPolicy,
    shippingOptions,
    tiers,
    priceMarginBp,
  } = store;
  const baseUrl = `${origin}/retailers/${slug}`;
  return {
    slug,
    name,
    description,
    kind: "retailer",
    currency: "USD",
    homepage: `${baseUrl}/`,
    connector,
    baseUrl,
    credentials,
    webhookSecret,
    feedUrl: `${baseUrl}/feed.json`,
    returnPolicy,
    texts: { ko: koreanTexts[slug] },
    shippingOptions,
    tiers,
    priceMarginBp,
  };
}

function feedOf(retail: Retail, store: Store, origin: string): readonly unknown[] {
  const shop = { retail, store, slug: store.slug, base: `/retailers/${store.slug}` };
  const place = { origin, shop };
  const told = retail.shelf.products(store.slug).filter(({ isInFeed }) => isInFeed);
  return told.map((product) => {
    const [imageUrl, ...moreImageUrls] = pictureUrls(place, product);
    const hasColors = new Set(product.variants.map(({ color }) => color)).size > 1;
    return {
      id: product.id,
      title: product.title,
      description: product.description,
      brand: product.brand,
      category: product.category,
      imageUrl,
      moreImageUrls,
      url: productUrl(place, product),
      variants: product.variants.map((variant) => {
        const { priceCents, listPriceCents, stock } = retail.shelf.look(store.slug, variant.sku) ?? variant;
        const { sku, size, color, heldForMuse } = variant;
        const allocation = heldForMuse === null ? null : Math.min(heldForMuse, stock);
        const ownImageUrl = hasColors ? (pictureUrls(place, product, color)[0] ?? null) : null;
        return { sku, size, color, imageUrl: ownImageUrl, priceCents, listPriceCents, stock, allocation };
      }),
    };
  });
}

function readShelfChange(body: unknown): ShelfChange | string {
  if (typeof body !== "object" || body === null) return "body is { priceCents?, listPriceCents?, stock? }";
  for (const [field, value] of Object.entries(body)) {
    if (!["priceCents", "listPriceCents", "stock"].includes(field)) return `${field} cannot be changed`;
    const isNone = field === "listPriceCents" && value === null;
    if (!isNone && !(Number.isInteger(value) && Number(value) >= 0)) return `${field} is a whole number`;
  }
  return body;
}
