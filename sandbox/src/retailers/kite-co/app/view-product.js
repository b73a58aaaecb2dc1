import { ask, base } from "./api.js";
import { el, priceTag, skeleton } from "./dom.js";
import { go } from "./router.js";
import { toast } from "./toast.js";

/** The product: its frame at once, its price and chips when they have come. */
export async function productView({ id }, { sku }) {
  const buy = el("div", { class: "buy" }, skeleton(5));
  const pictures = el(
    "div",
    { class: "toy-pictures" },
    el("img", { src: `/images/kite-co/${id}.svg`, alt: "", width: 560, height: 560 }),
  );
  void fill(id, sku, pictures, buy);
  return el("article", { class: "toy-page" }, pictures, buy);
}

async function fill(id, sku, pictures, buy) {
  try {
    const { data, layout } = await ask("GET", `/products/${id}`);
    document.title = `${data.title} | Kite & Co.`;
    drawPictures(pictures, data, data.pictures);
    drawBuy(buy, pictures, data, { layout, sku });
  } catch (cause) {
    buy.replaceChildren(el("p", { role: "alert" }, cause.message));
  }
}

function drawPictures(pictures, data, urls) {
  pictures.replaceChildren(
    ...urls.map((url, index) => el("img", { src: url, alt: index === 0 ? data.title : "", width: 560, height: 560 })),
  );
}

function drawBuy(buy, pictures, data, { layout, sku }) {
  const colors = [...new Set(data.variants.map((variant) => variant.color))].filter((color) => color !== null);
  let chosen = data.variants.length === 1 ? data.variants[0] : data.variants.find((variant) => variant.sku === sku);
  const wanted = { quantity: 1 };
  const priceBox = el("p", { class: "toy-price" });
  const chips = el("div", { class: "chips", role: "group", "aria-label": layout === "b" ? "Which one?" : "Color" });
  const add = el("button", { class: "btn btn--big", type: "button", onclick: () => void addToWagon() });

  const draw = () => {
    const shown = chosen ?? data.variants[0];
    priceBox.replaceChildren(priceTag(shown.priceCents, shown.listPriceCents));
    chips.replaceChildren(
      ...colors.map((color) => {
        const variant = data.variants.find((one) => one.color === color);
        const pick = () => {
          chosen = variant;
          pictures.querySelector("img").src = variant.picture;
          draw();
        };
        return el(
          "button",
          {
            class: "chip",
            type: "button",
            "aria-pressed": chosen === variant ? "true" : "false",
            disabled: !variant.isThere,
            onclick: pick,
          },
          color,
        );
      }),
    );
    const isThere = chosen === undefined ? data.variants.some((variant) => variant.isThere) : chosen.isThere;
    add.textContent = isThere ? (layout === "b" ? "I want this one" : "Add to wagon") : "All gone";
    add.disabled = !isThere;
  };
  const addToWagon = async () => {
    if (chosen === undefined) {
      toast("Which color? Pick one first.", "bad");
      return;
    }
    try {
      await ask("PUT", `/cart/${encodeURIComponent(chosen.sku)}`, { quantity: wanted.quantity, add: "yes" });
      dispatchEvent(new Event("kite:cart"));
      toast(`${data.title} is in your wagon.`);
      after.replaceChildren(el("a", { class: "btn btn--line", href: `${base}/cart` }, "Look in the wagon"));
    } catch (cause) {
      toast(cause.message, "bad");
      if (cause.code === "sold_out") go(`/products/${data.id}`, { replace: true });
    }
  };
  const after = el("div", { class: "after" });
  const parts = [colors.length > 1 ? chips : null, counterOf(wanted), add].filter((part) => part !== null);
  draw();
  buy.replaceChildren(
    el("p", { class: "brand" }, data.brand),
    el("h1", {}, data.title),
    priceBox,
    el("p", {}, data.description),
    ...(layout === "b" ? parts.toReversed() : parts),
    after,
    el("p", { class: "quiet" }, "Sent within a day. 60 days to send it back."),
  );
}

/** How many: `wanted.quantity` follows it. */
function counterOf(wanted) {
  const count = el("output", { class: "count", "aria-label": "Quantity" }, "1");
  const step = (by) => () => {
    wanted.quantity = Math.min(20, Math.max(1, wanted.quantity + by));
    count.textContent = String(wanted.quantity);
  };
  return el(
    "div",
    { class: "counter" },
    el("button", { type: "button", "aria-label": "One less", onclick: step(-1) }, "−"),
    count,
    el("button", { type: "button", "aria-label": "One more", onclick: step(1) }, "+"),
  );
}
