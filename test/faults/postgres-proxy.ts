import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { Gate } from "./gate.ts";
import type { Leaving, ProgramName, Watch } from "./messages.ts";
import { batchReader, replyReader } from "./postgres-messages.ts";

export type Proxy = {
  readonly port: number;
  /** Cuts every connection there is, at once and without a word. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
};

export type ProxyOptions = {
  readonly program: ProgramName;
  readonly target: { readonly host: string; readonly port: number };
  /** The watch of the run that is on. */
  readonly watch: () => Watch;
  /** Kills the program, and drops what it has open. */
  readonly kill: () => void;
  /** Where the line itself is to be disturbed. */
  readonly gate?: Gate;
};

/** Stands between one program and PostgreSQL, and asks the watch about every statement. */
export async function openPostgresProxy(options: ProxyOptions): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(options.target.port, options.target.host);
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket.setNoDelay(true));
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    relay(inner, outer, options);
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    drop,
    close: async () => {
      drop();
      await new Promise((settle) => server.close(settle));
    },
  };
}

function relay(inner: Socket, outer: Socket, { program, watch, kill, gate }: ProxyOptions): void {
  // Every statement is answered by one ReadyForQuery, in order; so is the greeting.
  const waiting: (Leaving | null)[] = [null];
  let held: Buffer[] = [];

  const read = batchReader(({ bytes, statement }) => {
    if (inner.destroyed) return;
    if (statement !== null) {
      const leaving = watch().leaving({ program, label: `sql ${statement}` });
      if (leaving.isCut) return kill();
      waiting.push(leaving);
    }
    outer.write(bytes);
  });
  const hear = replyReader((bytes, reply) => {
    if (inner.destroyed) return;
    const [head] = waiting;
    held.push(bytes);
    if (reply !== null) {
      waiting.shift();
      // Only a worker looks again and again; what the API asks is always about a request.
      const isIdle = reply.isIdle && program === "worker";
      if (head && watch().answered(head, isIdle)) return kill();
    } else if (head?.isHeld) {
      return;
    }
    inner.write(Buffer.concat(held));
    held = [];
  });
  inner.on("data", gate?.through(read) ?? read);
  outer.on("data", gate?.through(hear) ?? hear);
}
