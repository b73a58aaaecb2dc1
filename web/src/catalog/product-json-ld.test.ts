import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProductView, VariantView } from "@muse/contracts/catalog";
import { inScript, productJsonLd } from "./product-json-ld.ts";

const variant: VariantView = {
  variantId: "var_1",
  size: null,
  color: null,
  priceCents: 2_405,
  priceDisplay: "$24.05",
  originalPriceCents: null,
  originalPriceDisplay: null,
  imageUrl: null,
  availability: "in_stock",
  availableQuantity: null,
};

const product: ProductView = {
  productId: "prd_1",
  storeId: "kite-co",
  storeName: "Kite & Co.",
  returnPolicy: "60 days.",
  kind: "physical",
  title: "Box Kite",
  description: "Flies.",
  brand: "Kite & Co.",
  category: "Kites",
  categoryLabel: "Kites",
  department: "toys",
  imageUrl: null,
  images: [],
  productUrl: null,
  currency: "USD",
  editionLimit: null,
  updatedAt: "2026-11-21T00:00:00Z",
  variants: [variant],
};

test("a product of one variant is told with its price", () => {
  assert.deepEqual(productJsonLd(product, "https://muse.example"), {
    "@context": "https://schema.org",
    "@type": "Product",
    name: "Box Kite",
    url: "https://muse.example/products/prd_1",
    description: "Flies.",
    brand: { "@type": "Brand", name: "Kite & Co." },
    category: "Kites",
    sku: "var_1",
    offers: {
      "@type": "Offer",
      url: "https://muse.example/products/prd_1",
      price: "24.05",
      priceCurrency: "USD",
      availability: "https://schema.org/InStock",
      itemCondition: "https://schema.org/NewCondition",
      seller: { "@type": "Organization", name: "Muse" },
    },
  });
});

test("of several variants each has its own price, state and address", () => {
  const variants = [
    { ...variant, variantId: "a", color: "Red", priceCents: 5 },
    { ...variant, variantId: "b", color: "Blue", availability: "out_of_stock" as const },
  ];
  const told = JSON.stringify(productJsonLd({ ...product, variants }, "https://muse.example"));
  for (const words of [
    `"variesBy":["https://schema.org/color"]`,
    `"price":"0.05"`,
    `https://muse.example/products/prd_1?variant=b`,
    `https://schema.org/OutOfStock`,
  ]) {
    assert.ok(told.includes(words), words);
  }
});

test("won have no decimals, and nothing ends the script", () => {
  const told = productJsonLd({ ...product, currency: "KRW", title: "</script><b>" }, "https://muse.example");
  assert.ok(JSON.stringify(told).includes(`"price":"2405"`));
  assert.ok(!inScript(told).includes("</script>"));
});
