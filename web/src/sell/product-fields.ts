import type { SellerProduct, SellerProductBody } from "@muse/contracts/seller";

export type ProductValues = Readonly<
  Record<"title" | "description" | "category" | "currency" | "price" | "edition", string>
>;

/** A product as its form begins with it; null: a new one. */
export function valuesOf(product: SellerProduct | null): ProductValues {
  if (product === null) return { title: "", description: "", category: "", currency: "USD", price: "", edition: "" };
  const { title, description, category, currency, priceCents, editionLimit } = product;
  return {
    title,
    description,
    category: category ?? "",
    currency,
    price: currency === "USD" ? (priceCents / 100).toFixed(2) : String(priceCents),
    edition: editionLimit === null ? "" : String(editionLimit),
  };
}

/** What is sent; null where the price or the edition cannot be read. */
export function bodyOf(values: ProductValues): SellerProductBody | null {
  const priceCents = centsOf(values.price, values.currency);
  const editionLimit = editionOf(values.edition);
  if (priceCents === null || editionLimit === undefined) return null;
  const category = values.category.trim();
  return {
    title: values.title.trim(),
    description: values.description.trim(),
    category: category === "" ? null : category,
    currency: values.currency === "KRW" ? "KRW" : "USD",
    priceCents,
    editionLimit,
  };
}

/** An amount as people write it, in minor units, read by its digits and not as a fraction; null: it is none. */
export function centsOf(text: string, currency: string): number | null {
  const [, whole = "", fraction = ""] = /^\s*(\d{1,8})(?:\.(\d{1,2}))?\s*$/.exec(text.replaceAll(",", "")) ?? [];
  if (whole === "" || (currency === "KRW" && fraction !== "")) return null;
  return currency === "KRW" ? Number(whole) : Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
}

/** Null: no limit; undefined: it is no number of copies. */
export function editionOf(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  return /^\s*[1-9]\d{0,6}\s*$/.test(text) && Number(text) <= 1_000_000 ? Number(text) : undefined;
}
