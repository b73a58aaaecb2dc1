import type { LookUpOutcome } from "@muse/connectors/port";
import { assertNoTransaction } from "#platform/db/tx.ts";
import { lookUpsClaim, type LookUpsClaimRow } from "./placement.sql.gen.ts";
import { lookUpInShop, openShop, type ShopDeps } from "./call-shop.ts";
import { absenceProvedAfterMs, lookUpAfterS, pressMsMax } from "./rules.ts";
import { deadlineAfter, momentOf, openStore, orLate, withinDeadline } from "./store-call.ts";
import { tellSession, writeOutcome, type AttemptOutcome } from "./write-outcome.ts";

export type LookUpDeps = ShopDeps;

const claimsMax = 20;

/** Of tiers that are gone: their store cannot be asked, but the arithmetic wants a number. */
const timeoutDefaultMs = 10_000;

/**
 * Asks stores what became of orders whose answer never came. Found: it is placed. Proved absent: it may be tried
 * again. No answer, or a store that cannot be asked: later, and after a bounded number of look-ups a person finds out
 * (O3).
 *
 * @returns how many were looked up
 */
export async function lookUpOrders(deps: LookUpDeps): Promise<number> {
  return await lookUpDue(deps, "api", claimsMax);
}

/** The same in web shops, as many at once as there are browsers: they wait for one before orders do. */
export async function lookUpInShops(deps: LookUpDeps): Promise<number> {
  return await lookUpDue(deps, "headless", deps.browsing?.browsersMax ?? 0);
}

async function lookUpDue(deps: LookUpDeps, method: "api" | "headless", countMax: number): Promise<number> {
  const due = await lookUpsClaim(deps.db, { methods: [method], countMax });
  await Promise.all(due.map((row) => lookUpOrder(deps, row)));
  return due.length;
}

async function lookUpOrder(deps: LookUpDeps, row: LookUpsClaimRow): Promise<void> {
  const answer = await askStore(deps, row);
  const written = await writeOutcome(deps, row.attemptId, outcomeOf(answer, row));
  tellSession(deps.bell, row.sessionId, written);
  const { attemptId, orderNumber, storeId } = row;
  deps.log.info("placement.look_up", {
    attemptId,
    orderNumber,
    storeId,
    state: answer.kind,
    outcome: written?.outcome ?? null,
    attempt: row.lookups,
  });
}

async function askStore(deps: LookUpDeps, row: LookUpsClaimRow): Promise<LookUpOutcome> {
  assertNoTransaction("connector");
  if (row.method === "headless") return await askShop(deps, row);
  const opened = openStore(deps, row);
  if (opened.kind === "no_connector") return { kind: "unsupported" };
  if (opened.kind === "credentials") return { kind: "unavailable", detail: "the store's credential does not open" };
  if (!opened.connector.canLookUp) return { kind: "unsupported" };

  const timeoutMs = row.timeoutMs ?? timeoutDefaultMs;
  const http = withinDeadline(deps.http, deadlineAfter(momentOf(deps.clock), timeoutMs, deps.clock));
  try {
    const asking = opened.connector.lookUp(http, opened.access, row.orderNumber);
    return await orLate(asking, timeoutMs, { kind: "unavailable", detail: "the connector did not come back" });
  } catch (error) {
    deps.log.error("placement.connector_failed", { attemptId: row.attemptId, reason: opened.connector.name }, error);
    return { kind: "unavailable", detail: "the connector failed" };
  }
}

async function askShop(deps: LookUpDeps, row: LookUpsClaimRow): Promise<LookUpOutcome> {
  const opened = openShop(deps, row);
  if (opened.kind === "no_connector") return { kind: "unsupported" };
  if (opened.kind === "credentials") return { kind: "unavailable", detail: "the store's credential does not open" };
  const timeoutMs = row.timeoutMs ?? timeoutDefaultMs;
  const answer = await lookUpInShop(deps, opened, { ...row, timeoutMs, visit: `look-up-${row.lookups}` });
  return answer.kind === "absent" && !opened.shop.canLookUp ? { kind: "unsupported" } : answer;
}

const nothing = {
  storeOrderNumber: null,
  storeTotalMinor: null,
  retryAfterMs: null,
  lookUpAfterSeconds: null,
} as const;

function outcomeOf(answer: LookUpOutcome, row: LookUpsClaimRow): AttemptOutcome {
  switch (answer.kind) {
    case "found":
      return {
        ...nothing,
        status: "placed",
        reason: "looked_up",
        detail: null,
        storeOrderNumber: answer.storeOrderNumber,
        storeTotalMinor: answer.totalMinor,
      };
    case "absent": {
      const submitMs = row.method === "headless" ? pressMsMax : (row.timeoutMs ?? timeoutDefaultMs);
      const tooEarlyMs = absenceProvedAfterMs(submitMs) - Number(row.ageMs);
      if (tooEarlyMs <= 0)
        return { ...nothing, status: "unavailable", reason: "not_there", detail: "the store never had it" };
      return {
        ...stillUnknown("too early to be sure that the store never had it"),
        lookUpAfterSeconds: tooEarlyMs / 1000,
      };
    }
    case "unavailable":
      return { ...stillUnknown(answer.detail), lookUpAfterSeconds: lookUpAfterS(row.lookups) };
    case "unsupported":
      return stillUnknown("this store cannot be asked");
  }
}

function stillUnknown(detail: string): AttemptOutcome {
  return { ...nothing, status: "unknown", reason: "no_answer", detail };
}
