import { connect, createServer, type AddressInfo } from "node:net";

/** What one program has asked of the database through the proxy. */
export type TripCount = {
  /** Messages after which the program waits for an answer: Sync ends a prepared statement, Query is a plain one. */
  readonly roundTrips: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** How often each statement was run, by its name; a plain one by its first words. */
  readonly statements: ReadonlyMap<string, number>;
};

export type CountProxy = { readonly url: string; readonly read: () => TripCount; readonly close: () => Promise<void> };

/** Passes a program's PostgreSQL connections on and counts what goes through. It must be told a URL without TLS. */
export async function openCountProxy(databaseUrl: string): Promise<CountProxy> {
  const target = new URL(databaseUrl);
  const counts = { roundTrips: 0, bytesSent: 0, bytesReceived: 0 };
  const statements = new Map<string, number>();
  const sockets = new Set<{ destroy: () => void }>();
  const server = createServer((inner) => {
    const outer = connect(Number(target.port), target.hostname);
    const reader = messageReader((type, body) => {
      if (type === "S" || type === "Q") counts.roundTrips += 1;
      const name = statementName(type, body);
      if (name !== undefined) statements.set(name, (statements.get(name) ?? 0) + 1);
    });
    inner.on("data", (chunk: Buffer) => {
      counts.bytesSent += chunk.length;
      reader(chunk);
    });
    outer.on("data", (chunk: Buffer) => {
      counts.bytesReceived += chunk.length;
    });
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket.setNoDelay(true));
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
    inner.pipe(outer).pipe(inner);
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    read: () => ({ ...counts, statements: new Map(statements) }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((settle) => server.close(settle));
    },
  };
}

/** A plain statement has no name; so much of it tells which one it is. */
const plainLengthMax = 40;

function statementName(type: string, body: Buffer): string | undefined {
  if (type === "Q") return textAt(body, 0).trim().replaceAll(/\s+/g, " ").slice(0, plainLengthMax);
  if (type !== "B") return undefined;
  // Bind: the portal's name, then the statement's.
  return textAt(body, textAt(body, 0).length + 1) || "(unnamed)";
}

function textAt(body: Buffer, start: number): string {
  return body.toString("utf8", start, Math.max(start, body.indexOf(0, start)));
}

/**
 * Cuts a client's bytes into messages.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html: a type, then a length that counts itself;
 * only the first message of a connection has no type.
 */
export function messageReader(onMessage: (type: string, body: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isStarted = false;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const typeLength = isStarted ? 1 : 0;
      if (rest.length < typeLength + 4) return;
      const end = typeLength + rest.readInt32BE(typeLength);
      if (rest.length < end) return;
      if (isStarted) onMessage(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
      isStarted = true;
      rest = rest.subarray(end);
    }
  };
}
