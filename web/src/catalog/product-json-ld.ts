import type { Availability, ProductView, VariantView } from "@muse/contracts/catalog";

type JsonLd = { readonly [key: string]: string | number | JsonLd | readonly (string | JsonLd)[] };

/** What search engines are told of a product (schema.org): of several variants, each as a product of one group. */
export function productJsonLd(product: ProductView, shopUrl: string): JsonLd {
  const url = `${shopUrl}/products/${product.productId}`;
  const { title, description, brand, images, categoryLabel, variants } = product;
  const [only] = variants;
  const about: JsonLd = {
    "@context": "https://schema.org",
    name: title,
    url,
    ...(description === "" ? {} : { description }),
    ...(images.length === 0 ? {} : { image: images.map((image) => image.url) }),
    ...(brand === null ? {} : { brand: { "@type": "Brand", name: brand } }),
    ...(categoryLabel === null ? {} : { category: categoryLabel }),
  };
  if (only !== undefined && variants.length === 1) {
    return { ...about, "@type": "Product", sku: only.variantId, offers: offerOf(product, only, url) };
  }
  return {
    ...about,
    "@type": "ProductGroup",
    productGroupID: product.productId,
    variesBy: (["size", "color"] as const)
      .filter((dimension) => new Set(variants.map((variant) => variant[dimension])).size > 1)
      .map((dimension) => `https://schema.org/${dimension}`),
    hasVariant: variants.map((variant) => variantJsonLd(product, variant, url)),
  };
}

/** JSON that can stand in a `<script>`: nothing in it can end the element. */
export function inScript(data: JsonLd): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

function variantJsonLd(product: ProductView, variant: VariantView, url: string): JsonLd {
  const { variantId, size, color, imageUrl } = variant;
  return {
    "@type": "Product",
    name: [product.title, color, size].filter((word) => word !== null).join(", "),
    sku: variantId,
    ...(size === null ? {} : { size }),
    ...(color === null ? {} : { color }),
    ...(imageUrl === null ? {} : { image: imageUrl }),
    offers: offerOf(product, variant, `${url}?variant=${variantId}`),
  };
}

function offerOf(product: ProductView, variant: VariantView, url: string): JsonLd {
  return {
    "@type": "Offer",
    url,
    price: decimal(variant.priceCents, product.currency),
    priceCurrency: product.currency,
    availability: availabilities[variant.availability],
    itemCondition: "https://schema.org/NewCondition",
    seller: { "@type": "Organization", name: "Muse" },
  };
}

const availabilities: Readonly<Record<Availability, string>> = {
  in_stock: "https://schema.org/InStock",
  low_stock: "https://schema.org/LimitedAvailability",
  out_of_stock: "https://schema.org/OutOfStock",
};

/** "24.00", "12000": as schema.org wants an amount, written without arithmetic on fractions. */
function decimal(minor: number, currency: string): string {
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  if (digits === 0) return String(minor);
  const padded = String(minor).padStart(digits + 1, "0");
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
