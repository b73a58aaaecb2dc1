import { testBrowserConnector } from "../browser/conformance.ts";
import { kiteCo } from "./recipe.ts";

testBrowserConnector({
  connector: kiteCo,
  slug: "kite-co",
  line: { sku: "KC-POCKET-TEA", size: null, color: "Teal", productPath: "/products/kc-pocket", priceMinor: 1_900 },
  totalMinor: 1_900 + 395 + 95,
  shippingOptionId: "standard",
  steps: ["product.view", "cart.view", "checkout.view", "checkout.review"],
  changing: ["product.view", "cart.view", "checkout.view", "checkout.review"],
  queueAt: "checkout.view",
  forgetsAt: "checkout.review",
  keepsReference: false,
  refusesAddress: { kind: "state", state: "PR" },
  lookUpEndpoint: "orders.list",
});
