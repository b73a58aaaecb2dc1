import type { Json } from "../read-body.ts";

/** The protocol's versions that this store speaks, newest first. */
export const ucpVersions = ["2026-04-08", "2026-01-23", "2026-01-11"] as const;
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

const capabilityNames = ["checkout", "fulfillment", "order"] as const;

/**
 * `/.well-known/ucp`, for one version. The newest names the others where it is asked to; the first one was before there
 * were maps: it lists, and payment stands beside `ucp`.
 */
export function profileOf(version: UcpVersion, baseUrl: string, namesOthers: boolean): Json {
  if (version === "2026-01-11") return firstProfile(baseUrl);
  const others = ucpVersions.slice(1).map((older) => [older, `${baseUrl}/.well-known/ucp/${older}`]);
  return {
    ucp: {
      version,
      ...(namesOthers && version === ucpVersions[0] ? { supported_versions: Object.fromEntries(others) } : {}),
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
        ...Object.fromEntries(capabilityNames.map((name) => [`dev.ucp.shopping.${name}`, [capability(version, name)]])),
        [orderDesk]: [orderDeskCapability(version)],
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

function firstProfile(baseUrl: string): Json {
  const version = "2026-01-11";
  return {
    ucp: {
      version,
      services: {
        "dev.ucp.shopping": {
          version,
          spec: "https://ucp.dev/specification/overview",
          rest: { schema: "https://ucp.dev/services/shopping/rest.openapi.json", endpoint: `${baseUrl}/ucp/v1` },
        },
      },
      capabilities: [
        ...capabilityNames.map((name) => ({ name: `dev.ucp.shopping.${name}`, ...capability(version, name) })),
        { name: orderDesk, ...orderDeskCapability(version) },
      ],
    },
    payment: { handlers: [firstHandler] },
    signing_keys: [],
  };
}

/** An extension of two came with 2026-04-08; before, it was of one. */
function orderDeskCapability(version: UcpVersion): Json {
  const checkout = "dev.ucp.shopping.checkout";
  return {
    version: orderDeskVersion,
    spec: "https://muse.example/ucp/order-desk",
    schema: "https://muse.example/ucp/order-desk.json",
    extends: version === "2026-04-08" ? [checkout, "dev.ucp.shopping.order"] : checkout,
  };
}

const firstHandler = {
  id: "partner_account",
  name: partnerAccountHandler,
  version: handlerVersion,
  spec: "https://harborandmain.example/ucp/partner-account",
  config_schema: "https://harborandmain.example/ucp/partner-account-config.json",
  instrument_schemas: ["https://harborandmain.example/ucp/partner-account.json"],
  config: { terms: "net_30" },
} as const;

/** The `ucp` object of an answer about a checkout. */
export function checkoutEnvelope(version: UcpVersion, status: "success" | "error"): Json {
  if (version === "2026-01-11") return firstEnvelope(["checkout", "fulfillment"]);
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
  if (version === "2026-01-11") return firstEnvelope(["order"]);
  return {
    version,
    ...statusOf(version, status),
    capabilities: { "dev.ucp.shopping.order": [{ version }], [orderDesk]: [{ version: orderDeskVersion }] },
  };
}

/** What a checkout says of payment: in the first version beside `ucp`, later inside it. */
export function checkoutPayment(version: UcpVersion): Json {
  return version === "2026-01-11" ? { payment: { handlers: [firstHandler], instruments: [] } } : {};
}

function firstEnvelope(names: readonly string[]): Json {
  const version = "2026-01-11";
  const capabilities = names.map((name) => ({ name: `dev.ucp.shopping.${name}`, version }));
  return { version, capabilities: [...capabilities, { name: orderDesk, version: orderDeskVersion }] };
}

/** `ucp.status` came with 2026-04-08. */
function statusOf(version: UcpVersion, status: "success" | "error"): Json {
  return version === "2026-04-08" ? { status } : {};
}

function capability(version: UcpVersion, name: string): Json {
  return {
    ...(name === "fulfillment" ? { extends: "dev.ucp.shopping.checkout" } : {}),
    version,
    spec: `https://ucp.dev/${version}/specification/${name}`,
    schema: `https://ucp.dev/${version}/schemas/shopping/${name}.json`,
  };
}
