import { AsyncLocalStorage } from "node:async_hooks";
import type { PoolClient } from "pg";
import { assert, unreachable } from "#kernel/assert.ts";
import { backoffMs, sleep } from "#kernel/backoff.ts";
import { isSilence, type Pool } from "./pool.ts";
import { countRoundTrip, hasState, type Db } from "./query.ts";

/** An open transaction. Only `tx` makes one, so a function that takes it cannot be called outside of one. */
export interface Tx extends Db {
  readonly inTransaction: true;
}

/** serialization_failure, deadlock_detected, and a prepared plan made stale by a migration: a new try can succeed. */
const passingStates = ["40001", "40P01", "0A000"];

/** Three tries: with explicit locks in one order a deadlock is rare, and a third one in a row is a bug to be seen. */
const triesMax = 3;

/** Both losers of a deadlock come back; some milliseconds apart are enough for one of them to be through. */
const betweenTries = { baseMs: 20, maxMs: 100 };

const open = new AsyncLocalStorage<string>();

/**
 * Runs `fn` in one READ COMMITTED transaction, and again from its start when the database asks for it, three times at
 * most. So `fn` must have no effect but through its `tx`, and must not touch the outside (`assertNoTransaction`).
 *
 * @param name who it is, for messages: `"checkout.place"`
 * @returns what `fn` returned, once it is committed
 * @throws what `fn` threw, after the rollback
 */
export async function tx<T>(pool: Pool, name: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  assert(open.getStore() === undefined, `tx: ${name} began inside ${open.getStore()}; pass that one's tx on instead`);
  for (let attempt = 1; attempt <= triesMax; attempt += 1) {
    try {
      return await open.run(name, () => once(pool, name, fn));
    } catch (error) {
      if (attempt === triesMax || !passingStates.some((state) => hasState(error, state))) throw error;
      await sleep(backoffMs(attempt, betweenTries));
    }
  }
  return unreachable(undefined as never);
}

/** For code that is about to call the outside: a transaction held open meanwhile would pin locks and a connection. */
export function assertNoTransaction(what: string): void {
  const name = open.getStore();
  assert(name === undefined, `${what}: called while the transaction ${name} is open`);
}

async function once<T>(pool: Pool, name: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const handle = handleOf(client, name);
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  // A connection that dies between two statements tells it by an event, which would end the process unheard.
  client.on("error", onError);
  try {
    // Sent together with the first statement (pg's pipeline mode) a small transaction alone takes 0.19 instead of
    // 0.25 ms; with eight at once nothing is left of that. But a begin that fails would leave the statement behind it
    // to commit by itself, which no saving is worth.
    await send(client, "begin");
    const result = await fn(handle.tx);
    handle.close();
    await send(client, "commit");
    return result;
  } catch (error) {
    handle.close();
    broken ??= await rollback(client, error);
    throw error;
  } finally {
    client.removeListener("error", onError);
    client.release(broken);
  }
}

/** Answers an error when the connection must not go back to the pool. */
async function rollback(client: PoolClient, cause: unknown): Promise<Error | undefined> {
  // Nobody would hear it. The server rolls back by itself, once it finds the connection gone or idle for too long.
  if (isSilence(cause)) return new Error("lost connection", { cause });
  try {
    await send(client, "rollback");
  } catch (error) {
    return error instanceof Error ? error : new Error("rollback failed", { cause: error });
  }
  // The connection is sound, but it would keep the plan that a migration made stale.
  return hasState(cause, "0A000") ? new Error("stale plan", { cause }) : undefined;
}

function send(client: PoolClient, text: "begin" | "commit" | "rollback"): Promise<unknown> {
  countRoundTrip();
  return client.query(text);
}

/** A statement sent after the end would run on somebody else's transaction: the handle refuses instead. */
function handleOf(client: PoolClient, name: string): { readonly tx: Tx; readonly close: () => void } {
  let isOpen = true;
  return {
    tx: {
      inTransaction: true,
      query: (statement) => {
        assert(isOpen, `${name}: a statement was sent after its transaction ended`);
        return client.query({ ...statement, values: [...statement.values] });
      },
    },
    close: () => {
      isOpen = false;
    },
  };
}
