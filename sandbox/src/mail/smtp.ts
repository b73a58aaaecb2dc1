import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

import type { World } from "#core/world.ts";
import type { Envelope, Letters } from "./letters.ts";

export type Smtp = { readonly port: number; close(): Promise<void> };

/** What large providers take at most, before encoding. */
const sizeBytesMax = 25 * 1024 * 1024;
/** A client that says nothing for so long is gone. */
const silenceMsMax = 60_000;

const refusalKinds: readonly string[] = ["temporary_refusal", "permanent_refusal", "drop_before", "drop_after", "hang"];

/**
 * A mail server for every address there is. It takes any name and password, or none. Rejects with the system's error
 * when the port is taken.
 */
export async function openSmtp(world: World, letters: Letters, port: number): Promise<Smtp> {
  const sockets = new Map<number, Socket>();
  const hangUp = (session: SMTPServerSession): void => void sockets.get(session.remotePort)?.destroy();
  const server = new SMTPServer({
    name: "mail.sandbox.test",
    banner: "the sandbox's mail server",
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: ["STARTTLS"],
    size: sizeBytesMax,
    socketTimeout: silenceMsMax,
    closeTimeout: 1_000,
    logger: false,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? "anybody" }),
    onRcptTo(address, session, done) {
      const from = senderOf(session);
      const rule = world.faults.hit("mail", "rcpt", `${from}\n${address.address}`, ["greylist", "permanent_refusal"]);
      if (rule?.kind === "permanent_refusal") return done(refusal(550, "5.1.1 The sandbox knows nobody of this name"));
      if (rule?.kind === "greylist" && letters.isStranger(from, address.address))
        return done(refusal(451, "4.7.1 Greylisted, please try again later"));
      return done();
    },
    onData(stream, session, done) {
      void takeOrRefuse(world, letters, stream, session).then(answer);
      function answer(outcome: Outcome): void {
        if (outcome === "hung_up") hangUp(session);
        else if (outcome !== "hangs") done(...outcome);
      }
    },
  });
  // A client that leaves in the middle is nothing to tell of; a port that is taken comes before there is any client.
  server.server.on("connection", (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  const listening = once(server.server, "listening");
  server.on("error", () => undefined);
  server.listen(port, "127.0.0.1");
  await listening;
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () =>
      new Promise((settle) => {
        for (const socket of sockets.values()) socket.destroy();
        server.close(settle);
      }),
  };
}

/** What the client is told; or nothing, on a line that is cut or stays open. */
type Outcome = readonly [error: Error | null, message?: string] | "hung_up" | "hangs";

async function takeOrRefuse(...given: Parameters<typeof take>): Promise<Outcome> {
  try {
    return await take(...given);
  } catch (cause) {
    return [refusal(451, `4.3.0 ${String(cause)}`)];
  }
}

/** Reads a message to its end and keeps it, as far as the faults let it. */
async function take(
  world: World,
  letters: Letters,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Outcome> {
  const raw = await readAll(stream);
  if (stream.sizeExceeded) return [refusal(552, `5.3.4 A message is at most ${sizeBytesMax} bytes`)];
  const envelope: Envelope = { from: senderOf(session), to: session.envelope.rcptTo.map(({ address }) => address) };
  const text = (): string => `${envelope.from}\n${envelope.to.join("\n")}\n${raw.toString("utf8")}`;

  const slow = world.faults.hit("mail", "deliver", text, ["latency"]);
  if (slow !== undefined) await sleep(slow.latencyMs ?? 1000);
  const rule = world.faults.hit("mail", "deliver", text, refusalKinds);
  switch (rule?.kind) {
    case "temporary_refusal":
      return [refusal(451, "4.3.2 The sandbox is not taking mail just now")];
    case "permanent_refusal":
      return [refusal(550, "5.7.1 The sandbox does not want this message")];
    case "drop_before":
      return "hung_up";
    case "hang":
      return "hangs";
    default: {
      const { id } = await letters.accept(envelope, raw);
      return rule?.kind === "drop_after" ? "hung_up" : [null, `2.0.0 Ok: kept as ${id}`];
    }
  }
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function senderOf({ envelope }: SMTPServerSession): string {
  return envelope.mailFrom === false ? "" : envelope.mailFrom.address;
}

/** smtp-server answers with an error's `responseCode`. */
function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
