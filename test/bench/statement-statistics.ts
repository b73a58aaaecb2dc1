import type pg from "pg";
import { short, table, type Say } from "./report.ts";

/** Statements shown: beyond these each takes less than a hundredth of the whole. */
const shownMax = 40;

export async function forgetStatements(client: pg.Client): Promise<void> {
  await client.query("create extension if not exists pg_stat_statements");
  await client.query("select pg_stat_statements_reset()");
}

/** The dearest statements since they were forgotten, those inside functions too: a function's time holds its parts'. */
export async function sayStatements(client: pg.Client, say: Say): Promise<void> {
  // All of them, those of the warm-up too: the statistics began with them.
  const { rows: all } = await client.query<{ count: string }>(
    "select count(*) from checkout.session s where s.status = 'completed'",
  );
  const completed = Number(all[0]?.count);
  const { rows } = await client.query<Record<"calls" | "ms" | "plan" | "mean" | "wal" | "text", string>>(
    `select s.calls, s.total_exec_time as ms, s.total_plan_time as plan, s.mean_exec_time as mean, s.wal_bytes as wal,
       (case when s.toplevel then '' else '   ' end) || left(regexp_replace(s.query, '\\s+', ' ', 'g'), 110) as text
     from pg_stat_statements s where s.dbid = (select oid from pg_database where datname = current_database())
     order by s.total_exec_time desc limit ${shownMax}`,
  );
  const each = (text: string): number => Number(text) / Math.max(1, completed);
  say("\n── Statements by what they cost (indented: inside a function, and counted in it too) ──");
  say(
    table([
      ["statement", "calls each", "ms each", "planning ms each", "ms a call", "log bytes each"],
      ...rows.map(({ calls, ms, plan, mean, wal, text }) => [
        text,
        each(calls),
        each(ms),
        each(plan),
        Number(mean),
        Math.round(each(wal)),
      ]),
    ]),
  );
  await sayScans(client, completed, say);
}

/** Tables that are read from end to end: a small one may be, a growing one must not. */
async function sayScans(client: pg.Client, completed: number, say: Say): Promise<void> {
  const { rows } = await client.query<Record<"name" | "scans" | "read" | "live" | "updates" | "hot", string>>(
    `select t.schemaname || '.' || t.relname as name, t.seq_scan as scans, t.seq_tup_read as read, t.n_live_tup as live,
       t.n_tup_upd as updates, t.n_tup_hot_upd as hot
     from pg_stat_user_tables t where t.seq_scan > $1 or t.n_tup_upd > $1 order by t.seq_tup_read desc`,
    [Math.floor(completed / 10)],
  );
  const each = (text: string): number => Number(text) / Math.max(1, completed);
  say("\n── Tables: read from end to end, and updates (hot: without touching an index) ──");
  say(
    table([
      ["table", "rows now", "scans each", "rows read each", "updates each", "hot"],
      ...rows.map(({ name, scans, read, live, updates, hot }) => [
        name,
        Number(live),
        each(scans),
        each(read),
        each(updates),
        updates === "0" ? "" : `${Math.round((Number(hot) / Number(updates)) * 100)} %`,
      ]),
    ]),
  );
  const { rows: inner } = await client.query<{ calls: string; toplevel: boolean }>(
    "select s.toplevel, sum(s.calls) as calls from pg_stat_statements s group by s.toplevel order by s.toplevel desc",
  );
  for (const { calls, toplevel } of inner)
    say(`${short(each(calls))} statements each ${toplevel ? "from programs" : "inside functions and triggers"}`);
}
