import type Stripe from "stripe";
import { systemClock } from "#kernel/clock.ts";
import type { Config } from "#platform/config/config.ts";
import type { Bell } from "#platform/db/bell.ts";
import type { Pool } from "#platform/db/pool.ts";
import { createHttpServer } from "#platform/http/server.ts";
import type { Fastify } from "#platform/http/server-type.ts";
import type { Log } from "#platform/log/log.ts";
import type { ReadWebPage } from "#platform/outbound/web-page.ts";
import { httpMetrics } from "#platform/metrics/http-metrics.ts";
import type { Registry } from "prom-client";
import { accessOf, accessRoutes, adoptHoldings, linkSigner, scannerOf } from "#rooms/access";
import { openAccountRoom, type AccountRoom } from "#rooms/account";
import { addressesAdopt, addressRoutes } from "#rooms/address";
import { cartRoutes, mergeCarts } from "#rooms/cart";
import { catalogRoutes, openProductPages } from "#rooms/catalog";
import { adoptSessions, checkoutRoutes, configRoute, marketplaceRoutes, type SessionWatch } from "#rooms/checkout";
import { notifyRoutes, putSignInLink } from "#rooms/notify";
import { openDeskWatch, opsRoutes, recordAudit, type DeskWatch } from "#rooms/ops";
import { adoptOrders, orderRoutes } from "#rooms/order";
import {
  byCurrency,
  paymentsAdopt,
  stripeProvider,
  refundAccountRoutes,
  tossOrderFind,
  tossProvider,
  type TossClient,
} from "#rooms/payment";
import { placementRoutes } from "#rooms/placement";
import { quoteRoutes } from "#rooms/quote";
import { webhookSecretOf, type MasterKey } from "#rooms/store";
import { shipmentRoutes, trackParcel } from "#rooms/shipment";
import { sellerRoutes } from "#rooms/seller";
import { isSignedByStore, webhookRoutes } from "#rooms/webhook";
import { openFiles } from "./open-files.ts";
import { eraseFromRooms, gatherFromRooms } from "./privacy.ts";

export type AppDeps = {
  readonly config: Config;
  readonly pool: Pool;
  readonly log: Log;
  readonly registry: Registry;
  readonly stripe: Stripe;
  readonly toss: TossClient;
  readonly masterKey: MasterKey;
  readonly watch: SessionWatch;
  readonly bell: Bell;
  /** How pages of stores are read; left out where nothing outside is. */
  readonly readWebPage?: ReadWebPage;
};

export type App = { readonly fastify: Fastify; readonly account: AccountRoom; readonly desk: DeskWatch };

/**
 * The whole API as a value: `main.ts` listens on it, tests inject into it. It alone knows every room that has
 * routes.
 */
export function buildApp(deps: AppDeps): App {
  const { config, pool, log, registry, stripe, toss, masterKey, watch, bell, readWebPage } = deps;
  const trustedOrigins = ownOrigins(config);
  const account = openAccounts(deps, trustedOrigins);
  const http = createHttpServer({
    db: pool,
    accounts: account.accounts,
    log,
    metrics: httpMetrics(registry),
    reference: { version: "0.1.0", serverUrl: "/" },
    isProxyTrusted: config.isProxyTrusted,
    hasHttps: config.appUrl.startsWith("https://"),
    trustedOrigins: [new URL(config.appUrl).origin, ...trustedOrigins],
    rateLimitFactor: config.rateLimitFactor,
  });
  const secretOf = (db: Pool, storeId: string) => webhookSecretOf(db, masterKey, storeId);

  const pages = readWebPage === undefined ? null : openProductPages(readWebPage);
  account.routes(http);
  addressRoutes(http);
  catalogRoutes(http);
  quoteRoutes(http);
  cartRoutes(http, pages);
  configRoute(http, config.providers);
  const placing = {
    db: pool,
    bell,
    provider: byCurrency({ stripe: stripeProvider(stripe), toss: tossProvider(toss) }),
    watch,
    returnUrlBase: `${config.appUrl}/checkout/placing/`,
  };
  checkoutRoutes(http, placing, pages);
  marketplaceRoutes(http, placing);
  orderRoutes(http, { accessOf });
  refundAccountRoutes(http, { masterKey, audit: recordAudit });
  const files = openFiles(config.files);
  accessRoutes(http, { files, signer: linkSigner(config.authSecret) });
  placementRoutes(http, {
    audit: recordAudit,
    track: trackParcel,
    evidenceFolder: config.browsing.evidenceFolder,
  });
  shipmentRoutes(http, {
    audit: recordAudit,
    isSignedBy: async (db, storeId, raw, header) => {
      const secret = await secretOf(db, storeId);
      return secret !== null && isSignedByStore(raw, header, secret, systemClock.now());
    },
  });
  const { scanner, scratchFolder } = config.files;
  const scan = scanner === null ? null : scannerOf(scanner);
  sellerRoutes(http, { files, scan, scratchFolder, clock: systemClock, audit: recordAudit });
  webhookRoutes(http, {
    stripe,
    stripeWebhookSecret: config.providers.stripe.webhookSecret,
    tossOrderOf: async (db, orderId) => await tossOrderFind(db, { orderId }),
    webhookSecretOf: secretOf,
    clock: systemClock,
  });
  notifyRoutes(http, { enterVisitor: account.enterVisitor });
  const desk = openDeskWatch();
  opsRoutes(http, { masterKey, desk });
  return { fastify: http.fastify, account, desk };
}

/** What happens in other rooms when an account is merged, erased or taken along. */
function openAccounts({ config, pool, log }: AppDeps, trustedOrigins: readonly string[]): AccountRoom {
  return openAccountRoom({
    audit: recordAudit,
    pool,
    secret: config.authSecret,
    appUrl: config.appUrl,
    trustedOrigins,
    isTwoFactorRequired: config.isTwoFactorRequired,
    onAccountMerged: async (open, merge) => {
      // In the order in which everybody locks.
      await addressesAdopt(open, merge);
      await adoptSessions(open, merge);
      await adoptOrders(open, merge);
      await paymentsAdopt(open, merge);
      await adoptHoldings(open, merge);
      await mergeCarts(open, merge);
    },
    onSignInLink: async (wish) => await putSignInLink(pool, wish),
    onAccountErased: eraseFromRooms,
    onAccountExported: gatherFromRooms,
    log,
  });
}

/** The API's own pages, and the shop by the names this machine has for itself. */
function ownOrigins({ apiPort, port }: Config): string[] {
  return [apiPort, port].flatMap((each) => [`http://localhost:${each}`, `http://127.0.0.1:${each}`]);
}
