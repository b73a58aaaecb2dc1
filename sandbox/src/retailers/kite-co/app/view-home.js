import { ask, base } from "./api.js";
import { el, priceTag } from "./dom.js";

export async function homeView() {
  document.title = "Kite & Co. | Toys worth handing on";
  const { data } = await ask("GET", "/products");
  const tiles = data.categories.map((name, index) => {
    const first = data.products.find((product) => product.category === name);
    return el(
      "a",
      { class: `tile tile--${index % 5}`, href: `${base}/category/${encodeURIComponent(name)}` },
      name,
      first && el("img", { src: first.picture, alt: "", width: 90, height: 90 }),
    );
  });
  const picks = data.products.filter((product) => product.listPriceCents !== null).slice(0, 8);
  return el(
    "div",
    {},
    el(
      "section",
      { class: "hello" },
      el(
        "div",
        {},
        el("h1", {}, "Go fly something."),
        el("p", {}, "Kites, blocks and bears that are still good when they are handed on."),
        el("a", { class: "btn", href: `${base}/category/Kites` }, "To the kites"),
      ),
      el("img", {
        src: "/images/kite-co/kc-delta.svg?view=3",
        alt: "A delta kite in the sky",
        width: 520,
        height: 520,
      }),
    ),
    el("nav", { class: "tiles", "aria-label": "Shelves" }, ...tiles),
    el("h2", {}, "Little prices"),
    grid(picks),
  );
}

/** A category, or what a search found. */
export async function categoryView({ name }, { q }) {
  const query = name === undefined ? `q=${encodeURIComponent(q ?? "")}` : `category=${encodeURIComponent(name)}`;
  const { data } = await ask("GET", `/products?${query}`);
  const title = name ?? `“${q ?? ""}”`;
  document.title = `${title} | Kite & Co.`;
  const pills = data.categories.map((category) =>
    el(
      "a",
      {
        class: "pill",
        href: `${base}/category/${encodeURIComponent(category)}`,
        "aria-current": category === name ? "page" : null,
      },
      category,
    ),
  );
  return el(
    "div",
    {},
    el("nav", { class: "pills", "aria-label": "Shelves" }, ...pills),
    el("h1", {}, title),
    grid(data.products),
  );
}

function grid(products) {
  if (products.length === 0) return el("p", {}, "Nothing flew in. Try another word?");
  return el(
    "div",
    { class: "toys" },
    ...products.map((product) =>
      el(
        "a",
        { class: "toy", href: `${base}/products/${product.id}` },
        el("img", { src: product.picture, alt: "", width: 300, height: 300, loading: "lazy" }),
        el("strong", {}, product.title),
        product.isThere ? priceTag(product.priceCents, product.listPriceCents) : el("em", {}, "All gone"),
      ),
    ),
  );
}
