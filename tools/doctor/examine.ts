import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import pg from "pg";
import { parseSqlFile } from "../sqlgen/parse.ts";
import { causes, isCause, type Cause, type CauseName } from "./causes.ts";
import { plainWords } from "./plain-words.ts";

export type Finding = Omit<Cause, "sweep"> & {
  readonly cause: CauseName;
  /** Which one: ids, never anything personal. */
  readonly subject: string;
  /** RFC 3339. */
  readonly since: string;
  readonly why: string;
  readonly sweep: string | null;
  /** When the next step is due at the latest, RFC 3339; null where nothing says, or nothing happens. */
  readonly nextAt: string | null;
};

export type Report = {
  readonly checkedAt: string;
  /** Workers connected right now. Without one nothing moves. */
  readonly workers: number;
  readonly findings: readonly Finding[];
  /** Sections with more than were read. */
  readonly truncated: readonly string[];
  /** Sections that could not be read, and why. */
  readonly unread: readonly { readonly section: string; readonly why: string }[];
  readonly needsPerson: boolean;
};

/** As many of each section are read: enough to see what is wrong, and no statement runs for long. */
export const findingsMax = 100;

const serverLimits = "-c default_transaction_read_only=on -c statement_timeout=5s -c lock_timeout=1s";

/**
 * Looks for whatever is not moving, and says of each why, what happens next and what a person can do. Reads only, by
 * indexes, a bounded number of rows of each kind; needs no right but SELECT.
 */
export async function examine(databaseUrl: string): Promise<Report> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: "muse doctor",
    options: serverLimits,
    connectionTimeoutMillis: 10_000,
  });
  // Told again by the statement under way; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await readAll(client);
  } finally {
    await client.end();
  }
}

type Row = {
  readonly cause: string;
  readonly subject: string;
  readonly since: Date;
  readonly note: string;
  readonly next_at: Date | null;
};

async function readAll(client: pg.Client): Promise<Report> {
  const { rows: clock } = await client.query<{ now: Date; has_mail: boolean }>(clockText);
  const { now, has_mail: hasMail } = clock[0] ?? { now: new Date(), has_mail: false };
  const findings: Finding[] = [];
  const truncated: string[] = [];
  const unread: { section: string; why: string }[] = [];
  for (const { name, text } of sections().filter(({ file }) => hasMail || file !== "mail.sql")) {
    try {
      const { rows } = await client.query<Row>(text, [findingsMax + 1]);
      if (rows.length > findingsMax) truncated.push(name);
      findings.push(...rows.slice(0, findingsMax).map((row) => findingOf(row, now)));
    } catch (error) {
      unread.push({ section: name, why: error instanceof Error ? plainWords(error.message) : String(error) });
    }
  }
  const { rows: connected } = await client.query<{ workers: number }>(workersText);
  const workers = connected[0]?.workers ?? 0;
  const isLeftAlone = workers === 0 && findings.length > 0;
  const needsPerson = isLeftAlone || unread.length > 0 || findings.some(({ level }) => level === "person");
  return { checkedAt: now.toISOString(), workers, findings, truncated, unread, needsPerson };
}

/** Each worker has one connection that listens. */
const workersText = `select count(*)::int as workers from pg_stat_activity a
  where a.datname = current_database() and a.application_name = 'muse worker listen'`;

/** By the catalogue, which everybody may read. */
const clockText = `select now() as now, exists (
  select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'notify' and c.relname = 'mail'
) as has_mail`;

function findingOf(row: Row, now: Date): Finding {
  if (!isCause(row.cause)) throw new TypeError(`the statements know a cause ${row.cause} that causes.ts does not`);
  const { sweep, ...cause } = causes[row.cause];
  const nextAt = row.next_at ?? (sweep === null ? null : new Date(now.getTime() + sweep.everyMs));
  return {
    cause: row.cause,
    ...cause,
    subject: row.subject,
    since: row.since.toISOString(),
    why: plainWords(row.note),
    sweep: sweep?.name ?? null,
    // What is due already is done by the next look.
    nextAt: nextAt === null ? null : new Date(Math.max(nextAt.getTime(), now.getTime())).toISOString(),
  };
}

type Section = { readonly file: string; readonly name: string; readonly text: string };

export function sections(): Section[] {
  const place = (path: string): number => order.indexOf(basename(path));
  return globSync(join(import.meta.dirname, "*.sql"))
    .toSorted((a, b) => place(a) - place(b))
    .flatMap((path) =>
      parseSqlFile(basename(path), readFileSync(path, "utf8")).map(({ name, text }) => ({
        file: basename(path),
        name,
        text,
      })),
    );
}

/** Money first. */
const order = ["payments.sql", "orders.sql", "stores.sql", "queues.sql", "mail.sql"];
