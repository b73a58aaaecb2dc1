import { backoffMs } from "#kernel/backoff.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";
import { letterText } from "./letter-text.ts";
import type { Links } from "./links.ts";
import type { MailMetrics } from "./metrics.ts";
import { mailsClaim, mailSettle, type MailsClaimRow } from "./notify.sql.gen.ts";
import { betweenTries, claimMax, connectionsMax, leaseS, type Sent } from "./rules.ts";
import type { Transport } from "./transport.ts";
import { writeLetter } from "./write-letter.ts";

export type SendDeps = {
  readonly db: Pool;
  readonly log: Log;
  readonly transport: Transport;
  readonly links: Links;
  readonly metrics: MailMetrics;
  /** `Muse <orders@shop.example>` */
  readonly from: string;
};

/**
 * What came of one attempt, with what only we can know: there is nobody or nothing left to tell, or it took too
 * long.
 */
type Outcome = Sent | { readonly kind: "dropped" | "given_up"; readonly error: string };

/**
 * One round of the queue, in three beats for each mail: it is claimed with its Message-ID (committed), the mail
 * server is called with nothing open, and what it said is committed. Whoever dies in between leaves the mail to be
 * sent again, under the same Message-ID: at least once, never before its fact.
 *
 * @returns how many mails were claimed
 */
export async function sendMails(deps: SendDeps): Promise<number> {
  const host = deps.from.replace(/^.*@([^>@\s]+)>?\s*$/, "$1");
  const claimed = await mailsClaim(deps.db, { countMax: claimMax, leaseSeconds: leaseS, host });
  const waiting = [...claimed];
  const lane = async (): Promise<void> => {
    for (let mail = waiting.shift(); mail !== undefined; mail = waiting.shift()) await sendOne(deps, mail);
  };
  await Promise.all(Array.from({ length: Math.min(connectionsMax, claimed.length) }, lane));
  return claimed.length;
}

async function sendOne(deps: SendDeps, mail: MailsClaimRow): Promise<void> {
  const outcome = await attempt(deps, mail);
  const { mailId, kind, attempts } = mail;
  const { status, isOpen } = statusOf[outcome.kind];
  await mailSettle(deps.db, {
    mailId,
    attempt: attempts,
    status,
    error: outcome.kind === "sent" ? null : outcome.error,
    tryAfterSeconds: isOpen ? backoffMs(attempts, betweenTries) / 1000 + 1 : null,
  });
  deps.metrics.count(kind, status);
  const fields = { messageId: mailId, operation: kind, attempt: attempts, outcome: status };
  if (outcome.kind === "sent") deps.log.info("mail", fields);
  else if (status === "failed") deps.log.error("mail.failed", { ...fields, reason: outcome.error });
  else deps.log.warn("mail", { ...fields, reason: outcome.error });
}

const statusOf = {
  sent: { status: "sent", isOpen: false },
  later: { status: "queued", isOpen: true },
  unknown: { status: "unknown", isOpen: true },
  refused: { status: "failed", isOpen: false },
  given_up: { status: "failed", isOpen: false },
  dropped: { status: "dropped", isOpen: false },
} as const;

async function attempt(deps: SendDeps, mail: MailsClaimRow): Promise<Outcome> {
  const { recipient } = mail;
  if (recipient === null) return { kind: "dropped", error: "no_recipient" };
  if (mail.isOver) return { kind: "given_up", error: "gave_up" };
  try {
    const written = await writeLetter(deps.db, { ...mail, recipient }, deps.links);
    if (written.kind === "nothing") return { kind: "dropped", error: written.why };
    const { letter } = written;
    // Taken in with the first mail: an API that shares this room's door has no use for React and its twenty megabytes.
    const { letterHtml } = await import("./letter-html.ts");
    const [html, text] = [await letterHtml(letter), letterText(letter)];
    const { messageId } = mail;
    const { subject, language } = letter;
    return await deps.transport.send({ from: deps.from, to: recipient, messageId, subject, html, text, language });
  } catch (error) {
    // A letter that cannot be written is a bug; the others go on, and this one is tried until it would be in vain.
    deps.log.error("mail.unwritten", { messageId: mail.mailId, operation: mail.kind }, error);
    return { kind: "later", error: "unwritten" };
  }
}
