import { z } from "zod";
import type { Db } from "#platform/db/query.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import type { Job } from "#platform/jobs/job.ts";
import { oneByOne, type Sweep } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import {
  refundAccountRefused,
  refundRoundNext,
  type ReceiveAccount,
  type RefundAnswer,
  type RefundOutcome,
  type RefundRequest,
} from "#rooms/payment";
import { refundRead, refundRepeat, refundSettle, refundsRing, type RefundReadRow } from "./order.sql.gen.ts";
import { refundAskMsMax, refundTryAfterS } from "./rules.ts";

export type RefundJobDeps = {
  readonly db: Db;
  /** The payment room's door. `refundId` is the provider's idempotency key: asking twice pays out once. */
  readonly issueRefund: (provider: "stripe" | "toss", refund: RefundRequest) => Promise<RefundOutcome>;
  /** The payment room's door: the account that was named for a refund, for this one call. Null: it cannot be read. */
  readonly openAccount: (refundId: string, sealed: SealedAccount) => ReceiveAccount | null;
  readonly log: Log;
};

type SealedAccount = { readonly wrappedKey: Buffer; readonly sealed: Buffer; readonly masterKeyId: string };

/** How long a refund may be overdue before its job counts as lost. */
const patienceS = 20;
const ringsMax = 100;

/**
 * Asks the provider for one refund and records what it said. The row was committed before this; whatever dies in
 * between is asked again with the same key (C12, C13), so a refund is paid out once however often this runs.
 */
export async function issueRefundOnce(deps: RefundJobDeps, refundId: string): Promise<void> {
  const refund = await refundRead(deps.db, { refundId });
  if (refund === null || isOver(refund.status)) return;
  if (refund.providerRef === null) {
    deps.log.error("refund.without_charge", { refundId });
    return;
  }
  if (refund.refundRef === null && Number(refund.ageMs) > refundAskMsMax) {
    deps.log.error("refund.unanswered", { refundId, ageMs: refund.ageMs });
    await settleRefund(deps.db, {
      refundId,
      kind: "unknown",
      providerRef: null,
      failureCode: "unanswered",
      tries: refund.tries,
    });
    return;
  }

  assertNoTransaction("refund");
  const receiveAccount = accountFor(deps, refund);
  if (receiveAccount === "unreadable") deps.log.error("refund.account_unreadable", { refundId });
  const { providerRef, refundRef, orderNumber, amountMinor, round } = refund;
  const answer = await deps.issueRefund(refund.provider, {
    refundId,
    providerRef,
    refundRef,
    orderNumber,
    amountMinor,
    round,
    ...(receiveAccount === null ? {} : { receiveAccount }),
  });
  await recordAnswer(deps, refund, answer);
}

async function recordAnswer({ db, log }: RefundJobDeps, refund: RefundReadRow, answer: RefundOutcome): Promise<void> {
  const { refundId, orderNumber, amountMinor, round, tries } = refund;
  const { failureCode } = answer;
  const fields = { refundId, orderNumber, amountMinor, code: failureCode };
  if (answer.kind === "account_needed") {
    await refundAccountRefused(db, { refundId, round, failureCode: answer.failureCode });
    log.warn("refund.account_needed", fields);
  } else if (answer.kind === "not_now") {
    const tryAfterSeconds = tryAfterS(answer.retryAfterMs, tries);
    await refundRoundNext(db, { refundId, round, failureCode: answer.failureCode, tryAfterSeconds });
    log.warn("refund.not_now", fields);
  } else {
    await settleRefund(db, { refundId, tries, ...answer });
    if (answer.kind === "failed") log.error("refund.failed", fields);
  }
}

/** There is nothing to ask the provider: it has ended, or its owner has not said yet where it goes. */
function isOver(status: RefundReadRow["status"]): boolean {
  return status === "succeeded" || status === "failed" || status === "account_needed";
}

function accountFor(
  { openAccount }: RefundJobDeps,
  { refundId, wrappedKey, sealed, masterKeyId }: RefundReadRow,
): Required<RefundRequest>["receiveAccount"] | null {
  if (wrappedKey === null || sealed === null || masterKeyId === null) return null;
  return openAccount(refundId, { wrappedKey, sealed, masterKeyId }) ?? "unreadable";
}

export type SettledRefund = {
  readonly refundId: string;
  readonly kind: RefundAnswer["kind"];
  readonly providerRef: string | null;
  readonly failureCode: string | null;
  readonly retryAfterMs?: number | null;
  readonly tries?: number;
};

/**
 * Records what the provider said of a refund, whoever heard it: the job's call or the provider's event. Known
 * already, late or out of order it changes nothing. @returns whether anything changed
 */
export async function settleRefund(db: Db, settled: SettledRefund): Promise<boolean> {
  const isOpen = settled.kind === "unknown" || settled.kind === "pending";
  const { changed } = await refundSettle(db, {
    refundId: settled.refundId,
    status: settled.kind,
    providerRef: settled.providerRef,
    failureCode: settled.failureCode,
    tryAfterSeconds: isOpen ? tryAfterS(settled.retryAfterMs ?? 0, settled.tries ?? 0) : null,
  });
  return changed;
}

function tryAfterS(retryAfterMs: number, tries: number): number {
  return Math.max(retryAfterMs / 1000, refundTryAfterS(tries));
}

export function refundJobs(deps: RefundJobDeps): Job[] {
  const payload = z.object({ refundId: z.string() });
  return [{ name: "order.refund", run: async (raw) => await issueRefundOnce(deps, payload.parse(raw).refundId) }];
}

/** Refunds that wait for another asking, those whose job was lost, and those that wait for a bank. */
export function refundSweeps({ db }: { readonly db: Db }): Sweep[] {
  return [
    {
      name: "order.refunds_due",
      everyMs: 10_000,
      run: async () => {
        const { rung } = await refundsRing(db, { patienceSeconds: patienceS, countMax: ringsMax });
        // A refund that was rung for is due until its job has run: "more at once" would only ring again.
        return oneByOne(Number(rung), 0);
      },
    },
    {
      name: "order.refunds_again",
      everyMs: 10_000,
      run: async () => (await refundRepeat(db)).repeated,
    },
  ];
}
