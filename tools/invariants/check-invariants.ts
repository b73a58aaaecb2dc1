import pg from "pg";
import { readChecks, type Check, type Input } from "./checks.ts";
import { readOutside, type Outside, type OutsideRecord } from "./outside.ts";

export type Breach = {
  /** Where to look: the id of a row. */
  readonly subject: string;
  /** What was found there. */
  readonly detail: string;
};

export type CheckResult = Pick<Check, "id" | "name" | "when" | "promise"> & {
  /** `failed`: the database would not answer (rights, time), so nothing is known. */
  readonly outcome: "holds" | "broken" | "skipped" | "failed";
  readonly count: number;
  /** The first few. */
  readonly breaches: readonly Breach[];
  /** Why it was skipped, or the database's word when it failed. */
  readonly note: string;
  readonly ms: number;
};

export type InvariantsReport = {
  readonly results: readonly CheckResult[];
  /** Every check that could run did, and found nothing. */
  readonly isSound: boolean;
};

export type InvariantsOptions = {
  readonly databaseUrl: string;
  /** Where the sandbox listens. Left out: what needs its records is skipped. */
  readonly sandboxUrl?: string | undefined;
  /** How long a row must have been left alone before what holds eventually is asked of it. */
  readonly settledForSeconds: number;
};

/** Anything that can run a statement. */
export type Client = Pick<pg.Client, "query">;

/** As many breaches are shown of each check; all are counted. */
const shownMax = 5;

/** A check reads whole tables. On the largest it may take a while, but not an operator's day. */
const serverLimits =
  "-c default_transaction_read_only=on -c statement_timeout=300s -c lock_timeout=2s -c max_parallel_workers_per_gather=2";

/**
 * Runs every invariant against a database, one statement each, reading only: it needs no right but SELECT, takes no
 * lock that a writer would wait for, and may run beside production's traffic.
 */
export async function checkInvariants(options: InvariantsOptions): Promise<InvariantsReport> {
  // The outside first: whatever it did, the database already knows why (O2).
  const outside = options.sandboxUrl === undefined ? null : await readOutside(options.sandboxUrl);
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: "muse invariants",
    options: serverLimits,
    connectionTimeoutMillis: 10_000,
  });
  // Told again by the statement under way; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const report = await runChecks(client, outside, options.settledForSeconds);
    if (outside === null || options.sandboxUrl === undefined) return report;
    return await lookAgainForMail(client, report, { ...options, sandboxUrl: options.sandboxUrl, outside });
  } finally {
    await client.end();
  }
}

type LookAgain = { readonly sandboxUrl: string; readonly outside: Outside; readonly settledForSeconds: number };

/**
 * A letter may have gone out between the two readings: what was not found is looked for once more, in newer records.
 */
async function lookAgainForMail(client: Client, report: InvariantsReport, given: LookAgain): Promise<InvariantsReport> {
  const broken = new Set(report.results.filter(({ outcome }) => outcome === "broken").map(({ name }) => name));
  const checks = readChecks().filter(({ name, inputs }) => broken.has(name) && inputs.includes("mails"));
  if (checks.length === 0) return report;
  const { mails } = await readOutside(given.sandboxUrl);
  const inputs = inputsOf({ ...given.outside, mails }, given.settledForSeconds);
  const again = new Map<string, CheckResult>();
  for (const check of checks) again.set(check.name, await runCheck(client, check, inputs));
  return reportOf(report.results.map((result) => again.get(result.name) ?? result));
}

function reportOf(results: readonly CheckResult[]): InvariantsReport {
  return { results, isSound: results.every(({ outcome }) => outcome === "holds" || outcome === "skipped") };
}

/** The same on a connection of the caller's, who may be inside a transaction. */
export async function runChecks(
  client: Client,
  outside: Outside | null,
  settledForSeconds: number,
): Promise<InvariantsReport> {
  const given = inputsOf(outside, settledForSeconds);
  const results: CheckResult[] = [];
  for (const check of readChecks()) results.push(await runCheck(client, check, given));
  return reportOf(results);
}

async function runCheck(client: Client, check: Check, given: ReadonlyMap<Input, unknown>): Promise<CheckResult> {
  const { id, name, when, promise } = check;
  const result = { id, name, when, promise, count: 0, breaches: [], note: "", ms: 0 };
  if (!check.inputs.every((input) => given.has(input))) {
    return { ...result, outcome: "skipped", note: "needs the sandbox's records" };
  }
  const text = `select b.subject, b.detail, count(*) over () as total from (${check.text}) b order by b.subject limit ${shownMax}`;
  const startedMs = performance.now();
  try {
    const { rows } = await client.query<{ subject: string | null; detail: string | null; total: string | bigint }>(
      text,
      check.inputs.map((input) => given.get(input)),
    );
    const breaches = rows.map(({ subject, detail }) => ({ subject: subject ?? "?", detail: detail ?? "" }));
    const count = Number(rows[0]?.total ?? 0);
    const ms = performance.now() - startedMs;
    return { ...result, outcome: count === 0 ? "holds" : "broken", count, breaches, ms };
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    return { ...result, outcome: "failed", note, ms: performance.now() - startedMs };
  }
}

/** Stripe's own test numbers: with the sandbox there are no others to leak. */
const testCards = ["4242424242424242", "4000002500003155", "4000000000009995", "5555555555554444", "378282246310005"];

function inputsOf(outside: Outside | null, settledForSeconds: number): Map<Input, unknown> {
  const given = new Map<Input, unknown>([["settled_seconds", settledForSeconds]]);
  if (outside === null) return given;
  given.set("charges", rowsOf(outside.charges));
  given.set("refunds", rowsOf(outside.refunds));
  given.set("store_orders", rowsOf(outside.storeOrders));
  given.set("mails", rowsOf(outside.mails));
  given.set("secret_patterns", patternsOf(outside.secrets));
  given.set("card_patterns", patternsOf(testCards));
  return given;
}

function rowsOf(records: readonly OutsideRecord[]): string {
  return JSON.stringify(
    records.map(({ at, part, kind, data: { lines: _lines, ...data } }) => ({ ...data, at, part, kind })),
  );
}

/** For `like`. Bytes are shown in hex when a row is read as text, so each secret is looked for in both forms. */
function patternsOf(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => {
    const literal = secret.replaceAll(/[\\%_]/g, String.raw`\$&`);
    return [`%${literal}%`, `%${Buffer.from(secret, "utf8").toString("hex")}%`];
  });
}
