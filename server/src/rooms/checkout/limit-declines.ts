import { addressKey } from "#platform/http/rate-limit.ts";
import type { Db } from "#platform/db/query.ts";
import { takeAttempt, type Limit } from "#rooms/account";

/** Who tries cards: the account, and the address it comes from. */
export type Payer = { readonly accountId: string; readonly ip: string };

export type DeclineLimits = {
  /** Seconds until this payer may try another card; 0: now. Asks no database, since nearly everybody's card is good. */
  readonly waitS: (payer: Payer) => number;
  /** Counts a decline, across all processes. */
  readonly declined: (payer: Payer) => Promise<void>;
};

/** Nobody has ten cards refused in an hour; a thief with a list of numbers has thousands, and uses us to sort them. */
const perAccount: Limit = { what: "declined account", windowS: 3_600, countMax: 10 };

/** The same thief with a new visitor's account for each card. Behind an office's address a few people mistype. */
const perAddress: Limit = { what: "declined address", windowS: 3_600, countMax: 30 };

/** Some 100 bytes each; whoever is pushed out is found again at their next decline. */
const blockedMax = 10_000;

/**
 * Ends card testing: after too many declines a payer waits. Counted in the database, so that no process more helps;
 * each process learns of a block with the first decline it sees beyond the limit.
 *
 * @param factor both limits times this; 0: no limits
 */
export function declineLimits(db: Db, factor: number, nowMs: () => number = () => performance.now()): DeclineLimits {
  const blockedUntilMs = new Map<string, number>();
  const block = (who: string, seconds: number): void => {
    const [oldest] = blockedUntilMs.keys();
    if (blockedUntilMs.size >= blockedMax && oldest !== undefined) blockedUntilMs.delete(oldest);
    blockedUntilMs.set(who, nowMs() + seconds * 1000);
  };
  return {
    waitS: (payer) => {
      const untilMs = Math.max(0, ...namesOf(payer).map(({ who }) => blockedUntilMs.get(who) ?? 0));
      return Math.max(0, Math.ceil((untilMs - nowMs()) / 1000));
    },
    declined: async (payer) => {
      if (factor === 0) return;
      for (const { limit, who } of namesOf(payer)) {
        const countMax = Math.ceil(limit.countMax * factor);
        // Blocked from the last decline that is allowed on: the next card is not tried any more.
        const retryAfterS = await takeAttempt(db, { ...limit, countMax: countMax - 1 }, who);
        if (retryAfterS !== null) block(who, retryAfterS);
      }
    },
  };
}

function namesOf({ accountId, ip }: Payer): { readonly limit: Limit; readonly who: string }[] {
  const address = addressKey(ip);
  return [{ limit: perAccount, who: accountId }, ...(address === null ? [] : [{ limit: perAddress, who: address }])];
}
