import { testBrowserConnector } from "../browser/conformance.ts";
import { lumenHome } from "./recipe.ts";

testBrowserConnector({
  connector: lumenHome,
  slug: "lumen-home",
  line: { sku: "LH-DESK-SAG", size: null, color: "Sage", productPath: "/products/lh-desk", priceMinor: 11_900 },
  totalMinor: 11_900 + 995,
  shippingOptionId: "standard",
  steps: ["product.view", "cart.view", "checkout.address", "checkout.shipping", "checkout.payment", "checkout.review"],
  changing: ["product.view", "checkout.address", "checkout.payment", "checkout.review"],
  queueAt: "checkout.address",
  forgetsAt: "checkout.review",
  keepsReference: true,
  refusesAddress: { kind: "fault" },
  lookUpEndpoint: "orders.lookup",
});
