import type { Json } from "../read-body.ts";

/** The protocol's versions that this store speaks, newest first. */
export const ucpVersions = ["2026-04-08", "2026-01-23"] as const;
export type UcpVersion = (typeof ucpVersions)[number];

/**
 * An extension that a platform published for its partners: `platform_reference` on a checkout, `GET /orders` by it, and
 * `POST /orders/{id}/cancel`. UCP itself has neither a look-up by the platform's number nor the cancelling of an order.
 */
const orderDesk = "example.muse.shopping.order_desk";
const orderDeskVersion = "2026-06-01";

/** The store bills the platform monthly; the "instrument" is the number of that account, so no card is anywhere. */
const partnerAccountHandler = "example.harborandmain.partner_account";
const handlerVersion = "2026-01-15";

/** `/.well-known/ucp`, for one version; only the newest names the others. */
export function profileOf(version: UcpVersion, baseUrl: string): Json {
  const isNewest = version === ucpVersions[0];
  return {
    ucp: {
      version,
      ...(isNewest ? { supported_versions: { "2026-01-23": `${baseUrl}/.well-known/ucp/2026-01-23` } } : {}),
      services: {
        "dev.ucp.shopping": [
          {
            version,
            spec: `https://ucp.dev/${version}/specification/overview`,
            transport: "rest",
            endpoint: `${baseUrl}/ucp/v1`,
            schema: `https://ucp.dev/${version}/services/shopping/rest.openapi.json`,
          },
        ],
      },
      capabilities: {
        "dev.ucp.shopping.checkout": [capability(version, "checkout")],
        "dev.ucp.shopping.fulfillment": [
          { ...capability(version, "fulfillment"), extends: "dev.ucp.shopping.checkout" },
        ],
        "dev.ucp.shopping.order": [capability(version, "order")],
        [orderDesk]: [
          {
            version: orderDeskVersion,
            spec: "https://muse.example/ucp/order-desk",
            schema: "https://muse.example/ucp/order-desk.json",
            extends: ["dev.ucp.shopping.checkout", "dev.ucp.shopping.order"],
          },
        ],
      },
      payment_handlers: {
        [partnerAccountHandler]: [
          {
            id: "partner_account",
            version: handlerVersion,
            spec: "https://harborandmain.example/ucp/partner-account",
            schema: "https://harborandmain.example/ucp/partner-account.json",
            available_instruments: [{ type: "partner_account" }],
            config: { terms: "net_30" },
          },
        ],
      },
    },
    signing_keys: [],
  };
}

/** The `ucp` object of an answer about a checkout. */
export function checkoutEnvelope(version: UcpVersion, status: "success" | "error"): Json {
  return {
    version,
    ...statusOf(version, status),
    capabilities: {
      "dev.ucp.shopping.checkout": [{ version }],
      "dev.ucp.shopping.fulfillment": [{ version }],
      [orderDesk]: [{ version: orderDeskVersion }],
    },
    payment_handlers: {
      [partnerAccountHandler]: [
        {
          id: "partner_account",
          version: handlerVersion,
          available_instruments: [{ type: "partner_account" }],
          config: { terms: "net_30" },
        },
      ],
    },
  };
}

/** The `ucp` object of an answer about orders. */
export function orderEnvelope(version: UcpVersion, status: "success" | "error"): Json {
  return {
    version,
    ...statusOf(version, status),
    capabilities: { "dev.ucp.shopping.order": [{ version }], [orderDesk]: [{ version: orderDeskVersion }] },
  };
}

/** `ucp.status` came with 2026-04-08. */
function statusOf(version: UcpVersion, status: "success" | "error"): Json {
  return version === "2026-01-23" ? {} : { status };
}

function capability(version: UcpVersion, name: string): Json {
  return {
    version,
    spec: `https://ucp.dev/${version}/specification/${name}`,
    schema: `https://ucp.dev/${version}/schemas/shopping/${name}.json`,
  };
}
