import type { Pool } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";
import type { ProviderBooks, ProviderRecord } from "#rooms/ledger";
import { refundRefsKnown } from "#rooms/payment";

export type NoticeDeps = {
  readonly db: Pool;
  readonly log: Log;
  /** Reads what went back of a payment from the provider, and records what we did not ask for. */
  readonly note: (refund: { readonly paymentRef: string; readonly refundRef: string }) => Promise<unknown>;
};

/**
 * The provider's books, and on the way of reading them a second chance for refunds that somebody made there: one whose
 * event never came is recorded now, and so is one of ours that is not in our books since they were restored. What
 * cannot be recorded is named as a difference, as it stands in the books.
 */
export function noticingRefunds(books: ProviderBooks, deps: NoticeDeps): ProviderBooks {
  return {
    provider: books.provider,
    recordsOf: async function* (span) {
      for await (const page of books.recordsOf(span)) {
        await notice(deps, page);
        yield page;
      }
    },
  };
}

async function notice({ db, log, note }: NoticeDeps, page: readonly ProviderRecord[]): Promise<void> {
  const made = page.filter(({ kind }) => kind === "refund");
  const rows = await refundRefsKnown(db, { providerRefs: made.map(({ objectRef }) => objectRef) });
  const known = new Set(rows.map(({ providerRef }) => providerRef));
  for (const { objectRef: refundRef, paymentRef } of made) {
    if (paymentRef === null || known.has(refundRef)) continue;
    try {
      await note({ paymentRef, refundRef });
    } catch (error) {
      log.error("refund.unnoted", {}, error);
    }
  }
}
