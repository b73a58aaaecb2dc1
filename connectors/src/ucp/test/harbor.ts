import type { Subject } from "../../conformance.ts";
import { ucp } from "../connector.ts";

/** The sandbox's UCP store, as the suite must know it. It speaks every version; `basePath` makes it speak one alone. */
export const harbor: Subject = {
  connector: ucp,
  slug: "harbor-main",
  sku: "HM-COAT-M",
  totalMinor: 18900,
  shippingOptionId: "standard",
  submitEndpoint: "checkout_sessions.complete",
  earlierEndpoints: ["ucp.profile", "checkout_sessions.create", "checkout_sessions.update"],
  lookUpEndpoint: "orders.search",
};
