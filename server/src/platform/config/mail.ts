import type { Settled, Variables } from "./variables.ts";

export type Mail = {
  /** The mail server that ours goes to; null: the sandbox's, which says itself where it listens. */
  readonly smtpUrl: string | null;
  /** Whom it is from, and whom an answer reaches: `Muse <orders@shop.example.com>` */
  readonly from: string;
};

const sandboxSender = "Muse <orders@muse.test>";

/**
 * Where mail goes. Without a server of one's own the sandbox's takes it; where real money moves, nobody would ever
 * read it there, and a sender that cannot be answered would be refused.
 */
export function mailFrom(env: Variables): Settled<Mail> {
  if (env.STRIPE_LIVE_MODE && (env.SMTP_URL === undefined || env.MAIL_FROM === undefined)) {
    return {
      complaint: "STRIPE_LIVE_MODE is true, so SMTP_URL and MAIL_FROM must be set: people are told of their orders.",
    };
  }
  return {
    value: {
      smtpUrl: env.SMTP_URL ?? null,
      from: env.MAIL_FROM ?? sandboxSender,
    },
  };
}
