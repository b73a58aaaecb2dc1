import { ask, base, isSignedOut } from "./api.js";
import { startCovers } from "./covers.js";
import { el } from "./dom.js";
import { go, route, startRouter } from "./router.js";
import { toast } from "./toast.js";
import { addressesView } from "./view-addresses.js";
import { cartView } from "./view-cart.js";
import { checkoutView } from "./view-checkout.js";
import { categoryView, homeView } from "./view-home.js";
import { orderView, ordersView, placedView } from "./view-orders.js";
import { productView } from "./view-product.js";
import { reviewView } from "./view-review.js";
import { signInView } from "./view-sign-in.js";

route("/", homeView);
route("/category/:name", categoryView);
route("/search", categoryView);
route("/products/:id", productView);
route("/cart", cartView);
route("/sign-in", signInView);
route("/checkout", checkoutView);
route("/checkout/review", reviewView);
route("/placed/:number", placedView);
route("/orders", ordersView);
route("/orders/:number", orderView);
route("/addresses", addressesView);

/** Only the last view that was asked for is drawn. */
let turn = 0;
const main = el("main", { id: "main", tabindex: "-1" });
const tools = el("div", { class: "top__tools" });
document
  .querySelector("#app")
  .replaceChildren(
    header(),
    main,
    el(
      "footer",
      { class: "foot" },
      el("p", {}, "Kite & Co. Toys that are still good when they are handed on."),
      el("p", {}, "60 days to send things back. Phone the shop: 555-0142."),
    ),
  );
startCovers();
startRouter(show);

async function show({ view, parts, query }) {
  const mine = (turn += 1);
  main.replaceChildren(el("p", { class: "wait", role: "status" }, "Just a gust…"));
  void drawTools();
  try {
    const drawn = view === null ? notFound() : await view(parts, query);
    if (mine !== turn || drawn === undefined) return;
    main.replaceChildren(drawn);
  } catch (cause) {
    if (mine === turn) main.replaceChildren(trouble(cause));
  }
}

/** The wagon's number and who is signed in: drawn anew with every view, and when a view says that it changed. */
async function drawTools() {
  const { data } = await ask("GET", "/session").catch(() => ({ data: { name: null, units: 0 } }));
  const signOut = async () => {
    await ask("POST", "/sign-out");
    toast("Bye! Come back on a windy day.");
    go("/");
  };
  tools.replaceChildren(
    data.name === null
      ? el("a", { href: `${base}/sign-in` }, "Sign in")
      : el("a", { href: `${base}/orders` }, "My orders"),
    ...(data.name === null ? [] : [el("button", { class: "plain", onclick: signOut }, "Sign out")]),
    el(
      "a",
      { class: "wagon", href: `${base}/cart` },
      "Wagon ",
      el("span", { class: "wagon__n" }, String(data.units ?? 0)),
    ),
  );
}
addEventListener("kite:cart", () => void drawTools());

function header() {
  const find = (event) => {
    event.preventDefault();
    go(`/search?q=${encodeURIComponent(event.target.elements.q.value)}`);
  };
  return el(
    "header",
    { class: "top" },
    el(
      "a",
      { class: "logo", href: `${base}/` },
      el("img", { src: `${base}/app/kite.svg`, alt: "", width: 44, height: 44 }),
      el("span", {}, "Kite & Co."),
    ),
    el(
      "form",
      { class: "find", role: "search", onsubmit: find },
      el("input", { name: "q", type: "search", "aria-label": "Search toys", placeholder: "Search toys" }),
    ),
    tools,
  );
}

function trouble(cause) {
  if (isSignedOut(cause)) {
    toast(cause.message, cause.code === "sign_in" ? "info" : "bad");
    const next = location.pathname.slice(base.length);
    queueMicrotask(() => go(`/sign-in?next=${encodeURIComponent(next)}`, { replace: true }));
    return el("p", { class: "wait" }, cause.message);
  }
  return el(
    "section",
    { class: "oops", role: "alert" },
    el("h1", {}, "The string snapped"),
    el("p", {}, cause instanceof Error ? cause.message : "Something broke."),
    el("button", { class: "btn", onclick: () => location.reload() }, "Try again"),
  );
}

function notFound() {
  return el(
    "section",
    { class: "oops" },
    el("h1", {}, "It blew away"),
    el("p", {}, "There is nothing at this address."),
  );
}
