import { failpoint } from "@muse/connectors/failpoint";
import type { Address, PlaceLine, PlaceOutcome, PlaceRequest } from "@muse/connectors/port";
import { assert, must } from "#kernel/assert.ts";
import type { Bell } from "#platform/db/bell.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import type { Log } from "#platform/log/log.ts";
import type { PlacementsClaimRow } from "./placement.sql.gen.ts";
import { lookUpAfterS } from "./rules.ts";
import { openShop, placeInShop, type ShopDeps } from "./call-shop.ts";
import {
  deadlineAfter,
  openStore,
  orLate,
  withinDeadline,
  type Deadline,
  type Moment,
  type OpenedStore,
} from "./store-call.ts";
import { tellSession, writeOutcome, type AttemptOutcome, type OutcomeDeps } from "./write-outcome.ts";

export type PlaceDeps = ShopDeps &
  OutcomeDeps & {
    /** For stores that want an address to write to and a shopper who gave none: our own. */
    readonly contactEmailFallback: string;
    /** Wakes whoever waits for the checkout. */
    readonly bell: Bell;
  };

/**
 * A connector that does not keep its deadline is given up this much later; the database's own deadline is later
 * still.
 */
const lateMs = 1_000;

/**
 * Submits one claimed order to its store, once, and records what came of it. The attempt was committed by the claim; no
 * transaction is open during the call; an answer that does not come is `unknown`, never a failure (O3).
 *
 * @param claimedAt taken before the claim was sent, so that our deadline ends before the database's
 */
export async function placeOrder(deps: PlaceDeps, claim: PlacementsClaimRow, claimedAt: Moment): Promise<void> {
  const { attemptId, orderNumber, storeId, method } = claim;
  const log = deps.log.with({ attemptId, orderNumber, storeId, tier: method });
  const outcome = await callStore(deps, claim, claimedAt, log);
  if (method === "headless") failpoint("browser.after_confirmation");
  const written = await writeOutcome(deps, attemptId, outcome);
  tellSession(deps.bell, claim.sessionId, written);
  const ms = Math.round(performance.now() - claimedAt.monotonicMs);
  log.info("placement", {
    outcome: written?.outcome ?? "unwritten",
    state: outcome.status,
    reason: outcome.reason,
    ms,
  });
}

async function callStore(
  deps: PlaceDeps,
  claim: PlacementsClaimRow,
  claimedAt: Moment,
  log: Log,
): Promise<AttemptOutcome> {
  const opened = claim.method === "headless" ? openShop(deps, claim) : openStore(deps, claim);
  if (opened.kind !== "opened") {
    log.error("placement.cannot_call", { reason: opened.kind });
    return unavailable(opened.kind);
  }
  let request: PlaceRequest;
  try {
    request = requestOf(claim, deps.contactEmailFallback);
  } catch (error) {
    // Nothing was sent, and trying again would not mend it.
    log.error("placement.not_orderable", {}, error);
    return unavailable("not_orderable");
  }
  const deadline = deadlineAfter(claimedAt, claim.timeoutMs, deps.clock);
  if (deadline.leftMs() <= 0)
    return { ...unavailable("overloaded"), detail: "the attempt's time was over before it began" };

  assertNoTransaction("connector");
  const outcome =
    "shop" in opened
      ? await placeInShop({ ...deps, log }, opened, { attemptId: claim.attemptId, request, deadline })
      : await placeByApi({ ...deps, log }, opened, { request, deadline });
  const { canLookUp } = "shop" in opened ? opened.shop : opened.connector;
  return recorded(outcome, { canLookUp, totalMinorMax: request.totalMinorMax }, log);
}

type Placing = { readonly request: PlaceRequest; readonly deadline: Deadline };

async function placeByApi(
  deps: PlaceDeps,
  { connector, access }: Extract<OpenedStore, { kind: "opened" }>,
  { request, deadline }: Placing,
): Promise<PlaceOutcome> {
  try {
    const placing = connector.place(withinDeadline(deps.http, deadline), access, request);
    return await orLate(placing, deadline.leftMs() + lateMs, {
      kind: "unknown",
      detail: "the connector did not come back",
    });
  } catch (error) {
    // A bug in the connector tells nothing about what it had sent by then.
    deps.log.error("placement.connector_failed", { reason: connector.name }, error);
    return { kind: "unknown", detail: "the connector failed" };
  }
}

function recorded(
  outcome: PlaceOutcome,
  { canLookUp, totalMinorMax }: { canLookUp: boolean; totalMinorMax: number },
  log: Log,
): AttemptOutcome {
  switch (outcome.kind) {
    case "placed":
      if (outcome.totalMinor !== null && outcome.totalMinor > totalMinorMax) {
        log.warn("placement.above_guard", { amountMinor: outcome.totalMinor });
      }
      return {
        ...nothing,
        status: "placed",
        storeOrderNumber: outcome.storeOrderNumber,
        storeTotalMinor: outcome.totalMinor,
      };
    case "refused":
      return { ...nothing, status: "refused", reason: outcome.reason, detail: outcome.detail };
    case "unavailable":
      return { ...unavailable(outcome.reason), detail: outcome.detail, retryAfterMs: outcome.retryAfterMs };
    case "unknown": {
      const lookUpAfterSeconds = canLookUp ? lookUpAfterS(0) : null;
      return { ...nothing, status: "unknown", reason: "no_answer", detail: outcome.detail, lookUpAfterSeconds };
    }
  }
}

const nothing = {
  reason: null,
  detail: null,
  storeOrderNumber: null,
  storeTotalMinor: null,
  retryAfterMs: null,
  lookUpAfterSeconds: null,
} as const;

function unavailable(reason: string): AttemptOutcome {
  return { ...nothing, status: "unavailable", reason };
}

/** What claim_1 puts into its `request` column. */
type ClaimedRequest = {
  readonly currency: string;
  readonly shippingOptionId: string | null;
  readonly shipTo: Address | null;
  readonly contactEmail: string | null;
  readonly totalMinorMax: number;
  readonly lines: readonly PlaceLine[];
};

function requestOf({ orderNumber, request }: PlacementsClaimRow, contactEmailFallback: string): PlaceRequest {
  const { shippingOptionId, shipTo, contactEmail, ...rest } = request as ClaimedRequest;
  assert(Number.isSafeInteger(rest.totalMinorMax), "requestOf: the price guard is a whole amount");
  return {
    ...rest,
    reference: orderNumber,
    shippingOptionId: must(shippingOptionId, "requestOf: a paid parcel has its delivery chosen"),
    shipTo: must(shipTo, "requestOf: a paid parcel has its address"),
    contactEmail: contactEmail ?? contactEmailFallback,
  };
}
