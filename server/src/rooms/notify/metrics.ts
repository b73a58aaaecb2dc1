import { Counter, Gauge, type Registry } from "prom-client";
import type { Pool } from "#platform/db/pool.ts";
import { queueRead } from "./notify.sql.gen.ts";

export type MailMetrics = { readonly count: (kind: string, outcome: string) => void };

/** How mail is doing: attempts by kind and outcome, and what waits, asked of the database when somebody looks. */
export function mailMetrics(registry: Registry, db: Pool): MailMetrics {
  const attempts = new Counter({
    name: "mail_attempts_total",
    help: "Attempts to send a mail, by its kind and what came of it (sent, queued, unknown, failed, dropped).",
    labelNames: ["kind", "outcome"],
    registers: [registry],
  });
  const waiting = new Gauge({ name: "mail_waiting", help: "Mails that are still to be sent.", registers: [registry] });
  const oldest = new Gauge({
    name: "mail_oldest_seconds",
    help: "Age of the oldest mail that is still to be sent.",
    registers: [registry],
    // One question answers all three. While the database is away they stay as they were.
    collect: async () => {
      const queue = await queueRead(db).catch(() => null);
      if (queue === null) return;
      oldest.set(queue.oldestSeconds);
      waiting.set(queue.waiting);
      failed.set(queue.failed);
    },
  });
  const failed = new Gauge({
    name: "mail_failed_today",
    help: "Mails given up in the last day; notify.mail says why.",
    registers: [registry],
  });
  return { count: (kind, outcome) => attempts.inc({ kind, outcome }) };
}
