import type { Connector, Http } from "@muse/connectors/port";
import type Stripe from "stripe";
import { must } from "#kernel/assert.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Config } from "#platform/config/config.ts";
import type { Bell } from "#platform/db/bell.ts";
import type { Listener } from "#platform/db/listen.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Job } from "#platform/jobs/job.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import { deleteOldKeys } from "#platform/http/idempotency.ts";
import { accessSweeps } from "#rooms/access";
import { deleteExpired } from "#rooms/account";
import { catalogSweeps } from "#rooms/catalog";
import { checkoutJobs, checkoutSweeps, reconcileIntent, reconcileTossOrder } from "#rooms/checkout";
import { linksOf, notifySweeps, openTransport, sandboxSmtpUrl, type MailMetrics } from "#rooms/notify";
import {
  noteProviderRefund,
  noticingRefunds,
  refundJobs,
  refundSweeps,
  settleRefund,
  type RefundJobDeps,
} from "#rooms/order";
import { reconcileJobs, reconcileSweeps } from "#rooms/ledger";
import { recordAudit } from "#rooms/ops";
import {
  answerSweeps,
  byCurrency,
  disputeSweeps,
  noteDispute,
  openRefundAccount,
  openStripe,
  paymentFind,
  readStripeDispute,
  readStripeRefund,
  refundIsKnown,
  readTossCancels,
  stripeBooks,
  stripeDisputeDesk,
  stripeDisputes,
  stripeProvider,
  tossBooks,
  tossOrderFind,
  tossProvider,
  type PaymentProvider,
  type TossClient,
} from "#rooms/payment";
import {
  cancelOrder,
  createPlacer,
  placementJobs,
  placementSweeps,
  type Browsing,
  type Placer,
} from "#rooms/placement";
import { applyStoreEvent, isStoreEventType, shipmentSweeps } from "#rooms/shipment";
import { storeSweeps, type MasterKey } from "#rooms/store";
import { stripeEffects, tossEffects, webhookJobs, webhookSweeps, type StoredEvent } from "#rooms/webhook";

import { openFiles } from "./open-files.ts";
import { privacySweeps } from "./privacy.ts";

export type WorkerDeps = {
  readonly config: Config;
  readonly pool: Pool;
  readonly log: Log;
  readonly bell: Bell;
  readonly listener: Listener;
  readonly connectors: Readonly<Record<string, Connector>>;
  /** Null: this worker orders from no web shop. */
  readonly browsing: Browsing | null;
  readonly http: Http;
  readonly toss: TossClient;
  readonly masterKey: MasterKey;
  readonly clock: Clock;
  readonly workerId: string;
  readonly mailMetrics: MailMetrics;
};

export type Worker = {
  readonly jobs: readonly Job[];
  readonly sweeps: readonly Sweep[];
  readonly placer: Placer;
  /** Hangs up on the mail server, once no sweep runs any more. */
  readonly close: () => void;
};

/** API placements at once in one worker: they wait for stores, and each holds little. */
const placementsMax = 64;

/**
 * All background work as a value: `run-worker.ts` runs it, tests call into it. It alone knows every room that has
 * any.
 */
export function buildWorker(deps: WorkerDeps): Worker {
  const { config, pool: db, bell, log } = deps;
  const stripe = openStripe(config.providers.stripe);
  const provider = byCurrency({ stripe: stripeProvider(stripe), toss: tossProvider(deps.toss) });
  const paying = { db, bell, log, provider, cancelOrder, returnUrlBase: `${config.appUrl}/checkout/placing/` };
  const placing = { ...deps, db, contactEmailFallback: config.ordersEmail };
  const noting = notingOf(deps, stripe);
  const reconciling = { db, log, books: noting.books };
  const refunding = refundingOf(deps, provider);
  const events = {
    db,
    log,
    effects: {
      stripe: stripeEffects({
        reconcileIntent: async (named) => await reconcileIntent(paying, named),
        isRefundKnown: async (refundId) => (await refundIsKnown(db, { refundId })).isKnown,
        settleRefund: async (refundId, outcome) => void (await settleRefund(db, { refundId, ...outcome })),
        noteRefund: noting.ofStripe,
        noteDispute: async (disputeId) => await noteDispute(db, "stripe", await readStripeDispute(stripe, disputeId)),
      }),
      toss: tossEffects({
        orderOf: async (orderId) => await tossOrderFind(db, { orderId }),
        reconcileOrder: async (sessionId) => await reconcileTossOrder(paying, sessionId),
        noteRefunds: async (sessionId) => {
          const payment = await paymentFind(db, { paymentId: null, providerRef: null, sessionId });
          const paymentKey = payment?.providerRef ?? null;
          return paymentKey === null ? [] : await noting.ofToss(paymentKey);
        },
      }),
      store: async (event: StoredEvent) => await storeEffect(deps, event),
    },
  };
  const methods = deps.browsing === null ? (["api"] as const) : (["api", "headless"] as const);
  const transport = openTransport(async () => await smtpUrlOf(deps));
  const mailing = {
    db,
    log,
    transport,
    from: config.mail.from,
    links: linksOf(config.appUrl),
    metrics: deps.mailMetrics,
  };
  return {
    jobs: [
      ...checkoutJobs(paying),
      ...refundJobs(refunding),
      ...placementJobs(placing),
      ...webhookJobs(events),
      ...reconcileJobs(reconciling),
    ],
    sweeps: [
      ...checkoutSweeps(paying),
      ...refundSweeps(refunding),
      ...disputeSweeps({ db, log, ...stripeDisputes(stripe) }),
      ...answerSweeps({ db, log, desk: stripeDisputeDesk(stripe) }),
      ...reconcileSweeps(reconciling),
      ...storeSweeps(db),
      ...placementSweeps({ ...placing, methods }),
      ...shipmentSweeps({ db, log, http: deps.http, carrierUrls: carrierUrlsOf(config) }),
      ...accessSweeps(db, openFiles(config.files)),
      ...webhookSweeps(events),
      ...notifySweeps(mailing),
      ...housekeeping(db),
      ...privacySweeps(db),
    ],
    placer: placerOf(placing),
    close: transport.close,
  };
}

/** What somebody gave back at a provider past Muse is recorded: when its event comes, or when its books are read. */
function notingOf({ pool: db, log, toss }: WorkerDeps, stripe: Stripe) {
  const noting = { db, log, audit: recordAudit, cancelOrder };
  const ofStripe = async (refundRef: string): Promise<string> => {
    const refund = await readStripeRefund(stripe, refundRef);
    return refund === null ? "not_ours" : await noteProviderRefund(noting, refund);
  };
  const ofToss = async (paymentKey: string): Promise<readonly string[]> => {
    const noted: string[] = [];
    for (const refund of await readTossCancels(toss, paymentKey)) noted.push(await noteProviderRefund(noting, refund));
    return noted;
  };
  const books = [
    noticingRefunds(stripeBooks(stripe), { db, log, note: async ({ refundRef }) => await ofStripe(refundRef) }),
    noticingRefunds(tossBooks(toss, db), { db, log, note: async ({ paymentRef }) => await ofToss(paymentRef) }),
  ];
  return { ofStripe, ofToss, books };
}

/** Refunds go to whose payment it was; an account that was named for one is opened for the call that sends it. */
function refundingOf({ pool: db, log, masterKey }: WorkerDeps, provider: PaymentProvider): RefundJobDeps {
  return {
    db,
    log,
    issueRefund: async (_provider, refund) => await provider.refund(refund),
    openAccount: (refundId, sealed) => {
      const opened = openRefundAccount(masterKey, refundId, sealed);
      return opened.kind === "opened" ? opened.account : null;
    },
  };
}

/** Two queues in one: orders that wait for a browser keep none from an API. */
function placerOf(placing: Omit<Parameters<typeof createPlacer>[0], "concurrencyMax" | "methods">): Placer {
  const { browsing } = placing;
  const byApi = createPlacer({ ...placing, concurrencyMax: placementsMax, methods: ["api"] });
  if (browsing === null) return byApi;
  const { browsersMax, free } = browsing;
  const byBrowser = createPlacer({ ...placing, concurrencyMax: browsersMax, methods: ["headless"], free });
  return {
    run: async (signal) => {
      await Promise.all([byApi.run(signal), byBrowser.run(signal)]);
    },
  };
}

/** An order is written before its store hears of it, so one unknown after so many tries (over hours) is not ours. */
const strangerAfterTries = 12;

/** A store's event by its kind; one of a kind that means nothing here is kept and needs nothing. */
async function storeEffect(
  { pool: db, log }: WorkerDeps,
  { type, storeId, payload, tries }: StoredEvent,
): Promise<string | null> {
  if (storeId === null || !isStoreEventType(type)) return "ignored";
  const outcome = await applyStoreEvent(
    { db, log },
    { storeId, type, data: (payload as { readonly data?: unknown }).data },
  );
  return outcome ?? (tries > strangerAfterTries ? "not_ours" : null);
}

/** Without a mail server of one's own the sandbox's takes what we write; live mode demands one. */
async function smtpUrlOf({ config: { mail, providers }, http }: WorkerDeps): Promise<string> {
  return (
    mail.smtpUrl ?? (await sandboxSmtpUrl(http, must(providers.sandboxUrl, "without SMTP_URL there is a sandbox")))
  );
}

/** The sandbox's carriers. Real ones are asked once somebody has an account with them: their URLs go here. */
function carrierUrlsOf({ providers }: Config): Readonly<Record<string, string>> {
  if (providers.sandboxUrl === null) return {};
  return {
    swiftpost: `${providers.sandboxUrl}/carriers/swiftpost`,
    bluecrate: `${providers.sandboxUrl}/carriers/bluecrate`,
  };
}

/** What nobody needs any more: answers kept for their keys' day, ended sessions, words of goods that are gone. */
function housekeeping(db: Pool): Sweep[] {
  const everyMs = 3_600_000;
  return [
    { name: "http.delete_old_keys", everyMs, run: () => deleteOldKeys(db) },
    { name: "account.delete_expired", everyMs, run: () => deleteExpired(db) },
    ...catalogSweeps(db),
  ];
}
