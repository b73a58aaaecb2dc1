import type { Account } from "#platform/http/account.ts";

/**
 * Sessions that were read within the last seconds, so that most requests need no round trip to know who is calling.
 *
 * It is right only as long as the database can tell it of changes: it holds nothing until `enable` and forgets
 * everything at `disable`, when the connection that listens is lost.
 */
export type SessionCache = {
  readonly get: (credential: string) => Account | undefined;
  /** Begins a read; call the answer with what was read, and it is kept unless something changed meanwhile. */
  readonly reading: () => (credential: string, account: Account) => void;
  /** Forgets every session of an account. */
  readonly forget: (accountId: string) => void;
  readonly forgetCredential: (credential: string) => void;
  readonly enable: () => void;
  readonly disable: () => void;
};

/** A change that no notification told (a half-open connection) holds for no longer than this. */
export const cachedMsMax = 30_000;

/** Some 200 bytes each; the busiest ones of a process. */
const entriesMax = 10_000;

type Entry = { readonly account: Account; readonly until: number };

export function sessionCache(nowMs: () => number = () => performance.now()): SessionCache {
  // A Map keeps its order, so the first key is the one that was put longest ago.
  const entries = new Map<string, Entry>();
  const byAccount = new Map<string, Set<string>>();
  let isEnabled = false;
  let changes = 0;

  function remove(credential: string): void {
    const entry = entries.get(credential);
    if (entry === undefined) return;
    entries.delete(credential);
    const siblings = byAccount.get(entry.account.accountId);
    siblings?.delete(credential);
    if (siblings?.size === 0) byAccount.delete(entry.account.accountId);
  }

  function put(credential: string, account: Account): void {
    remove(credential);
    if (entries.size >= entriesMax) {
      const [oldest] = entries.keys();
      if (oldest !== undefined) remove(oldest);
    }
    entries.set(credential, { account, until: nowMs() + cachedMsMax });
    const siblings = byAccount.get(account.accountId);
    if (siblings === undefined) byAccount.set(account.accountId, new Set([credential]));
    else siblings.add(credential);
  }

  function clear(): void {
    changes += 1;
    entries.clear();
    byAccount.clear();
  }

  return {
    get: (credential) => {
      const entry = entries.get(credential);
      if (entry === undefined) return undefined;
      if (entry.until > nowMs()) return entry.account;
      remove(credential);
      return undefined;
    },
    reading: () => {
      const before = changes;
      return (credential, account) => {
        // What was read before a sign-out was committed must not be kept after it.
        if (isEnabled && before === changes) put(credential, account);
      };
    },
    forget: (accountId) => {
      changes += 1;
      for (const credential of byAccount.get(accountId) ?? []) remove(credential);
    },
    forgetCredential: (credential) => {
      changes += 1;
      remove(credential);
    },
    enable: () => {
      clear();
      isEnabled = true;
    },
    disable: () => {
      isEnabled = false;
      clear();
    },
  };
}
