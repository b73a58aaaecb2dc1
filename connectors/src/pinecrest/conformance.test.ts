import { testBrowserConnector } from "../browser/conformance.ts";
import { pinecrest } from "./recipe.ts";

testBrowserConnector({
  connector: pinecrest,
  slug: "pinecrest",
  line: { sku: "PB-TIDE", size: null, color: null, productPath: "/products/pb-tide", priceMinor: 1_899 },
  totalMinor: 1_899 + 299 + 50,
  shippingOptionId: "standard",
  steps: ["product.view", "cart.view", "checkout.view", "checkout.review"],
  changing: ["product.view", "cart.view", "checkout.view", "checkout.review"],
  queueAt: "checkout.view",
  forgetsAt: "checkout.review",
  keepsReference: true,
  refusesAddress: { kind: "fault" },
  lookUpEndpoint: "orders.lookup",
});
