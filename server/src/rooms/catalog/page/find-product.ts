import { isOfType, isThing, thingsOf, valuesOf, wordOf, type Thing } from "./thing.ts";

export type Found =
  /** `variants`: products that the page lists beside each other and that are one product's. */
  | { readonly kind: "product"; readonly product: Thing; readonly variants: readonly Thing[] }
  | { readonly kind: "none" | "several" };

/**
 * The one product that a page is about, among the outermost things that it describes. What hangs below others (what
 * goes with it, what others bought) is not looked at; a page that lists products has several.
 */
export function findProduct(things: readonly Thing[], isThisPage: (url: string) => boolean): Found {
  const main = things
    .flatMap((thing) => [
      ...thingsOf(thing, "mainEntity"),
      ...(isOfType(thing, "ItemPage") ? thingsOf(thing, "about") : []),
    ])
    .find(isProduct);
  if (main !== undefined) return one(main);

  const all = [...new Set(things.filter(isProduct))];
  const groups = all.filter((thing) => isOfType(thing, "ProductGroup"));
  const [group] = groups;
  if (group !== undefined && groups.length === 1) return one(group);
  const [first] = all;
  if (first === undefined) return { kind: things.some(listsProducts) ? "several" : "none" };
  if (all.length === 1) return one(first);

  const here = all.filter((thing) =>
    [wordOf(thing, "url"), wordOf(thing, "@id")].some((url) => url !== null && isThisPage(url)),
  );
  const [only] = here;
  if (only !== undefined && here.length === 1) return one(only);
  const key = groupOf(first);
  return key !== null && all.every((thing) => groupOf(thing) === key)
    ? { kind: "product", product: first, variants: all }
    : { kind: "several" };
}

function one(product: Thing): Found {
  return { kind: "product", product, variants: thingsOf(product, "hasVariant") };
}

function isProduct(thing: Thing): boolean {
  return isOfType(thing, "Product", "ProductGroup", "IndividualProduct", "ProductModel");
}

/** What says that products are one: the group they name, else their name. */
function groupOf(thing: Thing): string | null {
  const [parent] = thingsOf(thing, "isVariantOf");
  return (
    wordOf(thing, "inProductGroupWithID") ??
    (parent === undefined ? null : wordOf(parent, "productGroupID", "@id", "name")) ??
    wordOf(thing, "name")
  );
}

function listsProducts(thing: Thing): boolean {
  const lists = [thing, ...thingsOf(thing, "mainEntity")];
  return lists
    .flatMap((list) => valuesOf(list, "itemListElement").filter(isThing))
    .some((entry) => isProduct(entry) || thingsOf(entry, "item").some(isProduct));
}
