import type { Socket } from "node:net";
import { closeEventStreams } from "./event-stream.ts";
import type { Fastify } from "./server-type.ts";

/** The slowest request (`place`: ten seconds for the stores, and its payment) is through by then. */
const stopMsMax = 25_000;

/** How soon after its last answer a connection is closed. */
const sweepMs = 100;

/**
 * On `close` what is running is finished, event streams are ended, and whoever still holds a connection after a while
 * loses it: a client that reads nothing must not keep a process from being replaced.
 */
export function stopInTime(fastify: Fastify): void {
  const { server } = fastify;
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  fastify.addHook("preClose", (done) => {
    closeEventStreams(fastify.streams);
    if (server.listening) sweepUntilClosed(fastify, sockets);
    done();
  });
}

function sweepUntilClosed({ server }: Fastify, sockets: ReadonlySet<Socket>): void {
  const sweep = setInterval(() => {
    // Turned idle as the last answer went out.
    server.closeIdleConnections();
    // Opened ahead of a request that never came, as browsers do: to Node these are not idle but about to begin.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  }, sweepMs);
  const last = setTimeout(() => server.closeAllConnections(), stopMsMax);
  server.once("close", () => {
    clearInterval(sweep);
    clearTimeout(last);
  });
}
