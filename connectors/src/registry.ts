import type { BrowserConnector } from "./browser/browser-port.ts";
import { kiteCo } from "./kite-co/recipe.ts";
import { lumenHome } from "./lumen-home/recipe.ts";
import { pinecrest } from "./pinecrest/recipe.ts";
import type { Connector } from "./port.ts";
import { restLookup } from "./rest-lookup/connector.ts";
import { restOauth } from "./rest-oauth/connector.ts";
import { ucp } from "./ucp/connector.ts";

/** Every connector by the name that a store's placement tier gives. A new one is added here and nowhere else. */
export const connectors: Readonly<Record<string, Connector>> = {
  [ucp.name]: ucp,
  [restOauth.name]: restOauth,
  [restLookup.name]: restLookup,
};

export function findConnector(name: string): Connector | undefined {
  return Object.hasOwn(connectors, name) ? connectors[name] : undefined;
}

/** Every web shop's recipe by the name that a store's headless tier gives. A new one is added here and nowhere else. */
export const browserConnectors: Readonly<Record<string, BrowserConnector>> = {
  [lumenHome.name]: lumenHome,
  [kiteCo.name]: kiteCo,
  [pinecrest.name]: pinecrest,
};
