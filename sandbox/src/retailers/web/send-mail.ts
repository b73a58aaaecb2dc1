import { connect } from "node:net";
import { createInterface } from "node:readline";

export type Letter = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  /** Drops repeats of one letter at whoever reads it. */
  readonly id: string;
  readonly text: string;
  readonly atMs: number;
};

const silenceMsMax = 10_000;

/** Hands a letter to the mail server of this machine, over SMTP as anybody would. Rejects with what the server said. */
export async function sendMail(port: number, letter: Letter): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.setTimeout(silenceMsMax, () => socket.destroy(new Error("the mail server is silent")));
  const failed = new Promise<never>((_resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("the mail server hung up")));
  });
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const expect = async (code: string): Promise<void> => {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), failed]);
      if (done === true) throw new Error("the mail server hung up");
      if (!value.startsWith(code)) throw new Error(`the mail server said ${value}`);
      if (value[3] !== "-") return;
    }
  };
  const say = async (line: string, code: string): Promise<void> => {
    socket.write(`${line}\r\n`);
    await expect(code);
  };
  try {
    await expect("220");
    await say("EHLO shops.sandbox.test", "250");
    await say(`MAIL FROM:<${letter.from.address}>`, "250");
    await say(`RCPT TO:<${letter.to}>`, "250");
    await say("DATA", "354");
    await say(`${messageOf(letter)}\r\n.`, "250");
    socket.write("QUIT\r\n");
  } finally {
    // Whoever waits for the end of the line is answered by it, and nobody waits any more.
    failed.catch(() => undefined);
    socket.end();
  }
}

function messageOf({ from, to, subject, id, text, atMs }: Letter): string {
  const body = Buffer.from(text, "utf8").toString("base64").replaceAll(/.{76}/g, "$&\r\n");
  return [
    `From: "${from.name}" <${from.address}>`,
    `To: <${to}>`,
    `Subject: =?utf-8?B?${Buffer.from(subject, "utf8").toString("base64")}?=`,
    `Date: ${new Date(atMs).toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${id}@${from.address.split("@")[1] ?? "shops.sandbox.test"}>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    body,
  ].join("\r\n");
}
