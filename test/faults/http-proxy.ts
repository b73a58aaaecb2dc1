import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Proxy, ProxyOptions } from "./postgres-proxy.ts";

export type HttpProxy = Proxy & {
  /** Requests that the outside has not answered yet. */
  readonly openCount: () => number;
};

/** Stands between one program and the sandbox, and asks the watch about every request. */
export async function openHttpProxy(options: ProxyOptions): Promise<HttpProxy> {
  const agent = new Agent({ keepAlive: true });
  const open = new Set<IncomingMessage>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    open.add(request);
    response.once("close", () => open.delete(request));
    void relay(request, response, { ...options, agent }).catch(() => request.socket.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  // Longer than any client keeps a connection: one that closes under a request would be a fault nobody planned.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    openCount: () => open.size,
    drop,
    close: async () => {
      drop();
      agent.destroy();
      await new Promise((settle) => server.close(settle));
    },
  };
}

type Relay = ProxyOptions & { readonly agent: Agent };

async function relay(request: IncomingMessage, response: ServerResponse, options: Relay): Promise<void> {
  const { program, watch, kill, gate } = options;
  const body = await bytesOf(request);
  await gate?.pass();
  const leaving = watch().leaving({ program, label: labelOf(request) });
  if (leaving.isCut) return kill();
  const answer = await ask(request, response, body, options);
  if (watch().answered(leaving, false)) return kill();
  await gate?.pass();
  if (answer === null) {
    // The outside tore its connection, so ours is torn as well.
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

type Answer = { readonly status: number; readonly headers: IncomingMessage["headers"]; readonly body: Buffer };

function ask(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  { target, agent }: Relay,
): Promise<Answer | null> {
  return new Promise((settle) => {
    const { method, url, headers } = request;
    const onward = send({ ...target, agent, method, path: url, headers }, (answer) => {
      bytesOf(answer).then(
        (bytes) => settle({ status: answer.statusCode ?? 502, headers: withoutFraming(answer.headers), body: bytes }),
        () => settle(null),
      );
    });
    onward.on("error", () => settle(null));
    // Whoever asked has gone: the outside is told so by the closing of its connection, as it would be.
    response.once("close", () => onward.destroy());
    onward.end(body);
  });
}

/** The body is sent in one piece, whatever it came in. */
function withoutFraming(headers: IncomingMessage["headers"]): IncomingMessage["headers"] {
  const { "transfer-encoding": _chunked, connection: _connection, "keep-alive": _keepAlive, ...rest } = headers;
  return rest;
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The same for every run: what names one order or payment is left out. */
function labelOf({ method = "?", url = "/" }: IncomingMessage): string {
  const [path = "/"] = url.split("?");
  const steps = path
    .split("/")
    .map((step) => (/^(v\d+|\d{4}-\d\d-\d\d)$/.test(step) || !/\d/.test(step) ? step : ":id"));
  return `http ${method} ${steps.join("/")}`;
}
