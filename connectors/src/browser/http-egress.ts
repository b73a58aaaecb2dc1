import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";

import { lookupAllowed } from "../http.ts";

/** Says in an answer of ours that the store gave none. */
export const egressHeader = "x-muse-egress";

const connectTimeoutMs = 5_000;

export type EgressOptions = {
  /** Which addresses may be connected to, asked of what a name resolves to when connecting. Left out: all. */
  readonly isAddressAllowed?: ((address: string) => boolean) | undefined;
};

/** The one way out of a browser: a proxy on this machine's loopback that lets it to the hosts of one store. */
export type Egress = {
  readonly url: string;
  /** From now on these hosts (`shop.example`, `127.0.0.1:4100`) and no other; [] closes the door. */
  allow(hosts: readonly string[]): void;
  /**
   * Chromium sends a POST a second time, by itself, when a connection that it has kept breaks before the answer. So
   * before the button every kept tunnel is cut, for the order to leave on a fresh one (one that is still being opened
   * is fresh, and the order may wait for it already), and from then on the first tunnel that breaks unanswered closes
   * the door for good.
   */
  beginSubmit(): void;
  endSubmit(): void;
  close(): Promise<void>;
};

type Tunnel = { readonly client: Duplex; readonly store: Socket; isAnswered: boolean };

const isKept = ({ store }: Tunnel): boolean => !store.connecting;

type Door = { hosts: ReadonlySet<string>; phase: "open" | "submitting" | "sealed"; readonly tunnels: Set<Tunnel> };

export async function openEgress({ isAddressAllowed }: EgressOptions): Promise<Egress> {
  const door: Door = { hosts: new Set(), phase: "open", tunnels: new Set() };
  const guard: Guard = {
    door,
    isAddressAllowed: isAddressAllowed ?? (() => true),
  };
  const server = createServer((request, response) => pass(guard, request, response));
  server.on("connect", (request, client, head) => tunnel(guard, request, client, head));
  // A page's own WebSockets come as tunnels; an upgrade on a plain request has no place to go.
  server.on("upgrade", (_request, socket: Duplex) => socket.destroy());
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    allow(hosts) {
      door.hosts = new Set(hosts.map((host) => host.toLowerCase()));
      door.phase = "open";
      for (const each of door.tunnels) cut(each);
    },
    beginSubmit() {
      for (const each of door.tunnels) if (isKept(each)) cut(each);
      door.phase = "submitting";
    },
    endSubmit() {
      if (door.phase === "submitting") door.phase = "open";
    },
    async close() {
      for (const each of door.tunnels) cut(each);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

type Guard = { readonly door: Door; readonly isAddressAllowed: (address: string) => boolean };

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function mayReach({ door, isAddressAllowed }: Guard, host: string, hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return door.phase !== "sealed" && door.hosts.has(host) && (isIP(bare) === 0 || isAddressAllowed(bare));
}

/**
 * Plain HTTP: each request on a connection of its own, sent once. A store that breaks off is told to the browser as a
 * 502 of ours, so that it has an answer and sends nothing again.
 */
function pass(guard: Guard, request: IncomingMessage, response: ServerResponse): void {
  const url = URL.canParse(request.url ?? "") ? new URL(request.url ?? "") : null;
  if (url === null || url.protocol !== "http:" || !mayReach(guard, url.host, url.hostname)) {
    request.resume();
    refuse(response, 403, "closed");
    return;
  }
  const { "proxy-connection": _, ...headers } = request.headers;
  const outgoing = send(url, {
    method: request.method,
    headers: { ...headers, connection: "close" },
    agent: false,
    lookup: lookupAllowed(guard.isAddressAllowed),
    timeout: 0,
  });
  outgoing.on("response", (answer) => {
    const { connection: _kept, "keep-alive": _alive, ...rest } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, rest);
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  outgoing.on("error", () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, "no-answer");
  });
  response.on("close", () => outgoing.destroy());
  request.pipe(outgoing);
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { [egressHeader]: why, "content-type": "text/html", "cache-control": "no-store" });
  response.end("<!doctype html><title>No answer</title><p>The store did not answer.</p>");
}

/** Encrypted traffic, which nobody here reads: only where it goes, and whether an answer came back. */
function tunnel(guard: Guard, request: IncomingMessage, client: Duplex, head: Buffer): void {
  const target = URL.canParse(`https://${request.url}`) ? new URL(`https://${request.url}`) : null;
  client.on("error", () => client.destroy());
  if (target === null || !mayReach(guard, target.host, target.hostname)) {
    client.end(`HTTP/1.1 403 Forbidden\r\n${egressHeader}: closed\r\n\r\n`);
    return;
  }
  const store = connect({
    host: target.hostname.replace(/^\[|\]$/g, ""),
    port: Number(target.port === "" ? 443 : target.port),
    lookup: lookupAllowed(guard.isAddressAllowed),
  });
  store.setTimeout(connectTimeoutMs, () => store.destroy());
  const made: Tunnel = { client, store, isAnswered: true };
  guard.door.tunnels.add(made);
  store.once("connect", () => {
    store.setTimeout(0);
    client.write("HTTP/1.1 200 OK\r\n\r\n");
    if (head.length > 0) store.write(head);
    client.on("data", () => (made.isAnswered = false));
    store.on("data", () => (made.isAnswered = true));
    client.pipe(store);
    store.pipe(client);
  });
  store.on("error", () => store.destroy());
  store.once("close", () => end(guard.door, made, true));
  // What the browser itself gives up, it does not mourn.
  client.once("end", () => end(guard.door, made, false));
  client.once("close", () => end(guard.door, made, false));
}

function end(door: Door, tunnel: Tunnel, isByStore: boolean): void {
  if (!door.tunnels.delete(tunnel)) return;
  if (door.phase === "submitting" && isByStore && !tunnel.isAnswered) {
    door.phase = "sealed";
    for (const each of door.tunnels) cut(each);
  }
  cut(tunnel);
}

function cut(tunnel: Tunnel): void {
  // What we end ourselves has nothing to be sent again.
  tunnel.isAnswered = true;
  tunnel.store.destroy();
  tunnel.client.destroy();
}
