import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";

export type Delivery = {
  readonly to: readonly string[];
  /** The whole message, with its header. */
  readonly message: string;
  readonly login?: { readonly user: string; readonly password: string };
};

/**
 * Delivers one message as a mail client does, line by line, and answers what was last said: `250 2.0.0 Ok …`, a
 * refusal, or `connection lost` with the step it was lost at.
 */
export async function sendLetter(smtpUrl: string, { to, message, login }: Delivery): Promise<string> {
  const { hostname, port } = new URL(smtpUrl);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const plain = login === undefined ? "" : Buffer.from(`\0${login.user}\0${login.password}`).toString("base64");
  const steps: readonly (readonly [say: string, wanted: string])[] = [
    ["", "220"],
    ["EHLO muse.test", "250"],
    ...(login === undefined ? [] : [[`AUTH PLAIN ${plain}`, "235"] as const]),
    ["MAIL FROM:<orders@muse.test>", "250"],
    ...to.map((address) => [`RCPT TO:<${address}>`, "250"] as const),
    ["DATA", "354"],
    [`${dotStuffed(message)}\r\n.`, "250"],
  ];
  try {
    return await converse(socket, lines, steps);
  } finally {
    socket.destroy();
  }
}

async function converse(
  socket: Socket,
  lines: AsyncIterator<string>,
  steps: readonly (readonly [say: string, wanted: string])[],
): Promise<string> {
  let said = "";
  for (const [say, wanted] of steps) {
    if (say !== "") socket.write(`${say}\r\n`);
    const answer = await readReply(lines);
    if (answer === undefined) return `connection lost at ${say.slice(0, 4)}`;
    said = answer;
    if (!said.startsWith(wanted)) return said;
  }
  return said;
}

/** `250-…` goes on, `250 …` is the end; undefined when the line is cut. */
async function readReply(lines: AsyncIterator<string>): Promise<string | undefined> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) return undefined;
    if (value[3] === " ") return value;
  }
}

function dotStuffed(message: string): string {
  return message.replaceAll(/\r?\n/g, "\r\n").replaceAll(/^\./gm, "..");
}
