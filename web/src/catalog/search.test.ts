import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, nothingAsked, readSearch, searchHref, searchQuery, toggled } from "./search.ts";

test("an address says everything, and is written again as it was read", () => {
  const address =
    "q=wool+scarf&store=harbor-main&store=kite-co&department=clothing&category=Hats&sale=true&min=20&max=99.5";
  const search = readSearch(paramsOf(`${address}&sort=price_asc&page=3`));
  assert.equal(searchHref("/browse", search), `/browse?${address}&sort=price_asc&page=3`);
  assert.deepEqual(searchQuery(search), {
    query: "wool scarf",
    store: ["harbor-main", "kite-co"],
    category: ["Hats"],
    department: "clothing",
    onSale: "true",
    minPriceCents: 2_000,
    maxPriceCents: 9_950,
    sort: "price_asc",
    facets: "true",
    limit: 24,
    offset: 48,
  });
});

test("what cannot be meant is passed over", () => {
  const odd = "q=+&store=%2F..%2F&department=toString&category=&sale=yes&min=-1&max=cheap&sort=random&page=0";
  assert.deepEqual(readSearch(paramsOf(odd)), nothingAsked);
  assert.equal(readSearch({ page: "999999999" }).page, 1);
  assert.equal(readSearch({ page: "99999" }).page, 1_000);
  assert.deepEqual(readSearch({ store: ["a", "a", "b"] }).stores, ["a", "b"]);
  const { min, max } = readSearch({ min: "$1,200", max: "15" });
  assert.deepEqual({ min, max }, { min: 15, max: 1_200 });
  assert.equal(searchHref("/stores/kite-co", nothingAsked), "/stores/kite-co");
});

test("any change begins at the first page, but turning the page", () => {
  const search = { ...nothingAsked, page: 4 };
  assert.equal(changed(search, { isOnSale: true }).page, 1);
  assert.equal(changed(search, { page: 5 }).page, 5);
  assert.deepEqual(toggled(toggled([], "a"), "b"), ["a", "b"]);
  assert.deepEqual(toggled(["a", "b"], "a"), ["b"]);
});

/** As Next gives them to a page. */
function paramsOf(query: string): Record<string, string | string[]> {
  const params = new URLSearchParams(query);
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}
