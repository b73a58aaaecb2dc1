import { createTransport } from "nodemailer";
import { assertNoTransaction } from "#platform/db/tx.ts";
import { connectionsMax, deadlineMs, type Sent } from "./rules.ts";

export type Post = {
  readonly from: string;
  readonly to: string;
  /** `<msg_…@host>`, the same in every attempt. */
  readonly messageId: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: string;
};

export type Transport = {
  readonly send: (post: Post) => Promise<Sent>;
  readonly close: () => void;
};

const connectTimeoutMs = 5_000;
/** A server that looks for spam before it greets. */
const greetingTimeoutMs = 10_000;
/** Silence on an open connection. */
const silenceTimeoutMs = 20_000;

/**
 * The way to the mail server: a few connections that stay open, each step with a deadline, and no retries of its own.
 *
 * @param urlOf where the server is; asked again when it was not there
 */
export function openTransport(urlOf: () => Promise<string>): Transport {
  let opened: Promise<Mailer> | null = null;
  const hangUp = (): void => {
    void opened?.then((mailer) => mailer.close()).catch(() => undefined);
    opened = null;
  };
  return {
    send: async (post) => {
      assertNoTransaction("mail");
      opened ??= urlOf().then(openMailer);
      const mailer = await opened.catch(() => null);
      const sent: Sent = mailer === null ? { kind: "later", error: "unreachable" } : await sendWithin(mailer, post);
      if (sent.kind === "later" && sent.error === "unreachable") hangUp();
      return sent;
    },
    close: hangUp,
  };
}

type Mailer = ReturnType<typeof openMailer>;

function openMailer(url: string) {
  return createTransport({
    url,
    pool: true,
    maxConnections: connectionsMax,
    maxMessages: 100,
    // Whether a mail goes again is decided where it is written down.
    maxRequeues: 0,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: greetingTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    // A mail holds text of ours alone: nothing in it may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
}

async function sendWithin(mailer: Mailer, post: Post): Promise<Sent> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Sent>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "unknown", error: "deadline" }), deadlineMs);
  });
  const sending = mailer.sendMail(messageOf(post)).then((): Sent => ({ kind: "sent" }), outcomeOf);
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

function messageOf({ from, to, messageId, subject, html, text, language }: Post) {
  return {
    from,
    // As an object it is one address, whatever stands in it.
    to: { name: "", address: to },
    messageId,
    subject,
    html,
    text,
    textEncoding: "base64" as const,
    headers: {
      "Content-Language": language,
      // So that holiday notices are not sent back to us.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
  };
}

/** What happens before anything can be taken: nodemailer's words, and the system's for a connection that never was. */
const beforeTalking: ReadonlySet<string> = new Set([
  "EDNS",
  "ETLS",
  "EPROTOCOL",
  "ECONFIG",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
]);

/**
 * What an error of nodemailer's means for the mail. Its message may repeat the address, so only codes are kept. Of a
 * connection that broke it does not tell how far it had come: the mail may have been taken.
 */
function outcomeOf(error: unknown): Sent {
  const code = textOf(error, "code");
  const reply = numberOf(error, "responseCode");
  const command = textOf(error, "command");
  if (code === "EAUTH" || command.startsWith("AUTH")) return { kind: "later", error: "auth" };
  const isOfMail = code === "EENVELOPE" || code === "EMESSAGE";
  if (reply >= 500 && isOfMail) {
    return { kind: "refused", error: command === "RCPT TO" ? "recipient_refused" : "message_refused" };
  }
  if (reply >= 400) return { kind: "later", error: `reply_${reply}` };
  // No reply at all, and the address or the message is what it stumbled over: no server was asked.
  if (isOfMail) return { kind: "refused", error: "malformed" };
  return isBeforeTalking(error, code)
    ? { kind: "later", error: "unreachable" }
    : { kind: "unknown", error: "no_answer" };
}

function isBeforeTalking(error: unknown, code: string): boolean {
  const causes = [code, textOf(error, "originalCode")];
  return textOf(error, "syscall") === "connect" || causes.some((cause) => beforeTalking.has(cause));
}

function textOf(error: unknown, key: string): string {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === "string" ? value : "";
}

function numberOf(error: unknown, key: string): number {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === "number" ? value : 0;
}
