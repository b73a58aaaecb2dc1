/** How often somebody may do something. A window begins with the first time and ends `windowS` later. */
export type RateLimit = { readonly windowS: number; readonly countMax: number };

export type RateLimiter = {
  /** Counts one time; answers the seconds to wait, 0 while it is within the limit. */
  readonly take: (limit: RateLimit, what: string, who: string) => number;
  readonly count: () => number;
  readonly factor: number;
};

/** Some 150 bytes each. With more callers than this at once the oldest counts are forgotten, never the service. */
const entriesMax = 50_000;

type Entry = { times: number; readonly endsMs: number };

/**
 * Counts in this process alone, without a round trip: these limits protect the machine from a flood, and a flood comes
 * to every process. Several processes allow several times as much, a restart forgets; what must hold across processes
 * (passwords, declined cards) is counted in the database instead.
 *
 * @param factor every limit times this; 0 counts nothing
 */
export function openRateLimiter(factor: number, nowMs: () => number = () => performance.now()): RateLimiter {
  const entries = new Map<string, Entry>();
  return {
    take: ({ windowS, countMax }, what, who) => {
      if (factor === 0) return 0;
      const now = nowMs();
      const key = `${what} ${who}`;
      const known = entries.get(key);
      if (known === undefined || known.endsMs <= now) {
        // Put anew, so that the map's order is that of its windows' beginnings.
        entries.delete(key);
        if (entries.size >= entriesMax) forgetOldest(entries, now);
        entries.set(key, { times: 1, endsMs: now + windowS * 1000 });
        return 0;
      }
      known.times += 1;
      return known.times <= countMax * factor ? 0 : Math.max(1, Math.ceil((known.endsMs - now) / 1000));
    },
    count: () => entries.size,
    factor,
  };
}

/** Frees some room at once, so that a full map is not walked with every request. */
function forgetOldest(entries: Map<string, Entry>, now: number): void {
  let left = entriesMax / 10;
  for (const [key, { endsMs }] of entries) {
    if (endsMs > now && left <= 0) break;
    entries.delete(key);
    left -= 1;
  }
}

/**
 * Whose address a request came from, as far as limits go: an IPv6 customer has a whole /64 to choose from. Null for
 * this machine itself: a proxy that is not trusted, the web server, tests and benches all come from there, and
 * limiting it would limit everybody at once.
 */
export function addressKey(ip: string): string | null {
  const plain = ip.startsWith("::ffff:") && ip.includes(".") ? ip.slice(7) : ip;
  if (plain === "::1" || plain.startsWith("127.") || plain === "") return null;
  if (!plain.includes(":")) return plain;
  const [head = "", tail = ""] = plain.toLowerCase().split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  const rest = plain.includes("::") ? tail.split(":").filter((group) => group !== "") : [];
  const zeros = plain.includes("::") ? Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0") : [];
  return [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
