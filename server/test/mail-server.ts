/** A real mail server on a free port, for tests: it keeps what it takes, and can be told to misbehave. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export type TakenMail = {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly raw: string;
};

/** What it does to the next mails: one word each, then it is well again. */
export type Mischief =
  /** Refused for now, at the recipient. */
  | "busy"
  /** This address does not exist. */
  | "stranger"
  /** Takes the mail, and hangs up before it says so. */
  | "silent"
  /** Will not have the message. */
  | "spam";

export type MailServer = {
  readonly url: string;
  readonly taken: TakenMail[];
  readonly mischief: Mischief[];
  readonly close: () => Promise<void>;
};

export async function openMailServer(port = 0): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const mischief: Mischief[] = [];
  const refusal = (responseCode: number): Error => Object.assign(new Error("no <ada@shopper.test>"), { responseCode });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo: (_, __, done) => {
      const [next] = mischief;
      if (next === "busy" || next === "stranger") mischief.shift();
      done(next === "busy" ? refusal(451) : next === "stranger" ? refusal(550) : null);
    },
    onData: (stream, session, done) => {
      void text(stream)
        .then((raw) => take(raw, session.envelope.rcptTo))
        .then(answer);
      function answer(outcome: "taken" | "silent" | "spam"): void {
        if (outcome === "silent") hangUp(session.id);
        else done(outcome === "spam" ? refusal(554) : null);
      }
    },
  });
  function take(raw: string, to: readonly { readonly address: string }[]): "taken" | "silent" | "spam" {
    const [next] = mischief;
    if (next === "silent" || next === "spam") mischief.shift();
    if (next === "spam") return "spam";
    taken.push(
      parsed(
        raw,
        to.map(({ address }) => address),
      ),
    );
    return next === "silent" ? "silent" : "taken";
  }
  // The connection is not handed to callbacks; that of this session is the only one with its id.
  function hangUp(sessionId: string): void {
    const connections = server.connections as unknown as Iterable<{ id: string; _socket: { destroy(): void } }>;
    for (const { id, _socket } of connections) if (id === sessionId) _socket.destroy();
  }
  server.on("error", () => undefined);
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const { port: found } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${found}`,
    taken,
    mischief,
    close: () => new Promise((settle) => server.close(settle)),
  };
}

function parsed(raw: string, to: readonly string[]): TakenMail {
  const [head = ""] = raw.split("\r\n\r\n", 1);
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, " ");
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, "im").exec(unfolded)?.[1] ?? "";
  const boundary = /boundary="?([^";\s]+)/.exec(header("Content-Type"))?.[1] ?? "none";
  const parts = raw.split(`--${boundary}`);
  const part = (type: string): string => {
    const found = parts.find((each) => each.includes(`Content-Type: ${type}`)) ?? "";
    const at = found.indexOf("\r\n\r\n");
    return Buffer.from(found.slice(at).replaceAll(/\s/g, ""), "base64").toString("utf8");
  };
  const subject = header("Subject").replaceAll(/=\?UTF-8\?(B|Q)\?([^?]*)\?=\s*/gi, (_, way: string, word: string) =>
    way.toUpperCase() === "B"
      ? Buffer.from(word, "base64").toString("utf8")
      : Buffer.from(
          word
            .replaceAll("_", " ")
            .replaceAll(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          "latin1",
        ).toString("utf8"),
  );
  return { to, messageId: header("Message-ID"), subject, html: part("text/html"), text: part("text/plain"), raw };
}
