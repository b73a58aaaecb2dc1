import type { CancelOutcome } from "@muse/connectors/port";
import { must } from "#kernel/assert.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import { cancelEnd, cancelTake, type CancelTakeRow } from "./placement.sql.gen.ts";
import { cancelAgainAfterS } from "./rules.ts";
import { cancelInShop, openShop, type ShopDeps } from "./call-shop.ts";
import { deadlineAfter, momentOf, openStore, orLate, withinDeadline } from "./store-call.ts";

export type CancelDeps = ShopDeps;

/**
 * A job that dies while it asks is not waited for longer, six times as long in a browser; cancelling twice does no harm
 * (the port says so).
 */
const leaseS = 60;
const timeoutDefaultMs = 10_000;

/**
 * Asks the store to take an order back, in the usual three beats. Yes: the order is cancelled and refunded. No: it
 * goes on, and the shopper is told. No answer: again later, then a person. @returns what followed
 */
export async function cancelAtStore(deps: CancelDeps, orderNumber: string): Promise<string> {
  const taken = await cancelTake(deps.db, { orderNumber, leaseSeconds: leaseS });
  if (taken.outcome !== "due") return taken.outcome;

  const answer = await askStore(deps, orderNumber, taken);
  const againAfterS =
    answer.kind === "unavailable"
      ? cancelAgainAfterS(must(taken.tries, "cancelTake: what is due counts its tries"))
      : null;
  const { outcome } = await cancelEnd(deps.db, {
    orderNumber,
    answer: answer.kind,
    detail: "detail" in answer ? answer.detail.slice(0, 500) : null,
    againAfterSeconds: againAfterS,
  });
  deps.log.info("placement.cancel", { orderNumber, state: answer.kind, outcome, attempt: taken.tries });
  return outcome;
}

async function askStore(deps: CancelDeps, orderNumber: string, taken: CancelTakeRow): Promise<CancelOutcome> {
  const storeId = must(taken.storeId, "cancelTake: what is due has its store");
  const storeOrderNumber = must(taken.storeOrderNumber, "cancelTake: what is due has the store's number");
  if (taken.method === "headless") return await askShop(deps, orderNumber, { ...taken, storeId, storeOrderNumber });
  const opened = openStore(deps, { ...taken, storeId });
  // Placed by hand, or by a connector that is gone: the way back is by hand as well.
  if (opened.kind === "no_connector") return { kind: "unsupported" };
  if (opened.kind === "credentials") return { kind: "unavailable", detail: "the store's credential does not open" };

  assertNoTransaction("connector");
  const timeoutMs = taken.timeoutMs ?? timeoutDefaultMs;
  const http = withinDeadline(deps.http, deadlineAfter(momentOf(deps.clock), timeoutMs, deps.clock));
  try {
    const asking = opened.connector.cancel(http, opened.access, storeOrderNumber, orderNumber);
    return await orLate(asking, timeoutMs + 1_000, { kind: "unavailable", detail: "the connector did not come back" });
  } catch (error) {
    deps.log.error("placement.connector_failed", { orderNumber, reason: opened.connector.name }, error);
    return { kind: "unavailable", detail: "the connector failed" };
  }
}

type ShopTaken = CancelTakeRow & { readonly storeId: string; readonly storeOrderNumber: string };

async function askShop(deps: CancelDeps, orderNumber: string, taken: ShopTaken): Promise<CancelOutcome> {
  // Another worker may have a browser, and a person has one in any case.
  if (deps.browsing === null) return { kind: "unavailable", detail: "no browser here" };
  const opened = openShop(deps, taken);
  if (opened.kind === "no_connector") return { kind: "unsupported" };
  if (opened.kind === "credentials") return { kind: "unavailable", detail: "the store's credential does not open" };
  assertNoTransaction("connector");
  return await cancelInShop(deps, opened, {
    orderNumber,
    storeOrderNumber: taken.storeOrderNumber,
    attemptId: must(taken.attemptId, "cancelTake: what is due names its attempt"),
    clue: taken.clue,
    timeoutMs: taken.timeoutMs ?? timeoutDefaultMs,
    visit: `cancel-${must(taken.tries, "cancelTake: what is due counts its tries")}`,
  });
}
