import { ask, base, isSignedOut } from "./api.js";
import { dollars, el } from "./dom.js";
import { go } from "./router.js";
import { toast } from "./toast.js";
import { addressText } from "./view-addresses.js";

/** All of it once more, and the button that buys. */
export async function reviewView() {
  document.title = "Last look | Kite & Co.";
  const answer = await ask("GET", "/checkout/review").catch((cause) => {
    if (cause.code !== "stale") throw cause;
    go("/checkout", { replace: true });
  });
  if (answer === undefined) return undefined;
  const { data, layout } = answer;
  const soldOut = data.lines.find((line) => !line.isThere || line.sku === data.soldOut);
  const said = el(
    "p",
    { class: "wrong", role: "alert" },
    soldOut === undefined ? "" : `${soldOut.title} has just sold out.`,
  );
  const button = el(
    "button",
    { class: "btn btn--big btn--go", type: "button", disabled: soldOut !== undefined },
    layout === "b" ? "Let it fly" : "Buy now",
  );
  button.onclick = () => void buy(data, button, said);
  const sums = [
    ["Toys", data.subtotalCents],
    [`Delivery, ${data.delivery}`, data.shippingCents],
    ["Tax", data.taxCents],
  ];
  const rows = sums.map(([name, cents]) => el("div", {}, el("dt", {}, name), el("dd", {}, dollars(cents))));
  return el(
    "div",
    { class: "last-look" },
    el("h1", {}, layout === "b" ? "Ready for take-off?" : "Last look"),
    layout === "b" ? button : null,
    el(
      "ul",
      { class: "lines" },
      ...data.lines.map((line) =>
        el(
          "li",
          { class: "line", "data-sku": line.sku },
          el("img", { src: line.picture, alt: "", width: 72, height: 72 }),
          el("div", {}, line.title, el("small", {}, `${line.variant} ${line.quantity} × ${dollars(line.priceCents)}`)),
          el("b", {}, dollars(line.lineCents)),
        ),
      ),
    ),
    el(
      "section",
      { class: "panel" },
      el("p", {}, el("b", {}, "To "), addressText(data.shipTo)),
      el("p", {}, el("b", {}, "By "), `${data.delivery}, ${data.arrives}`),
      el("p", {}, el("b", {}, "Paid with "), data.payment),
      el("a", { href: `${base}/checkout` }, "Change something"),
    ),
    el(
      "dl",
      { class: "sums" },
      ...rows,
      el(
        "div",
        { class: "sums__total" },
        el("dt", {}, "Total"),
        el("dd", { "data-total": data.totalCents }, dollars(data.totalCents)),
      ),
    ),
    said,
    layout === "b" ? null : button,
  );
}

async function buy(data, button, said) {
  button.disabled = true;
  button.textContent = "Sending your order…";
  try {
    const { data: placed } = await ask("POST", "/orders", { key: data.key, totalCents: data.totalCents });
    dispatchEvent(new Event("kite:cart"));
    go(`/placed/${placed.number}`, { replace: true });
  } catch (cause) {
    if (cause.status === 0 || cause.status >= 500) {
      // The order may be made or not: pressing again is not for the page to offer.
      said.replaceChildren(
        "We did not hear back. Your order may have gone through: please look at ",
        el("a", { href: `${base}/orders` }, "your orders"),
        " before you try again.",
      );
      return;
    }
    toast(cause.message, "bad");
    if (isSignedOut(cause)) go("/sign-in?next=/checkout/review");
    else go("/checkout/review", { replace: true });
  }
}
