import assert from "node:assert/strict";
import { test } from "node:test";
import { readPrice } from "./price.ts";
import { readProductPage, type PageReading } from "./read-product.ts";

const url = "https://shop.example/things/lamp";

function read(html: string, over: { url?: string; currency?: "USD" | "KRW" } = {}): PageReading {
  const isOfStore = (each: string): boolean => URL.parse(each)?.hostname === "shop.example";
  return readProductPage({ html, url, currency: "USD", isOfStore, ...over });
}

function product(html: string, over: { url?: string; currency?: "USD" | "KRW" } = {}) {
  const reading = read(html, over);
  assert.ok(reading.kind === "product", reading.kind);
  return { ...reading.read.product, chosenSku: reading.read.chosenSku };
}

const ld = (data: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(data).replaceAll("</", "<\\/")}</script>`;
const lamp = (over: object = {}, offer: object = {}) => ({
  "@context": "https://schema.org",
  "@type": "Product",
  name: "Lamp",
  sku: "L-1",
  offers: {
    "@type": "Offer",
    price: "24.90",
    priceCurrency: "USD",
    availability: "https://schema.org/InStock",
    ...offer,
  },
  ...over,
});
const pricesOf = (html: string) => product(html).variants.map(({ sku, priceCents }) => [sku, priceCents]);

test("JSON-LD: a product with its offer, pictures made whole, texts without tags", () => {
  const made = product(
    ld(
      lamp({
        name: "Lamp &amp; shade <b>No. 4</b>\u0000",
        description: "<p>Warm</p><p>light</p><script>alert(1)</script>",
        brand: { "@type": "Brand", name: "Lumen" },
        image: ["/a.jpg", { "@type": "ImageObject", url: "https://cdn.example/b.jpg" }, "javascript:alert(1)"],
        category: "Lamps",
      }),
    ),
  );
  assert.equal(made.title, "Lamp & shade No. 4");
  assert.equal(made.description, "Warm light");
  assert.equal(made.brand, "Lumen");
  assert.equal(made.imageUrl, "https://shop.example/a.jpg");
  assert.deepEqual(made.moreImageUrls, ["https://cdn.example/b.jpg"]);
  assert.equal(made.url, url);
  assert.deepEqual(made.variants, [
    {
      sku: "L-1",
      size: null,
      color: null,
      imageUrl: "https://shop.example/a.jpg",
      priceCents: 2490,
      listPriceCents: null,
      stock: 1,
      allocation: null,
    },
  ]);
});

test("JSON-LD: a graph with references, an AggregateOffer with its offers, the page's main entity among others", () => {
  const made = product(
    ld({
      "@context": "https://schema.org",
      "@graph": [
        { "@type": "WebPage", "@id": url, mainEntity: { "@id": "#p" } },
        { "@type": "Product", "@id": "#other", name: "Another", offers: { price: 1, priceCurrency: "USD" } },
        { "@type": ["Thing", "schema:Product"], "@id": "#p", name: "Kite", offers: { "@id": "#o" } },
        {
          "@type": "AggregateOffer",
          "@id": "#o",
          priceCurrency: "USD",
          lowPrice: 10,
          highPrice: 12,
          offers: [
            { "@type": "Offer", price: 10, sku: "K-R", itemOffered: { "@id": "#red" } },
            {
              "@type": "Offer",
              price: 12,
              sku: "K-B",
              availability: "http://schema.org/SoldOut",
              itemOffered: { "@type": "Product", color: "Blue" },
            },
          ],
        },
        { "@type": "Product", "@id": "#red", color: "Red", isVariantOf: { "@id": "#p" } },
      ],
    }),
  );
  assert.equal(made.title, "Kite");
  assert.deepEqual(
    made.variants.map(({ sku, color, priceCents, stock }) => [sku, color, priceCents, stock]),
    [
      ["K-R", "Red", 1000, 1],
      ["K-B", "Blue", 1200, 0],
    ],
  );
});

test("JSON-LD: a ProductGroup's variants with sizes, colours, former prices; the address chooses one", () => {
  const variant = (sku: string, size: string, price: number) => ({
    "@type": "Product",
    sku,
    size: { "@type": "SizeSpecification", name: size },
    additionalProperty: [{ "@type": "PropertyValue", name: "Color", value: "Oak" }],
    offers: {
      "@type": "Offer",
      url: `${url}?v=${sku}`,
      priceCurrency: "USD",
      priceSpecification: [
        { "@type": "UnitPriceSpecification", priceType: "https://schema.org/StrikethroughPrice", price: "99.00" },
        { "@type": "UnitPriceSpecification", price },
      ],
    },
  });
  const group = {
    "@type": "ProductGroup",
    name: "Table",
    hasVariant: [variant("T-S", "Small", 79), variant("T-L", "Large", 89.5)],
  };
  const made = product(ld(group), { url: `${url}?v=T-L` });
  assert.deepEqual(
    made.variants.map(({ sku, size, color, priceCents, listPriceCents }) => [
      sku,
      size,
      color,
      priceCents,
      listPriceCents,
    ]),
    [
      ["T-S", "Small", "Oak", 7900, 9900],
      ["T-L", "Large", "Oak", 8950, 9900],
    ],
  );
  assert.equal(made.chosenSku, "T-L");
});

test("JSON-LD: what is broken is passed over, and a line break inside a text is forgiven", () => {
  const html = `<script type="application/ld+json">{ nonsense</script>
    <script type="application/ld+json"><!-- {"@type":"Product","name":"Two
lines","offers":{"price":"5","priceCurrency":"USD"}} --></script>`;
  assert.equal(product(html).title, "Two lines");
});

test("microdata: nested things, values in attributes and in text", () => {
  const made = product(`<div itemscope itemtype="http://schema.org/Product">
    <h1 itemprop="name">A  <em>Book</em></h1><img itemprop="image" src="/b.png">
    <p itemprop="brand" itemscope itemtype="https://schema.org/Brand"><span itemprop="name">Press</span></p>
    <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
      <meta itemprop="sku" content="B-H"><span itemprop="name">Hardcover</span>
      <span itemprop="price" content="18.00">$18</span><meta itemprop="priceCurrency" content="USD">
      <link itemprop="availability" href="https://schema.org/InStock"></div>
    <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
      <meta itemprop="sku" content="B-P"><span itemprop="name">Paperback</span>
      <span itemprop="price">12.50</span><meta itemprop="priceCurrency" content="USD"></div></div>`);
  assert.equal(made.title, "A Book");
  assert.equal(made.brand, "Press");
  assert.equal(made.imageUrl, "https://shop.example/b.png");
  assert.deepEqual(
    made.variants.map(({ sku, size, priceCents }) => [sku, size, priceCents]),
    [
      ["B-H", "Hardcover", 1800],
      ["B-P", "Paperback", 1250],
    ],
  );
});

test("Open Graph alone: one variant with its price, its old price, and whether it is there", () => {
  const tags = (
    more: string,
  ): string => `<meta property="og:type" content="product"><meta property="og:title" content="Tent">
    <meta property="og:image" content="https://shop.example/t.jpg"><meta property="product:price:currency" content="USD">${more}`;
  const made = product(
    tags(`<meta property="product:price:amount" content="300.00"><meta property="product:sale_price:amount" content="250.00">
      <meta property="product:retailer_item_id" content="FW-T"><meta property="product:availability" content="out of stock">`),
  );
  assert.deepEqual(made.variants, [
    {
      sku: "FW-T",
      size: null,
      color: null,
      imageUrl: "https://shop.example/t.jpg",
      priceCents: 25000,
      listPriceCents: 30000,
      stock: 0,
      allocation: null,
    },
  ]);
  assert.equal(read(tags("")).kind, "no_price");
});

test("a reader that finds no price leaves it to the next one", () => {
  const html = `${ld({ "@type": "Product", name: "Lamp" })}
    <meta property="og:title" content="Lamp"><meta property="og:price:amount" content="7"><meta property="og:price:currency" content="USD">`;
  assert.deepEqual(pricesOf(html), [["page", 700]]);
});

const troubles: readonly (readonly [string, string, string])[] = [
  ["an empty page", "", "not_product"],
  ["an article", ld({ "@type": "Article", name: "On lamps" }), "not_product"],
  ["a product among an article's", ld({ "@type": "Article", mentions: lamp() }), "not_product"],
  ["two products side by side", ld([lamp(), lamp({ name: "Other" })]), "several_products"],
  [
    "a list of products",
    ld({ "@type": "ItemList", itemListElement: [{ item: lamp() }, { item: lamp({ name: "B" }) }] }),
    "several_products",
  ],
  ["no offer", ld(lamp({ offers: undefined })), "no_price"],
  ["a price without a currency", ld(lamp({}, { priceCurrency: undefined })), "no_price"],
  ["a price of nothing", ld(lamp({}, { price: 0 })), "no_price"],
  ["a price below zero", ld(lamp({}, { price: -5 })), "no_price"],
  ["a price to ask for", ld(lamp({}, { price: "on request" })), "no_price"],
  [
    "a range of prices",
    ld(lamp({ offers: { "@type": "AggregateOffer", lowPrice: 5, highPrice: 9, priceCurrency: "USD" } })),
    "no_price",
  ],
  [
    "two sellers of one thing at two prices",
    ld(
      lamp({
        offers: [
          { price: 5, priceCurrency: "USD" },
          { price: 6, priceCurrency: "USD" },
        ],
      }),
    ),
    "no_price",
  ],
  ["euros", ld(lamp({}, { priceCurrency: "EUR" })), "other_currency"],
  ["no name", ld(lamp({ name: "  " })), "not_product"],
];
for (const [what, html, kind] of troubles)
  test(`a page with ${what} is refused as ${kind}`, () => assert.equal(read(html).kind, kind));

test("products that are one group's variants are one product; one that names this page is the one", () => {
  const shirt = (size: string) => lamp({ name: "Shirt", sku: `S-${size}`, size, inProductGroupWithID: "S" });
  assert.equal(product(ld([shirt("M"), shirt("L")])).variants.length, 2);
  assert.equal(product(ld([lamp({ name: "Other" }), lamp({ url })])).title, "Lamp");
});

test("a page is known by its address: what it calls itself counts where it can be believed", () => {
  const link = (href: string): string => `<link rel="canonical" href="${href}">`;
  assert.equal(product(`${link("/things/lamp")}${ld(lamp())}`, { url: `${url}?color=red` }).url, url, "the same path");
  assert.equal(product(`${link("/")}${ld(lamp())}`).url, url, "every page says the front page");
  assert.equal(product(`${link("/other")}${ld(lamp())}`).url, url, "one mark alone");
  assert.equal(
    product(`${link("/p/1")}<meta property="og:url" content="/p/1">${ld(lamp())}`).url,
    "https://shop.example/p/1",
  );
  assert.equal(product(`${link("https://evil.example/things/lamp")}${ld(lamp())}`).url, url, "somebody else's");
});

test("prices are read in one way or not at all", () => {
  const usd = (value: unknown) => readPrice(value, "USD");
  assert.deepEqual(
    [24.9, "24.9", "$1,299.00", "US$ 5", "24.900", 24.900000000000002, "12 USD"].map(usd),
    [2490, 2490, 129900, 500, 2490, 2490, 1200],
  );
  for (const value of [
    "24,90",
    "1.299,00",
    "24.905",
    "1e3",
    "",
    " ",
    "NaN",
    Infinity,
    1e15,
    "9".repeat(13),
    null,
    {},
    [],
    true,
  ])
    assert.equal(usd(value), null, JSON.stringify(value));
  assert.deepEqual(
    ["12,000", 12000, "₩12,000", "12000.00", "12,000원"].map((value) => readPrice(value, "KRW")),
    [12000, 12000, 12000, 12000, 12000],
  );
  assert.equal(readPrice("12000.5", "KRW"), null);
});

test("a hostile page costs what its bytes cost", () => {
  const started = performance.now();
  read("<div itemscope itemprop='a'>".repeat(100_000));
  read("<p itemprop=x>".repeat(200_000));
  read(`<script type="application/ld+json">${"[".repeat(500_000)}</script>`);
  read(ld(lamp({ name: "x".repeat(2_000_000), description: "<".repeat(1_000_000) })));
  const circle = `{"@graph":[{"@type":"Product","@id":"#a","name":"A","isVariantOf":{"@id":"#a"},"offers":{"@id":"#a"},"hasVariant":{"@id":"#a"}}]}`;
  assert.equal(read(`<script type="application/ld+json">${circle}</script>`).kind, "no_price");
  assert.equal(
    read(`<script type="application/ld+json">{"__proto__":{"@type":"Product"},"@type":"constructor"}</script>`).kind,
    "not_product",
  );
  assert.ok(performance.now() - started < 5_000);
});
