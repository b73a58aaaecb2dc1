import { hash } from "node:crypto";
import { errors } from "@muse/contracts/error";
import { must } from "#kernel/assert.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Db } from "#platform/db/query.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import {
  keyClaim,
  keyDeleteOld,
  keyDone,
  keyFind,
  keyRelease,
  type KeyArgs,
  type KeyRow,
} from "./idempotency-statements.ts";
import { problem, type Problem } from "./problem.ts";

/** An answer as it goes over the wire, which is how it is stored: a replay is the same bytes. */
export type WireAnswer = { readonly status: number; readonly body: string };

export type KeyedAnswer =
  | { readonly kind: "answered"; readonly answer: WireAnswer }
  | { readonly kind: "replayed"; readonly answer: WireAnswer }
  | { readonly kind: "refused"; readonly problem: Problem };

/** What a command answered, and whether a repeat must get the same. */
export type Outcome = { readonly answer: WireAnswer; readonly isKept: boolean };

/**
 * How long a repeat of a phased command is told to wait when its process has died. The slowest, `place`, gives its
 * provider ten seconds and waits ten for the stores; one that lives longer is joined by the repeat, which is safe by
 * the command's own state.
 */
const lockS = 30;

/** 1–255 printable ASCII characters. */
export function isKeyValid(key: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(key);
}

/** A key is bound to what it was first sent with: method, path and the validated body, whose fields have one order. */
export function requestHash(method: string, url: string, body: unknown): Buffer {
  const json = JSON.stringify(body ?? null, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
  return hash("sha256", `${method} ${url}\n${json}`, "buffer");
}

/** A 5xx and whatever may come out differently in a moment is not kept: the repeat shall try again. */
export function isKept(refused: Problem): boolean {
  return refused.status < 500 && errors[refused.code].retry === "never";
}

/**
 * Runs a command, its key and its answer in one transaction: all of it is there, or nothing. What the command throws
 * rolls everything back; a refusal it returns is an answer like any other.
 */
export function runInOneTransaction(
  pool: Pool,
  name: string,
  key: KeyArgs,
  run: (tx: Tx) => Promise<Outcome>,
): Promise<KeyedAnswer> {
  return tx(pool, name, async (open) => {
    const claim = settled(await keyClaim(open, { ...key, lockS: null }));
    if (claim !== null) return claim;
    const { answer, isKept: keep } = await run(open);
    if (keep) await keyDone(open, { ...key, ...answer });
    return { kind: "answered", answer };
  });
}

/**
 * Runs a command that commits before it answers. It claims the key in its own first transaction through `claim`; the
 * answer is stored afterwards. When the process dies in between, the key's lock runs out and a repeat runs the
 * command again, which its own state makes safe.
 */
export async function runInPhases(
  pool: Pool,
  key: KeyArgs,
  run: (claim: (tx: Tx) => Promise<void>) => Promise<Outcome>,
): Promise<KeyedAnswer> {
  const known = await keyFind(pool, key);
  const early = known === null ? null : settled(known);
  if (early !== null) return early;

  let isClaimed = false;
  const claim = async (open: Tx): Promise<void> => {
    const lost = settled(await keyClaim(open, { ...key, lockS }));
    if (lost !== null) throw new KeyLost(lost);
    isClaimed = true;
  };
  try {
    const { answer, isKept: keep } = await run(claim);
    if (isClaimed) await (keep ? keyDone(pool, { ...key, ...answer }) : keyRelease(pool, key));
    return { kind: "answered", answer };
  } catch (error) {
    if (error instanceof KeyLost) return error.answer;
    // The database may be what failed: then the lock runs out by itself, and the first error is the one to tell.
    if (isClaimed) await keyRelease(pool, key).catch(() => undefined);
    throw error;
  }
}

/** A round of the hourly sweep: deletes keys older than a day, a bounded number, and answers how many. */
export async function deleteOldKeys(db: Db): Promise<number> {
  return await keyDeleteOld(db, { countMax: rowsPerRound });
}

const rowsPerRound = 5000;

/** The key turned out to be somebody else's while the command's first transaction was open: it rolls back. */
class KeyLost extends Error {
  override readonly name = "KeyLost";
  readonly answer: KeyedAnswer;
  constructor(answer: KeyedAnswer) {
    super("idempotency key is held by another request");
    this.answer = answer;
  }
}

/** The answer that a claim already decides, or null when the command is to run. */
function settled(row: KeyRow): KeyedAnswer | null {
  switch (row.outcome) {
    case "claimed":
      return null;
    case "replay":
      return {
        kind: "replayed",
        answer: {
          status: must(row.responseStatus, "idempotency: a stored answer has a status"),
          body: must(row.responseBody, "idempotency: a stored answer has a body"),
        },
      };
    case "reused":
      return { kind: "refused", problem: problem("idempotency_key_reused") };
    case "in_progress":
      return { kind: "refused", problem: problem("idempotency_in_progress", { retryAfterS: 1 }) };
  }
}
